import { claim } from '../claims/schema.ts';
import { demand } from '../../../domain/refusal.ts';
import { groupBuy, order } from '../schema.ts';
import { handOutRun } from '../hand-out/schema.ts';
import { mutation } from '../../../domain/mutation.ts';
import { owedFen } from '../money/book.ts';
import { row, rows } from '../../../domain/tx.ts';
import { runsOf } from '../hand-out/runs.ts';
import { settleArgs, startHandingOutArgs } from './args.ts';
import { dueRound, stepped } from './rules.ts';

/** Handing out begins: a run for every stairway with a bag, in the order in which one walks. What came no longer changes. */
export const startHandingOut = mutation({
  name: 'groupBuy.startHandingOut',
  args: startHandingOutArgs,
  reads: ({ groupBuyId }) => [row(groupBuy, groupBuyId), rows(order, 'groupBuyId', groupBuyId)],
  async run(tx, { groupBuyId }, context) {
    const round = await dueRound(tx, groupBuyId, 'startHandingOut', context);
    await tx.put(groupBuy, stepped(round, 'handingOut', context));
    const runs = runsOf(round, await tx.list(order, 'groupBuyId', groupBuyId));
    await Promise.all(runs.map((run) => tx.add(handOutRun, run)));
  },
  async foresee(tx, { groupBuyId }, context) {
    const round = await dueRound(tx, groupBuyId, 'startHandingOut', context);
    await tx.put(groupBuy, stepped(round, 'handingOut', context));
  },
});

/**
 * The round is settled and its runs end. Refuses `openClaims` while one is not decided, and `owesHouseholds` while money
 * has to be given back. What households still owe stays in the book, and may be received later.
 */
export const settle = mutation({
  name: 'groupBuy.settle',
  args: settleArgs,
  reads: ({ groupBuyId }) => [
    row(groupBuy, groupBuyId),
    rows(order, 'groupBuyId', groupBuyId),
    rows(claim, 'groupBuyId', groupBuyId),
    rows(handOutRun, 'groupBuyId', groupBuyId),
  ],
  async run(tx, { groupBuyId }, context) {
    const round = await dueRound(tx, groupBuyId, 'settle', context);
    const claims = await tx.list(claim, 'groupBuyId', groupBuyId);
    const open = claims.filter(({ state }) => state === 'open').length;
    demand(open === 0, 'openClaims', { count: open });
    const owed = (await tx.list(order, 'groupBuyId', groupBuyId)).map(owedFen).filter((fen) => fen < 0);
    const fen = owed.reduce((sum, one) => sum - one, 0);
    demand(owed.length === 0, 'owesHouseholds', { count: owed.length, fen });
    await tx.put(groupBuy, stepped(round, 'settled', context));
    for (const run of await tx.list(handOutRun, 'groupBuyId', groupBuyId)) {
      if (run.ended !== true) await tx.put(handOutRun, { ...run, ended: true });
    }
  },
});

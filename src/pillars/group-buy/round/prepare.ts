import { demand } from '../../../domain/refusal.ts';
import { offeredItem, offeredRound } from '../offer.ts';
import { demandCode } from '../mutations.ts';
import { groupBuy, item } from '../schema.ts';
import { mutation } from '../../../domain/mutation.ts';
import { row, rows } from '../../../domain/tx.ts';
import { editDraftArgs, publishArgs } from './args.ts';

import { dueRound, stepped } from './rules.ts';

/** A draft is written anew. Items that are no longer named go; a draft has no orders that they could be missed by. */
export const editDraft = mutation({
  name: 'groupBuy.editDraft',
  args: editDraftArgs,
  reads: ({ id, items }) => [row(groupBuy, id), rows(item, 'groupBuyId', id), ...items.map((one) => row(item, one.id))],
  async run(tx, args, context) {
    const was = await dueRound(tx, args.id, 'editDraft', context);
    await demandCode(tx, args.payTo);
    const { openedBy, seed, steps } = was;
    const round = { ...offeredRound({ ...args, draft: true }, context), openedBy, seed, steps };
    await tx.put(groupBuy, round);
    const before = new Set((await tx.list(item, 'groupBuyId', round.id)).map((one) => one.id));
    for (const [position, offered] of args.items.entries()) {
      const after = offeredItem(offered, round, position);
      await (before.delete(offered.id) ? tx.put(item, after) : tx.add(item, after));
    }
    for (const gone of before) await tx.remove(item, gone);
  },
});

/** A draft is opened to residents: from its time on it takes orders. What ties will be drawn with is fixed now. */
export const publish = mutation({
  name: 'groupBuy.publish',
  args: publishArgs,
  reads: ({ groupBuyId }) => [row(groupBuy, groupBuyId), rows(item, 'groupBuyId', groupBuyId)],
  async run(tx, { groupBuyId }, context) {
    const { now, mutationId } = context;
    const round = await dueRound(tx, groupBuyId, 'publish', context);
    demand(now < round.closesAt, 'closed', { title: round.title, closesAt: round.closesAt });
    await tx.put(groupBuy, {
      ...stepped(round, 'open', context),
      seed: round.seed ?? mutationId,
      nextNumber: round.nextNumber ?? 1,
    });
    for (const { draft: _draft, ...one } of await tx.list(item, 'groupBuyId', groupBuyId)) await tx.put(item, one);
  },
});

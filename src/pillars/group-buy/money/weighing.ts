import { demand, found } from '../../../domain/refusal.ts';
import { mutation } from '../../../domain/mutation.ts';
import { row } from '../../../domain/tx.ts';
import { groupBuy, item, order, orderId } from '../schema.ts';
import { mayOrganise, withChange } from '../order-rules.ts';
import { linesFen, putOrder } from './book.ts';
import { demandMoneyOf, orderOf } from './payments.ts';
import { self } from './people.ts';
import { weighArgs } from './args.ts';
import { weighedFen } from './rules.ts';
import type { Context } from '../../../domain/mutation.ts';
import type { GroupBuy, Item, Order, OrderLine } from '../schema.ts';
import type { Tx } from '../../../domain/tx.ts';

/** Weighed goods are settled by the scales from their arrival until the round is settled; said again, the last one holds. */
export const weigh = mutation({
  name: 'groupBuy.weigh',
  args: weighArgs,
  reads: ({ groupBuyId, itemId, weights }, actor) => [
    row(groupBuy, groupBuyId),
    row(item, itemId),
    ...weights.map(({ householdId }) => row(order, orderId(groupBuyId, householdId))),
    ...self(actor),
  ],
  async run(tx, { groupBuyId, itemId, weights }, context) {
    demand(mayOrganise(context.actor, context.now), 'notAllowed');
    const { perJinFen } = await demandWeighing(tx, groupBuyId, itemId);
    for (const { householdId, grams } of weights) {
      await demandMoneyOf(tx, context, householdId);
      const before = await orderOf(tx, groupBuyId, householdId);
      const weighed = { grams, fen: weighedFen(perJinFen, grams) };
      await putOrder(tx, before, reweighed(before, itemId, weighed, context), 'weighing', context);
    }
  },
  async foresee(tx, { groupBuyId, itemId, weights }, context) {
    demand(mayOrganise(context.actor, context.now), 'notAllowed');
    await demandWeighing(tx, groupBuyId, itemId);
    for (const { householdId } of weights) await demandMoneyOf(tx, context, householdId);
  },
});

/** Whether goods of the round are on the scales: they have come, and the round is not settled. */
export function isWeighing(round: Pick<GroupBuy, 'state'>): boolean {
  return round.state === 'arrived' || round.state === 'handingOut';
}

/** @returns what a jin of the item costs. Refuses `wrongStep` where nothing is to be weighed now */
async function demandWeighing(tx: Tx, groupBuyId: string, itemId: string): Promise<{ perJinFen: number }> {
  const round = found(await tx.get(groupBuy, groupBuyId));
  const goods: Item = found(await tx.get(item, itemId));
  demand(goods.groupBuyId === groupBuyId, 'notFound');
  demand(isWeighing(round) && goods.perJinFen !== undefined, 'wrongStep', { state: round.state });
  return { perJinFen: goods.perJinFen };
}

/** The order as the scales make it. A line of which money was given back is settled: it is not weighed again. */
function reweighed(before: Order, itemId: string, weighed: NonNullable<OrderLine['weighed']>, context: Context): Order {
  const line = before.state === 'placed' ? before.lines.find((one) => one.itemId === itemId) : undefined;
  demand(line !== undefined && (line.got ?? line.quantity) > 0, 'notFound');
  demand(line.allowanceFen === undefined, 'wrongStep');
  const lines = before.lines.map((one) => (one.itemId === itemId ? { ...one, weighed } : one));
  const totalFen = linesFen(lines);
  const { actor, now, happenedAt, mutationId } = context;
  return {
    ...before,
    lines,
    totalFen,
    revision: mutationId,
    changedBy: actor.deviceId,
    changedAt: now,
    changes: withChange(before, {
      what: 'weighed',
      at: happenedAt,
      ...(actor.personId !== undefined && { personId: actor.personId }),
      totalFen,
    }),
  };
}

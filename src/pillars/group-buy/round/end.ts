import { closeQueues } from '../waiting/leave.ts';
import { demand } from '../../../domain/refusal.ts';
import { groupBuy, item as itemEntity, order as orderEntity } from '../schema.ts';
import { isSystem } from '../../../domain/actor.ts';
import { mutation } from '../../../domain/mutation.ts';
import { putOrder } from '../money/book.ts';
import { row, rows } from '../../../domain/tx.ts';
import { sharesMissing } from '../rules.ts';
import { waitingPlace } from '../waiting/schema.ts';
import { withChange } from '../order-rules.ts';
import { cancelRoundArgs, closeArgs, markOrderedArgs } from './args.ts';
import { dueRound, stepped, withoutQueue } from './rules.ts';
import type { Context } from '../../../domain/mutation.ts';
import type { GroupBuy, Order } from '../schema.ts';
import type { Read, Tx } from '../../../domain/tx.ts';

/** Why a round is cancelled by the clock or at its close: too few portions. */
export const NOT_REACHED = 'notReached';

/** The round takes no more orders: by its organiser before the time, by the clock at it. Below the minimum it is cancelled. */
export const close = mutation({
  name: 'groupBuy.close',
  args: closeArgs,
  reads: roundReads,
  async run(tx, { groupBuyId }, context) {
    const round = await closing(tx, groupBuyId, context);
    await closeQueues(tx, groupBuyId, context.now);
    if (round.state === 'cancelled') await cancelOrders(tx, round, 'notReached', context);
  },
  async foresee(tx, { groupBuyId }, context) {
    await closing(tx, groupBuyId, context);
  },
});

/** The organiser cancels the round, for a reason that everybody reads. Whoever has paid is owed it back. */
export const cancelRound = mutation({
  name: 'groupBuy.cancelRound',
  args: cancelRoundArgs,
  reads: roundReads,
  async run(tx, { groupBuyId, reason }, context) {
    const round = await dueRound(tx, groupBuyId, 'cancelRound', context);
    await closeQueues(tx, groupBuyId, context.now);
    await callOff(tx, round, reason, context);
    await cancelOrders(tx, round, 'roundCancelled', context);
  },
  async foresee(tx, { groupBuyId, reason }, context) {
    await callOff(tx, await dueRound(tx, groupBuyId, 'cancelRound', context), reason, context);
  },
});

/** The supplier has the order. */
export const markOrdered = mutation({
  name: 'groupBuy.markOrdered',
  args: markOrderedArgs,
  reads: ({ groupBuyId }) => [row(groupBuy, groupBuyId)],
  async run(tx, { groupBuyId }, context) {
    await tx.put(groupBuy, stepped(await dueRound(tx, groupBuyId, 'markOrdered', context), 'ordered', context));
  },
});

function roundReads({ groupBuyId }: { groupBuyId: string }): Read[] {
  return [
    row(groupBuy, groupBuyId),
    rows(itemEntity, 'groupBuyId', groupBuyId),
    rows(orderEntity, 'groupBuyId', groupBuyId),
    rows(waitingPlace, 'groupBuyId', groupBuyId),
  ];
}

/** Closes round and items, or calls the round off for want of orders. The clock comes too early where the cut-off was put off. */
async function closing(tx: Tx, groupBuyId: string, context: Context): Promise<GroupBuy> {
  const round = await dueRound(tx, groupBuyId, 'close', context);
  const isTime = !isSystem(context.actor) || round.closesAt <= context.now;
  demand(isTime, 'wrongStep', { title: round.title, state: round.state });
  if (sharesMissing(round) > 0) return callOff(tx, round, NOT_REACHED, context);
  const closed = stepped(round, 'closed', context);
  await tx.put(groupBuy, closed);
  for (const one of await tx.list(itemEntity, 'groupBuyId', round.id)) await tx.put(itemEntity, withoutQueue(one));
  return closed;
}

/** Round and items of a round that does not come about: nothing is sold, nobody waits. */
async function callOff(tx: Tx, round: GroupBuy, cancelReason: string, context: Context): Promise<GroupBuy> {
  const cancelled = { ...stepped(round, 'cancelled', context), cancelReason, households: 0, portions: 0 };
  await tx.put(groupBuy, cancelled);
  for (const one of await tx.list(itemEntity, 'groupBuyId', round.id)) {
    await tx.put(itemEntity, { ...withoutQueue(one), sold: 0 });
  }
  return cancelled;
}

/** Cancels every standing order and books it back. All at once: one after the other thousands would take long. */
async function cancelOrders(
  tx: Tx,
  round: GroupBuy,
  what: 'notReached' | 'roundCancelled',
  context: Context,
): Promise<void> {
  const orders = await tx.list(orderEntity, 'groupBuyId', round.id);
  const standing = orders.filter(({ state }) => state === 'placed');
  await Promise.all(standing.map((one) => putOrder(tx, one, cancelled(one, what, context), 'notReached', context)));
}

function cancelled(before: Order, what: 'notReached' | 'roundCancelled', context: Context): Order {
  const { actor, now, happenedAt, mutationId } = context;
  return {
    ...before,
    state: 'cancelled',
    totalFen: 0,
    revision: mutationId,
    changedBy: actor.deviceId,
    changedAt: now,
    changes: withChange(before, { what, at: happenedAt, personId: actor.personId, totalFen: 0 }, []),
  };
}

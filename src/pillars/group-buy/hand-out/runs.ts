import { bagOf } from './bag-of.ts';
import { byStairway } from './carrying-order.ts';
import { handOutRun, handOutRunId } from './schema.ts';
import { isCarried } from './rules.ts';
import type { GroupBuy, Order } from '../schema.ts';
import type { HandOutRun } from './schema.ts';
import type { Tx } from '../../../domain/tx.ts';

/**
 * The stairways of a round that is about to be handed out, in carrying order, all of them free. A door is a household with
 * something to be brought; those who fetch theirs, or get nothing, are none.
 * @param orders all of the round's; those that have arrived carry their address
 */
export function runsOf(round: GroupBuy, orders: readonly Order[]): HandOutRun[] {
  const runs = new Map<string, HandOutRun>();
  for (const one of orders) {
    if (!isBrought(round, one)) continue;
    const { building, unit } = one.bag;
    const id = handOutRunId(round.id, one.bag);
    const doors = (runs.get(id)?.doors ?? 0) + 1;
    runs.set(id, { id, groupBuyId: round.id, building, unit, position: 0, doors, done: 0 });
  }
  return [...runs.values()].sort(byStairway).map((run, position) => ({ ...run, position }));
}

/**
 * Keeps the stairways right where an order changes after handing out began: a bag in which there is something now is a door
 * more (perhaps the first of its stairway), one with nothing left in it a door less.
 */
export async function moveDoor(tx: Tx, round: GroupBuy, before: Order, after: Order): Promise<void> {
  if (round.state !== 'handingOut' || after.bag === undefined) return;
  const doors = Number(isBrought(round, after)) - Number(isBrought(round, before));
  if (doors === 0) return;
  const { building, unit } = after.bag;
  const id = handOutRunId(round.id, after.bag);
  const runs = await tx.list(handOutRun, 'groupBuyId', round.id);
  const run = runs.find((one) => one.id === id);
  const done = after.handedOut === undefined ? 0 : doors;
  if (run !== undefined) await tx.put(handOutRun, { ...run, doors: run.doors + doors, done: run.done + done });
  else await tx.add(handOutRun, { id, groupBuyId: round.id, building, unit, position: runs.length, doors, done });
}

function isBrought(round: GroupBuy, order: Order): order is Order & Required<Pick<Order, 'bag'>> {
  return order.state === 'placed' && order.bag !== undefined && isCarried(round, bagOf(order, order.bag));
}

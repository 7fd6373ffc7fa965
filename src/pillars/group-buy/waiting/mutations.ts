import { demand, found } from '../../../domain/refusal.ts';
import { demandOpen, portionsLeft } from '../order-rules.ts';
import { groupBuy, item, order, orderId } from '../schema.ts';
import { household } from '../../../people/schema.ts';
import { householdToActFor } from '../../../people/acting-for.ts';
import { itemWithout } from './leave.ts';
import { joined, queueOf } from './rules.ts';
import { leaveQueueArgs, waitArgs } from './args.ts';
import { turnOf, waitingPlace, waitingPlaceId } from './schema.ts';
import { mutation } from '../../../domain/mutation.ts';
import { placeEnded } from './turns.ts';
import { row } from '../../../domain/tx.ts';
import { standingLines } from '../rules.ts';
import type { AnyMutation, Context } from '../../../domain/mutation.ts';
import type { LeaveQueueArgs, WaitArgs } from './args.ts';
import type { WaitingPlace } from './schema.ts';
import type { Read, Tx } from '../../../domain/tx.ts';

/**
 * 有货给我留: a household waits for portions of an item that is sold out. Said again, it replaces what was waited for: no
 * more than before keeps the place, more goes to the end. What the order holds counts into the limit.
 */
export const wait = mutation({
  name: 'groupBuy.wait',
  args: waitArgs,
  reads: placeReads,
  async run(tx, args, context) {
    const { offered, place } = await queueToChange(tx, args, context);
    const { name, unit, perHousehold: limit } = offered;
    const left = portionsLeft(offered);
    demand(left === 0, 'stillFree', { itemId: offered.id, name, unit, left });
    const before = await tx.get(order, orderId(args.groupBuyId, args.householdId));
    const ordered = standingLines(before).find((line) => line.itemId === offered.id)?.quantity ?? 0;
    const asked = ordered + args.quantity;
    demand(asked <= limit, 'overLimit', { itemId: offered.id, name, unit, limit, asked, ordered });
    const now = context.now;
    if (place?.state === 'waiting' && args.quantity <= place.quantity) {
      const { quantity, ifShort } = args;
      const waiting = (offered.waiting ?? 0) + quantity - place.quantity;
      await tx.put(item, { ...offered, waiting });
      await tx.put(waitingPlace, { ...place, quantity, ifShort, changedAt: now });
      return;
    }
    const rest = place?.state === 'waiting' ? itemWithout(offered, place) : offered;
    const { queue, ticket } = joined(queueOf(rest));
    await tx.put(item, { ...rest, waiting: (rest.waiting ?? 0) + args.quantity, queue });
    const asksFor: WaitingPlace = {
      ...args,
      id: waitingPlaceId(args.itemId, args.householdId),
      ticket,
      turn: turnOf(args.itemId, ticket),
      priceFen: offered.priceFen,
      state: 'waiting',
      servedQuantity: 0,
      since: now,
      changedAt: now,
      personId: context.actor.personId,
    };
    await (place === undefined ? tx.add(waitingPlace, asksFor) : tx.put(waitingPlace, asksFor));
  },
});

/** A household no longer waits. */
export const leaveQueue = mutation({
  name: 'groupBuy.leaveQueue',
  args: leaveQueueArgs,
  reads: placeReads,
  async run(tx, args, context) {
    const { offered, place } = await queueToChange(tx, args, context);
    demand(place?.state === 'waiting', 'notWaiting', { name: offered.name });
    await tx.put(item, itemWithout(offered, place));
    await tx.put(waitingPlace, placeEnded(place, 'left', context.now));
  },
});

function placeReads({ groupBuyId, itemId, householdId }: LeaveQueueArgs): Read[] {
  return [
    row(groupBuy, groupBuyId),
    row(item, itemId),
    row(order, orderId(groupBuyId, householdId)),
    row(waitingPlace, waitingPlaceId(itemId, householdId)),
    row(household, householdId),
  ];
}

/** Loads what a change of a place in the queue rests on; refuses unless this actor may make it now. */
async function queueToChange(tx: Tx, args: LeaveQueueArgs | WaitArgs, { actor, now }: Context) {
  const round = found(await tx.get(groupBuy, args.groupBuyId));
  await householdToActFor(tx, { actor, now }, args.householdId, 'order');
  demandOpen(round, now);
  const offered = found(await tx.get(item, args.itemId));
  demand(offered.groupBuyId === round.id, 'notFound');
  return { offered, place: await tx.get(waitingPlace, waitingPlaceId(offered.id, args.householdId)) };
}

/** Everything that can be done about waiting for what is sold out. */
export const waitingMutations: readonly AnyMutation[] = [wait, leaveQueue];

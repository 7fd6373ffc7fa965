import { household } from '../../../people/schema.ts';
import { entryId, linesFen, putOrder } from '../money/book.ts';
import { ledgerEntry } from '../money/schema.ts';
import { nextNumber, portionsOf, recounted, withChange } from '../order-rules.ts';
import { item as itemEntity, order as orderEntity, orderId } from '../schema.ts';
import { placeServed, withServed, type Turn } from './turns.ts';
import { queueOf, upcoming, without } from './rules.ts';
import { standingLines } from '../rules.ts';
import { turnOf, waitingPlace } from './schema.ts';
import type { Booking } from '../money/book.ts';
import type { GroupBuy, Item, Order } from '../schema.ts';
import type { Tx } from '../../../domain/tx.ts';

/** Stands in an order's `changedBy` where the queue changed it: no device, so none may take it for its own change. */
const BY_QUEUE = 'queue';

/** An item with portions that nobody has ordered, and how many of them go to its queue. */
export interface Freed {
  readonly item: Item;
  readonly free: number;
}

/** A round and its items after a change. Whoever gets them stores them, once. */
export interface Served {
  readonly round: GroupBuy;
  readonly items: readonly Item[];
}

/** `serveQueues` for one item. @returns round and item with their new counts, for the caller to store */
export async function serveQueue(
  tx: Tx,
  round: GroupBuy,
  item: Item,
  freed: number,
  context: Booking,
): Promise<{ readonly round: GroupBuy; readonly item: Item }> {
  const served = await serveQueues(tx, round, [{ item, free: freed }], context);
  return { round: served.round, item: served.items[0]! };
}

/**
 * Gives free portions to those who wait for them, in the order of their tickets: stores their places and orders, each order
 * once whatever it gets. A phone holds no places but its own; the counts of items come out the same there, for as many go
 * as are free and waited for. Who waits for more than is left keeps waiting for the rest, in the same place.
 * @param freed each item once, as it is now: not yet with these portions in `sold`
 */
export async function serveQueues(tx: Tx, round: GroupBuy, freed: readonly Freed[], context: Booking): Promise<Served> {
  const all = await Promise.all(freed.map(({ item, free }) => turnsOf(tx, item, Math.min(free, item.waiting ?? 0))));
  const byHousehold = new Map<string, Turn[]>();
  for (const turn of all.flat()) {
    const { householdId } = turn.place;
    byHousehold.set(householdId, [...(byHousehold.get(householdId) ?? []), turn]);
  }
  await readAhead(tx, round.id, [...byHousehold.keys()], context);
  let after = round;
  const done = new Set<Turn>();
  for (const [householdId, turns] of byHousehold) {
    const counted = await serveHousehold(tx, after, householdId, turns, context);
    if (counted === undefined) continue;
    after = counted;
    for (const turn of turns) done.add(turn);
  }
  const known = portionsOf([...done].map(({ given }) => ({ quantity: given })));
  const items = freed.map(({ item, free }, i) => afterTurns(item, Math.min(free, item.waiting ?? 0), all[i]!));
  const given = portionsOf(items.map((one, i) => ({ quantity: one.sold - freed[i]!.item.sold })));
  return { round: { ...after, portions: after.portions + given - known }, items };
}

/** What serving these households will ask for, all at once: one after the other would be a journey each. */
async function readAhead(tx: Tx, roundId: string, householdIds: readonly string[], { mutationId }: Booking) {
  await Promise.all(
    householdIds.flatMap((id): Promise<unknown>[] => [
      tx.get(orderEntity, orderId(roundId, id)),
      tx.get(household, id),
      tx.get(ledgerEntry, entryId(mutationId, id, 'fromQueue')),
    ]),
  );
}

/** Whose turn it is, for so many portions; on a phone as far as it knows. */
async function turnsOf(tx: Tx, item: Item, portions: number): Promise<Turn[]> {
  const tickets = upcoming(queueOf(item), portions);
  const places = await Promise.all(tickets.map((ticket) => tx.list(waitingPlace, 'turn', turnOf(item.id, ticket))));
  const turns: Turn[] = [];
  let left = portions;
  for (const [place] of places) {
    if (place === undefined || left === 0) break;
    const given = Math.min(left, place.quantity);
    turns.push({ item, place, given });
    left -= given;
  }
  return turns;
}

/** @returns the item after the portions went to its queue; who is served whole no longer stands in it */
function afterTurns(item: Item, given: number, turns: readonly Turn[]): Item {
  if (given <= 0) return item;
  const whole = turns.filter((turn) => turn.given === turn.place.quantity);
  const queue = whole.reduce((before, { place }) => without(before, place.ticket), queueOf(item));
  return { ...item, sold: item.sold + given, waiting: (item.waiting ?? 0) - given, queue };
}

/** @returns the round's counts after it; undefined on a phone that does not hold the household */
async function serveHousehold(
  tx: Tx,
  round: GroupBuy,
  householdId: string,
  turns: readonly Turn[],
  { actor, now, mutationId }: Booking,
): Promise<GroupBuy | undefined> {
  const before = await tx.get(orderEntity, orderId(round.id, householdId));
  const home = before ?? (await tx.get(household, householdId));
  if (home === undefined) return undefined;
  const lines = await inOrder(tx, withServed(standingLines(before), turns));
  const totalFen = linesFen(lines);
  const after: Order = {
    ...before,
    id: orderId(round.id, householdId),
    groupBuyId: round.id,
    householdId,
    buildingId: home.buildingId,
    door: home.door,
    state: 'placed',
    lines,
    totalFen,
    number: before?.number ?? nextNumber(round),
    // The household itself asked for it: an organiser who entered the rest no longer writes over it.
    source: undefined,
    revision: mutationId,
    changedBy: BY_QUEUE,
    placedAt: before?.state === 'placed' ? before.placedAt : now,
    changedAt: now,
    changes: withChange(before, { what: 'fromQueue', at: now, totalFen }, lines),
  };
  for (const turn of turns) await tx.put(waitingPlace, placeServed(turn, now));
  // The household's own affair: it is not told whose cancelling gave it the portions.
  const booking = { actor: { ...actor, personId: undefined }, now, happenedAt: now, mutationId };
  await putOrder(tx, before, after, 'fromQueue', booking);
  return recounted(round, before, after);
}

/** Lines in the order of the round's list. */
async function inOrder(tx: Tx, lines: readonly Order['lines'][number][]) {
  const items = await Promise.all(lines.map((line) => tx.get(itemEntity, line.itemId)));
  const places = new Map(lines.map((line, i) => [line.itemId, items[i]?.position ?? 0]));
  return [...lines].sort((a, b) => places.get(a.itemId)! - places.get(b.itemId)!);
}

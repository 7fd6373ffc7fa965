import { groupBuy, item, orderId } from './schema.ts';
import { leaveIfWaiting } from './waiting/leave.ts';
import { linesFen, putOrder } from './money/book.ts';
import { asideOf, movePortions, nextNumber, portionsLeft, pricedLines, recounted, withChange } from './order-rules.ts';
import { serveQueues } from './waiting/serve.ts';
import { standingLines } from './rules.ts';
import type { Aside } from './order-rules.ts';
import type { Context } from '../../domain/mutation.ts';
import type { EntryKind } from './money/schema.ts';
import type { GroupBuy, Item, Order } from './schema.ts';
import type { Household } from '../../people/schema.ts';
import type { LineArgs } from './args.ts';
import type { Tx } from '../../domain/tx.ts';

/** What an order of a household rests on: its round, its door, and how it stood before. */
export interface Ground {
  readonly round: GroupBuy;
  readonly home: Household;
  readonly before: Order | undefined;
}

/** What is to be ordered, and who entered it where it was not the household. */
export interface Wanted extends Aside, Pick<Order, 'source' | 'chainKey'> {
  readonly lines: readonly LineArgs[];
}

/** Stores the household's order as it is wanted now, in place of the one before, with everything that hangs on it. */
export async function order(tx: Tx, ground: Ground, wanted: Wanted, context: Context): Promise<void> {
  const { round, home, before } = ground;
  const { actor, now, happenedAt, mutationId } = context;
  const standing = before?.state === 'placed';
  const items = await itemsOf(tx, round.id, [...wanted.lines, ...standingLines(before)]);
  const lines = pricedLines(items, wanted.lines, standingLines(before));
  const what = standing ? 'changed' : 'placed';
  const totalFen = linesFen(lines);
  const after: Order = {
    ...before,
    ...asideOf(round, before, wanted),
    id: orderId(round.id, home.id),
    groupBuyId: round.id,
    householdId: home.id,
    buildingId: home.buildingId,
    door: home.door,
    state: 'placed',
    lines,
    totalFen,
    number: before?.number ?? nextNumber(round),
    source: wanted.source,
    chainKey: wanted.chainKey ?? before?.chainKey,
    revision: mutationId,
    changedBy: actor.deviceId,
    placedAt: standing ? before.placedAt : now,
    changedAt: now,
    changes: withChange(before, { what, at: happenedAt, personId: actor.personId, totalFen }, lines),
  };
  await change(tx, ground, after, items, standing ? 'change' : 'order', context);
}

/** Takes the household's order back: it costs nothing, and its portions are free. Lines stay, to be looked at. */
export async function cancel(tx: Tx, ground: Ground & { readonly before: Order }, context: Context): Promise<void> {
  const { round, before } = ground;
  const { actor, now, happenedAt, mutationId } = context;
  const items = await itemsOf(tx, round.id, before.lines);
  const after: Order = {
    ...before,
    state: 'cancelled',
    totalFen: 0,
    revision: mutationId,
    changedBy: actor.deviceId,
    changedAt: now,
    changes: withChange(before, { what: 'cancelled', at: happenedAt, personId: actor.personId, totalFen: 0 }, []),
  };
  await change(tx, ground, after, items, 'cancel', context);
}

/**
 * Moves portions, serves who waits for those that came free, books what the order costs and counts the round. Who lowers
 * an item no longer waits for more of it.
 */
async function change(
  tx: Tx,
  { round, home, before }: Ground,
  after: Order,
  items: ReadonlyMap<string, Item>,
  kind: EntryKind,
  context: Context,
): Promise<void> {
  const moved = movePortions(items, standingLines(before), standingLines(after));
  await putOrder(tx, before, after, kind, context);
  const taken = moved.filter((one) => one.sold > items.get(one.id)!.sold);
  const freed: Item[] = [];
  for (const one of moved.filter((each) => !taken.includes(each))) {
    freed.push(await leaveIfWaiting(tx, one, home.id, context.now));
  }
  const queues = freed.map((one) => ({ item: one, free: portionsLeft(one) }));
  const served = await serveQueues(tx, recounted(round, before, after), queues, context);
  for (const one of [...taken, ...served.items]) await tx.put(item, one);
  await tx.put(groupBuy, served.round);
}

/** The round's items that the lines name; one of another round is as good as missing. */
export async function itemsOf(
  tx: Tx,
  groupBuyId: string,
  lines: readonly { itemId: string }[],
): Promise<Map<string, Item>> {
  const items = new Map<string, Item>();
  for (const { itemId } of lines) {
    const one = items.get(itemId) ?? (await tx.get(item, itemId));
    if (one?.groupBuyId === groupBuyId) items.set(itemId, one);
  }
  return items;
}

import { demand, found } from '../../domain/refusal.ts';
import { holdsRole, isStaffOf } from '../../domain/actor.ts';
import { isLater, isOpen, standingLines } from './rules.ts';
import { KEPT_CHANGES } from './schema.ts';
import type { Actor } from '../../domain/actor.ts';
import type { Fen } from '../../domain/money.ts';
import type { LineArgs, PlaceOrderArgs } from './args.ts';
import type { GroupBuy, Item, LineChange, Order, OrderChange, OrderLine } from './schema.ts';

/** Refuses `notOpenYet` or `closed` unless the round takes orders at this time; a draft is as good as missing. */
export function demandOpen(round: GroupBuy, now: number): void {
  demand(round.state !== 'draft', 'notFound');
  demand(!isLater(round, now), 'notOpenYet', { title: round.title, opensAt: round.opensAt });
  demand(isOpen(round, now), 'closed', { title: round.title, closesAt: round.closesAt });
}

/** Whether the actor may open rounds and see all their orders: an organiser, or the desk. */
export function mayOrganise(actor: Actor, now: number): boolean {
  return holdsRole(actor, 'organiser', now) || isStaffOf(actor, now);
}

/** Portions of the item that nobody has ordered. */
export function portionsLeft(item: Item): number {
  return Math.max(0, item.stock - item.sold);
}

/** What the lines cost together. */
export function totalFen(lines: readonly { quantity: number; priceFen: Fen }[]): Fen {
  return lines.reduce((sum, line) => sum + line.quantity * line.priceFen, 0);
}

/** Portions in the lines together. */
export function portionsOf(lines: readonly { quantity: number }[]): number {
  return lines.reduce((sum, line) => sum + line.quantity, 0);
}

/**
 * Refuses `changedMeanwhile` where somebody else has changed the order since the person saw it. What this device itself
 * changed it knew of: its changes arrive in their order, and one of them may have been refused on the way.
 * @param basedOn the revision seen, null for no order, undefined for whatever is there
 */
export function demandFresh(order: Order | undefined, basedOn: string | null | undefined, deviceId: string): void {
  if (order === undefined || basedOn === undefined) return;
  demand(order.revision === basedOn || order.changedBy === deviceId, 'changedMeanwhile', {
    state: order.state,
    changedAt: order.changedAt,
    totalFen: order.totalFen,
    lines: order.lines.map(({ name, unit, quantity }) => ({ name, unit, quantity })),
  });
}

/**
 * Lines as they are kept: in the round's order, with the item's name, unit and price of now. A line that does not grow
 * keeps the price that it was ordered at where that was lower. Refuses `notFound` for an item of another round.
 * @param before the lines that stand now
 */
export function pricedLines(
  items: ReadonlyMap<string, Item>,
  lines: readonly LineArgs[],
  before: readonly OrderLine[] = [],
): OrderLine[] {
  const had = new Map(before.map((line) => [line.itemId, line]));
  return lines
    .map((line) => ({ line, item: found(items.get(line.itemId)) }))
    .sort((a, b) => a.item.position - b.item.position)
    .map(({ line, item }) => ({
      itemId: item.id,
      name: item.name,
      unit: item.unit,
      quantity: line.quantity,
      priceFen: priceFor(item, line.quantity, had.get(item.id)),
      ifShort: line.ifShort,
    }));
}

function priceFor(item: Item, quantity: number, before: OrderLine | undefined): Fen {
  const kept = before !== undefined && quantity <= before.quantity;
  return kept ? Math.min(before.priceFen, item.priceFen) : item.priceFen;
}

/** What goes with an order besides its lines. */
export type Aside = Pick<PlaceOrderArgs, 'note' | 'slotId' | 'listedAs'>;

/** What is said now, or else what was said before; null takes it away. Refuses `unknownSlot` for one that the round does not offer. */
export function asideOf(round: GroupBuy, before: Order | undefined, said: Aside) {
  const offered = (slotId: string | null | undefined) => round.slots?.some((slot) => slot.id === slotId) === true;
  demand(said.slotId == null || offered(said.slotId), 'unknownSlot');
  const slotId = said.slotId === undefined ? before?.slotId : said.slotId;
  return {
    note: (said.note === undefined ? before?.note : said.note) ?? undefined,
    slotId: offered(slotId) ? (slotId ?? undefined) : undefined,
    listedAs: (said.listedAs === undefined ? before?.listedAs : said.listedAs) ?? undefined,
  };
}

/**
 * Gives back the portions of one set of lines and takes those of another.
 * @returns the items whose `sold` changed. Refuses `overLimit` or `soldOut`; never sells a portion beyond stock
 */
export function movePortions(
  items: ReadonlyMap<string, Item>,
  before: readonly OrderLine[],
  after: readonly OrderLine[],
): Item[] {
  const had = new Map(before.map((line) => [line.itemId, line.quantity]));
  const wanted = new Map(after.map((line) => [line.itemId, line.quantity]));
  const moved: Item[] = [];
  for (const itemId of new Set([...wanted.keys(), ...had.keys()])) {
    const item = found(items.get(itemId));
    const returned = had.get(itemId) ?? 0;
    const asked = wanted.get(itemId) ?? 0;
    if (asked === returned) continue;
    if (asked > returned) {
      const { name, unit } = item;
      demand(asked <= item.perHousehold, 'overLimit', { itemId, name, unit, limit: item.perHousehold, asked });
      const left = item.stock - item.sold + returned;
      demand(asked <= left, 'soldOut', { itemId, name, unit, left: Math.max(0, left), asked });
    }
    moved.push({ ...item, sold: item.sold - returned + asked });
  }
  return moved;
}

/** The number that the round's next order gets. */
export function nextNumber(round: GroupBuy): number {
  return round.nextNumber ?? 1;
}

/** The round with its counts moved from one state of a household's order to the next. */
export function recounted(round: GroupBuy, before: Order | undefined, after: Order): GroupBuy {
  const was = standingLines(before);
  const is = standingLines(after);
  return {
    ...round,
    households: round.households + Math.sign(is.length) - Math.sign(was.length),
    portions: round.portions + portionsOf(is) - portionsOf(was),
    nextNumber: Math.max(nextNumber(round), (after.number ?? 0) + 1),
  };
}

/** Item by item, the portions that a household gets before and after, where they differ. */
export function lineChanges(before: readonly OrderLine[], after: readonly OrderLine[]): LineChange[] {
  const gets = (lines: readonly OrderLine[], itemId: string) => {
    const line = lines.find((one) => one.itemId === itemId);
    return line === undefined ? 0 : (line.got ?? line.quantity);
  };
  const named = new Map([...before, ...after].map((line) => [line.itemId, line]));
  return [...named.values()]
    .map(({ itemId, name, unit }) => ({ itemId, name, unit, before: gets(before, itemId), after: gets(after, itemId) }))
    .filter((change) => change.before !== change.after);
}

/**
 * An order's history with one more entry, which shows old and new; the oldest fall off.
 * @param lines what stands after the change (none: it was cancelled); absent where no portions changed
 */
export function withChange(
  before: Order | undefined,
  change: Pick<OrderChange, 'what' | 'at' | 'personId' | 'totalFen'>,
  lines?: readonly OrderLine[],
): OrderChange[] {
  const changed = lines === undefined ? [] : lineChanges(standingLines(before), lines);
  const entry: OrderChange = {
    ...change,
    ...(before !== undefined && { beforeFen: before.totalFen }),
    ...(changed.length > 0 && { lines: changed }),
  };
  return [...(before?.changes ?? []), entry].slice(-KEPT_CHANGES);
}

/**
 * Reads a price as people type it: `39.8`, `39.80`, `12`, full-width digits and 元 allowed. Exact: by digits, never by
 * floating point.
 * @returns fen, or undefined where it is not a price below a million yuan
 */
export function parseYuan(text: string): Fen | undefined {
  const match = /^¥?(\d{1,6})(?:[.。](\d{1,2}))?元?$/.exec(text.normalize('NFKC').replace(/\s/g, ''));
  if (match === null) return undefined;
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
}

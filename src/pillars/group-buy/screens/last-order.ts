import { goodsKey } from './goods-key.ts';
import { portionsLeft } from '../order-rules.ts';
import { standingLines } from '../rules.ts';
import type { Fen } from '../../../domain/money.ts';
import type { IfShort, Item, Order, OrderLine } from '../schema.ts';

/** What a household ordered last time, as far as it can be had again. */
export interface Again {
  /** Portions by item id of this round, and what was said for when they come short. */
  readonly quantities: Readonly<Record<string, number>>;
  readonly ifShort: IfShort;
  readonly each: Readonly<Record<string, IfShort>>;
  /** Ordered last time; not offered now, or sold out. */
  readonly missing: readonly { readonly line: OrderLine; readonly soldOut: boolean }[];
  /** Fewer than last time: so many are left, or allowed. */
  readonly fewer: readonly { readonly line: OrderLine; readonly now: number }[];
  /** Dearer than last time. */
  readonly dearer: readonly { readonly line: OrderLine; readonly nowFen: Fen }[];
}

/**
 * The household's last standing order in another round that has anything in common with this one: who orders rice and
 * vegetables in turns means the vegetables.
 */
export function lastOrder(
  orders: readonly Order[],
  householdId: string,
  groupBuyId: string,
  items: readonly Item[],
): Order | undefined {
  const offered = new Set(items.map(goodsKey));
  return orders
    .filter((one) => one.householdId === householdId && one.groupBuyId !== groupBuyId)
    .filter((one) => standingLines(one).some((line) => offered.has(goodsKey(line))))
    .sort((one, other) => other.placedAt - one.placedAt)[0];
}

/** The same goods again: by name and unit, within what is left and allowed. */
export function orderAgain(last: Order, items: readonly Item[]): Again {
  const offered = new Map(items.map((item) => [goodsKey(item), item]));
  const quantities: Record<string, number> = {};
  const ifShort = standingLines(last)[0]?.ifShort ?? 'drop';
  const each: Record<string, IfShort> = {};
  const missing: { line: OrderLine; soldOut: boolean }[] = [];
  const fewer: { line: OrderLine; now: number }[] = [];
  const dearer: { line: OrderLine; nowFen: Fen }[] = [];
  for (const line of standingLines(last)) {
    const item = offered.get(goodsKey(line));
    const now = item === undefined ? 0 : Math.min(line.quantity, item.perHousehold, portionsLeft(item));
    if (item === undefined || now === 0) {
      missing.push({ line, soldOut: item !== undefined });
      continue;
    }
    quantities[item.id] = now;
    if (line.ifShort !== ifShort) each[item.id] = line.ifShort;
    if (now < line.quantity) fewer.push({ line, now });
    if (item.priceFen > line.priceFen) dearer.push({ line, nowFen: item.priceFen });
  }
  return { quantities, ifShort, each, missing, fewer, dearer };
}

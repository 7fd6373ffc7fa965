import { standingLines } from '../rules.ts';
import type { LineArgs } from '../args.ts';
import type { IfShort, Item, Order } from '../schema.ts';

/** What a household has picked but not ordered yet: kept as a draft, so that it survives a closed app. */
export interface Basket {
  /** Portions by item id. */
  readonly quantities: Readonly<Record<string, number>>;
  /** What becomes of a line that comes short, and the lines for which something else was chosen. */
  readonly ifShort: IfShort;
  readonly each: Readonly<Record<string, IfShort>>;
  /** Revision of the order that it started from; null where there was none. */
  readonly basedOn: string | null;
}

/** The basket that says what the order says: where picking starts from. */
export function basketOf(order: Order | undefined): Basket {
  const lines = standingLines(order);
  const ifShort = lines[0]?.ifShort ?? 'drop';
  return {
    quantities: Object.fromEntries(lines.map((line) => [line.itemId, line.quantity])),
    ifShort,
    each: Object.fromEntries(
      lines.filter((line) => line.ifShort !== ifShort).map((line) => [line.itemId, line.ifShort]),
    ),
    basedOn: order?.revision ?? null,
  };
}

/** The basket as lines to order, in the order of the items. What is no longer on the list is left out. */
export function linesOf(basket: Basket, items: readonly Item[]): LineArgs[] {
  return items
    .map(({ id }) => ({
      itemId: id,
      quantity: basket.quantities[id] ?? 0,
      ifShort: basket.each[id] ?? basket.ifShort,
    }))
    .filter((line) => line.quantity > 0);
}

/** Whether ordering the lines would change nothing about the order. */
export function saysTheSame(lines: readonly LineArgs[], order: Order | undefined): boolean {
  const standing = standingLines(order);
  return (
    standing.length === lines.length &&
    lines.every((line) =>
      standing.some(
        (one) => one.itemId === line.itemId && one.quantity === line.quantity && one.ifShort === line.ifShort,
      ),
    )
  );
}

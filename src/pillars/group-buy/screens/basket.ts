import { standingLines } from '../rules.ts';
import type { LineArgs, PlaceOrderArgs } from '../args.ts';
import type { GroupBuy, IfShort, Item, Order } from '../schema.ts';

/** What a household has picked but not ordered yet: kept as a draft, so that it survives a closed app. */
export interface Basket {
  /** Portions by item id. */
  readonly quantities: Readonly<Record<string, number>>;
  /** What becomes of a line that comes short, and the lines for which something else was chosen. */
  readonly ifShort: IfShort;
  readonly each: Readonly<Record<string, IfShort>>;
  /** What goes with the order, as typed and chosen; absent: as the order has it. */
  readonly note?: string;
  readonly slotId?: string;
  readonly listedAs?: string;
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

/** The way to have the goods that is chosen, or offered first where nothing was ordered yet. */
export function chosenSlot(basket: Basket, order: Order | undefined, round: GroupBuy): string | undefined {
  const slots = round.slots ?? [];
  const first = order?.state === 'placed' ? undefined : slots[0]?.id;
  return [basket.slotId, order?.slotId, first].find((id) => slots.some((slot) => slot.id === id));
}

/** What goes with the order and is not yet what the order says: null takes away. Nothing where all is said already. */
export function asideArgs(
  basket: Basket,
  order: Order | undefined,
  round: GroupBuy,
): Pick<PlaceOrderArgs, 'note' | 'slotId' | 'listedAs'> {
  const slotId = chosenSlot(basket, order, round);
  return {
    ...typed('note', basket.note, order?.note),
    ...(slotId !== undefined && slotId !== order?.slotId && { slotId }),
    ...typed('listedAs', basket.listedAs, order?.listedAs),
  };
}

function typed<K extends string>(key: K, text: string | undefined, said = ''): Partial<Record<K, string | null>> {
  const plain = text?.trim() ?? said;
  return (plain === said ? {} : { [key]: plain === '' ? null : plain }) as Partial<Record<K, string | null>>;
}

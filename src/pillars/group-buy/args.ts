import * as v from 'valibot';
import { id, time, words } from '../../people/schema.ts';

/** Limits of what can be typed; forms read them here. */
export const limits = {
  title: 40,
  place: 60,
  name: 30,
  unit: 6,
  contents: 80,
  items: 100,
  quantity: 999,
  stock: 100_000,
  minimumPortions: 100_000,
  /** 10,000 yuan a portion. */
  priceFen: 1_000_000,
  pieces: 10_000,
  weightJin: 10_000,
} as const;

/** An id made where the round was written. Without the mark that joins natural keys. */
const freshId = v.pipe(id, v.excludes('/'));
const whole = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
const noneTwice = <T>(key: (part: T) => string) =>
  v.check<T[], string>((parts) => new Set(parts.map(key)).size === parts.length, 'twice');

/** An item as it is offered in `groupBuy.open`. */
export const itemArgs = v.object({
  id: freshId,
  name: words(limits.name),
  unit: words(limits.unit),
  contents: v.pipe(v.string(), v.trim(), v.maxLength(limits.contents)),
  pieces: v.optional(whole(1, limits.pieces)),
  weightJin: v.optional(v.pipe(v.number(), v.finite(), v.gtValue(0), v.maxValue(limits.weightJin))),
  priceFen: whole(0, limits.priceFen),
  stock: whole(0, limits.stock),
  perHousehold: whole(1, limits.quantity),
});
export type ItemArgs = v.InferOutput<typeof itemArgs>;

export const openArgs = v.pipe(
  v.object({
    id: freshId,
    title: words(limits.title),
    opensAt: time,
    closesAt: time,
    minimumPortions: v.optional(whole(1, limits.minimumPortions)),
    place: v.optional(words(limits.place)),
    items: v.pipe(
      v.array(itemArgs),
      v.minLength(1),
      v.maxLength(limits.items),
      noneTwice((one) => one.id),
    ),
  }),
  v.forward(
    v.check((round) => round.opensAt < round.closesAt, 'before it opens'),
    ['closesAt'],
  ),
);
export type OpenArgs = v.InferOutput<typeof openArgs>;

/**
 * The revision that the person saw; null where there was no order. Where it is left out, the change applies to whatever
 * is there.
 */
const basedOn = v.optional(v.nullable(id));

export const lineArgs = v.object({
  itemId: id,
  quantity: whole(1, limits.quantity),
  ifShort: v.picklist(['drop', 'similar', 'ask']),
});
export type LineArgs = v.InferOutput<typeof lineArgs>;

export const placeOrderArgs = v.object({
  groupBuyId: id,
  householdId: id,
  basedOn,
  lines: v.pipe(
    v.array(lineArgs),
    v.minLength(1),
    v.maxLength(limits.items),
    noneTwice((line) => line.itemId),
  ),
});
export type PlaceOrderArgs = v.InferOutput<typeof placeOrderArgs>;

export const cancelOrderArgs = v.object({ groupBuyId: id, householdId: id, basedOn });
export type CancelOrderArgs = v.InferOutput<typeof cancelOrderArgs>;

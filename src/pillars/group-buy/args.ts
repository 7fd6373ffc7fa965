import * as v from 'valibot';
import { estimateFen } from './rules.ts';
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
  origin: 20,
  supplier: 30,
  slots: 8,
  note: 60,
  listedAs: 10,
  reason: 60,
} as const;

/** An id made where the round was written. Without the mark that joins natural keys. */
export const freshId = v.pipe(id, v.excludes('/'));
export const whole = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
/** A time of a round (epoch ms), before the year 2100: what no calendar has no phone could show. */
export const roundTime = v.pipe(time, v.maxValue(4_102_444_800_000));
export const noneTwice = <T>(key: (part: T) => string) =>
  v.check<T[], string>((parts) => new Set(parts.map(key)).size === parts.length, 'twice');

/** An item as it is offered in `groupBuy.open`. What is priced by weight costs what its weight is estimated at. */
const itemFields = v.object({
  id: freshId,
  name: words(limits.name),
  unit: words(limits.unit),
  contents: v.pipe(v.string(), v.trim(), v.maxLength(limits.contents)),
  pieces: v.optional(whole(1, limits.pieces)),
  weightJin: v.optional(v.pipe(v.number(), v.finite(), v.gtValue(0), v.maxValue(limits.weightJin))),
  priceFen: whole(0, limits.priceFen),
  stock: whole(0, limits.stock),
  perHousehold: whole(1, limits.quantity),
  perJinFen: v.optional(whole(1, limits.priceFen)),
  caseSize: v.optional(whole(1, limits.pieces)),
  origin: v.optional(words(limits.origin)),
  supplier: v.optional(words(limits.supplier)),
  photoId: v.optional(id),
  sensitive: v.optional(v.boolean()),
});
export const itemArgs = v.pipe(
  itemFields,
  v.forward(
    v.check(
      ({ perJinFen, weightJin, priceFen }) =>
        perJinFen === undefined || (weightJin !== undefined && priceFen === estimateFen(perJinFen, weightJin)),
      'not what its weight costs',
    ),
    ['priceFen'],
  ),
);
export type ItemArgs = v.InferOutput<typeof itemArgs>;

export const slotArgs = v.pipe(
  v.object({
    id: freshId,
    kind: v.picklist(['delivery', 'pickUp']),
    from: roundTime,
    to: roundTime,
    place: v.optional(words(limits.place)),
  }),
  v.forward(
    v.check((slot) => slot.from < slot.to, 'before it begins'),
    ['to'],
  ),
);

/** Slots that a round offers. */
export const slotsArgs = v.pipe(
  v.array(slotArgs),
  v.maxLength(limits.slots),
  noneTwice((slot) => slot.id),
);

/** What a round may be told besides its items; also what a draft is edited with. */
export const openArgs = v.pipe(
  v.object({
    id: freshId,
    title: words(limits.title),
    opensAt: roundTime,
    closesAt: roundTime,
    minimumPortions: v.optional(whole(1, limits.minimumPortions)),
    place: v.optional(words(limits.place)),
    payment: v.optional(v.picklist(['before', 'onDelivery'])),
    payTo: v.optional(id),
    slots: v.optional(slotsArgs),
    eldersFirst: v.optional(v.boolean()),
    supplier: v.optional(words(limits.supplier)),
    copiedFrom: v.optional(id),
    /** Written, but not shown to residents yet. */
    draft: v.optional(v.boolean()),
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

const linesArgs = v.pipe(
  v.array(lineArgs),
  v.minLength(1),
  v.maxLength(limits.items),
  noneTwice((line) => line.itemId),
);

/** What goes with an order; null takes away, absent keeps what was said before. */
const aside = { note: v.optional(v.nullable(words(limits.note))), slotId: v.optional(v.nullable(id)) };

export const placeOrderArgs = v.object({
  groupBuyId: id,
  householdId: id,
  basedOn,
  lines: linesArgs,
  ...aside,
  /** The household's own word alone: nobody else puts a name into the public list. */
  listedAs: v.optional(v.nullable(words(limits.listedAs))),
});
export type PlaceOrderArgs = v.InferOutput<typeof placeOrderArgs>;

export const cancelOrderArgs = v.object({ groupBuyId: id, householdId: id, basedOn });
export type CancelOrderArgs = v.InferOutput<typeof cancelOrderArgs>;

/** The organiser enters an order for a household. `chainKey`: the line of a pasted list that it comes from. */
export const placeForArgs = v.object({
  groupBuyId: id,
  householdId: id,
  source: v.picklist(['chain', 'phone', 'inPerson']),
  chainKey: v.optional(id),
  lines: linesArgs,
  ...aside,
});
export type PlaceForArgs = v.InferOutput<typeof placeForArgs>;

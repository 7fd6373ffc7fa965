import * as v from 'valibot';
import { id, words } from '../../../people/schema.ts';
import { itemArgs, limits, noneTwice, openArgs, roundTime, slotsArgs, whole } from '../args.ts';

/** A draft written anew: the same as opening it. Items that are no longer named go. */
export const editDraftArgs = openArgs;

/** Opens a draft to residents. */
export const publishArgs = v.object({ groupBuyId: id });
export type PublishArgs = v.InferOutput<typeof publishArgs>;

/** Changes a round that is a draft or open. Absent keeps, null takes away. */
export const changeRoundArgs = v.object({
  groupBuyId: id,
  title: v.optional(words(limits.title)),
  closesAt: v.optional(roundTime),
  minimumPortions: v.optional(v.nullable(whole(1, limits.minimumPortions))),
  place: v.optional(v.nullable(words(limits.place))),
  slots: v.optional(slotsArgs),
  supplier: v.optional(v.nullable(words(limits.supplier))),
});
export type ChangeRoundArgs = v.InferOutput<typeof changeRoundArgs>;

/**
 * Changes an item of an open round: price (orders keep what they were placed at), stock (never below what is sold), limit.
 * `was` is what the organiser saw of them: another organiser's change in between refuses.
 */
export const changeItemArgs = v.object({
  groupBuyId: id,
  itemId: id,
  was: v.object({
    priceFen: v.optional(v.number()),
    stock: v.optional(v.number()),
    perHousehold: v.optional(v.number()),
  }),
  priceFen: v.optional(whole(0, limits.priceFen)),
  /** Of what is priced by weight: fen a jin. The portion's estimate follows from it. */
  perJinFen: v.optional(whole(1, limits.priceFen)),
  stock: v.optional(whole(0, limits.stock)),
  perHousehold: v.optional(whole(1, limits.quantity)),
  contents: v.optional(itemArgs.entries.contents),
  origin: v.optional(v.nullable(words(limits.origin))),
  photoId: v.optional(v.nullable(id)),
});
export type ChangeItemArgs = v.InferOutput<typeof changeItemArgs>;

/** Closes a round: by its organiser before the time, by the clock at it. Below the minimum it is cancelled. */
export const closeArgs = v.object({ groupBuyId: id });
export type CloseArgs = v.InferOutput<typeof closeArgs>;

export const cancelRoundArgs = v.object({ groupBuyId: id, reason: words(limits.reason) });
export type CancelRoundArgs = v.InferOutput<typeof cancelRoundArgs>;

export const markOrderedArgs = v.object({ groupBuyId: id });

/**
 * What came, in portions, for every item that was ordered (what is not named came whole). It may be said again until
 * handing out begins: the sharing out is worked out anew.
 */
export const arriveArgs = v.object({
  groupBuyId: id,
  items: v.pipe(
    v.array(v.object({ itemId: id, arrived: whole(0, limits.stock) })),
    v.maxLength(limits.items),
    noneTwice((one) => one.itemId),
  ),
});
export type ArriveArgs = v.InferOutput<typeof arriveArgs>;

/** Gives a household something similar for what came short; null takes it back. Never dearer than what came short. */
export const substituteArgs = v.object({
  groupBuyId: id,
  householdId: id,
  itemId: id,
  similar: v.nullable(
    v.object({
      name: words(limits.name),
      unit: words(limits.unit),
      quantity: whole(1, limits.quantity),
      priceFen: whole(0, limits.priceFen),
    }),
  ),
});
export type SubstituteArgs = v.InferOutput<typeof substituteArgs>;

export const startHandingOutArgs = v.object({ groupBuyId: id });
export const settleArgs = v.object({ groupBuyId: id });

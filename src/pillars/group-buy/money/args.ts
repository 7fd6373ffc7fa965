import * as v from 'valibot';
import { id, words } from '../../../people/schema.ts';
import { freshId, limits, noneTwice, whole } from '../args.ts';

/** An amount of money that changes hands: 1 fen to 1,000,000 yuan. */
export const amountFen = whole(1, 100_000_000);

/** 我付了, as the household says it: `fen` is all that it has paid in this round, this time's included. */
export const sayPaidArgs = v.object({ groupBuyId: id, householdId: id, fen: amountFen });
export type SayPaidArgs = v.InferOutput<typeof sayPaidArgs>;

/** 钱收到了. `paidBefore` is what the organiser saw as received: a second tap, or a second organiser, refuses. */
export const receivePaymentArgs = v.object({
  groupBuyId: id,
  householdId: id,
  fen: amountFen,
  paidBefore: whole(0, 1_000_000_000),
});
export type ReceivePaymentArgs = v.InferOutput<typeof receivePaymentArgs>;

/** A payment that was entered by mistake is booked back. */
export const takeBackPaymentArgs = v.object({ entryId: id });
export type TakeBackPaymentArgs = v.InferOutput<typeof takeBackPaymentArgs>;

/** Pays back what the household is owed, at most. Above the limit it is only asked for. */
export const refundArgs = v.object({
  id: freshId,
  groupBuyId: id,
  householdId: id,
  fen: amountFen,
  refundedBefore: whole(0, 1_000_000_000),
});
export type RefundArgs = v.InferOutput<typeof refundArgs>;

/** A second person's word on a refund. */
export const decideRefundArgs = v.object({ refundId: id, approve: v.boolean() });
export type DecideRefundArgs = v.InferOutput<typeof decideRefundArgs>;

/** What the scales say: grams of each household's whole line of the item. */
export const weighArgs = v.object({
  groupBuyId: id,
  itemId: id,
  weights: v.pipe(
    v.array(v.object({ householdId: id, grams: whole(1, 5_000_000) })),
    v.minLength(1),
    v.maxLength(500),
    noneTwice((one) => one.householdId),
  ),
});
export type WeighArgs = v.InferOutput<typeof weighArgs>;

export const addReceiptArgs = v.object({
  id: freshId,
  groupBuyId: id,
  fen: amountFen,
  supplier: v.optional(words(limits.supplier)),
  photoId: v.optional(id),
});
export type AddReceiptArgs = v.InferOutput<typeof addReceiptArgs>;
export const removeReceiptArgs = v.object({ receiptId: id });
export type RemoveReceiptArgs = v.InferOutput<typeof removeReceiptArgs>;

/** The organiser's own collection code: it holds once a second person has compared it. */
export const proposeCodeArgs = v.object({
  payee: words(20),
  channel: v.picklist(['wechat', 'alipay', 'other']),
  photoId: id,
});
export type ProposeCodeArgs = v.InferOutput<typeof proposeCodeArgs>;
/** `revision`: the proposal that was looked at. */
export const decideCodeArgs = v.object({ codeId: id, revision: id, confirm: v.boolean() });
export type DecideCodeArgs = v.InferOutput<typeof decideCodeArgs>;

export const setMoneyRulesArgs = v.object({ refundLimitFen: whole(0, 100_000_000) });
export type SetMoneyRulesArgs = v.InferOutput<typeof setMoneyRulesArgs>;

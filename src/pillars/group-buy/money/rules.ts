import { owedFen, saidNotReceivedFen } from './owed.ts';
import { DEFAULT_REFUND_LIMIT_FEN } from './schema.ts';
import type { Fen } from '../../../domain/money.ts';
import type { GroupBuy, Item, Order, OrderLine } from '../schema.ts';
import type { MoneyRules, Refund } from './schema.ts';

/** An order's money, as far as the rules below look at it. */
export type OrderMoney = Pick<Order, 'totalFen' | 'paidFen' | 'refundedFen' | 'saidPaid'>;

/**
 * How a household stands with a round:
 * `nothing`: nothing is to be paid; `payBefore`, `payOnDelivery`: all of it is, by the round's terms; `payMore`: what is
 * lacking; `said`: the household says it paid, nobody has seen it yet; `isOwed`: it gets money back; `paid`: it is even.
 */
export type PaymentState = 'nothing' | 'payBefore' | 'payOnDelivery' | 'payMore' | 'said' | 'isOwed' | 'paid';

/** A household's standing: its word, and the sum that the word is about (for `paid` what it paid in the end). */
export interface PaymentWord {
  readonly state: PaymentState;
  readonly fen: Fen;
}

export { saidNotReceivedFen } from './owed.ts';

/** How the household stands with the round, as all sides put it in words. */
export function paymentWord(order: OrderMoney, round: Pick<GroupBuy, 'payment'>): PaymentWord {
  const owed = owedFen(order);
  const paid = order.paidFen ?? 0;
  if (owed < 0) return { state: 'isOwed', fen: -owed };
  if (owed === 0) return paid === 0 ? { state: 'nothing', fen: 0 } : { state: 'paid', fen: order.totalFen };
  const said = saidNotReceivedFen(order);
  if (said > 0) return { state: 'said', fen: said };
  if (paid > 0) return { state: 'payMore', fen: owed };
  return { state: round.payment === 'before' ? 'payBefore' : 'payOnDelivery', fen: owed };
}

/**
 * What 我付了 sends as `fen`: all that the household has paid in this round, this time's included. So a second tap says the
 * same, and what is lacking after a change is said on top. 0: there is nothing to pay, or all of it was said already.
 */
export function sayPaidFen(order: OrderMoney): Fen {
  const owed = owedFen(order);
  if (owed <= 0 || saidNotReceivedFen(order) >= owed) return 0;
  return (order.paidFen ?? 0) + owed;
}

/** Whether the scales have yet to say what the line costs: until then its price is an estimate. */
export function isEstimate(line: Pick<OrderLine, 'weighed'>, item: Pick<Item, 'perJinFen'> | undefined): boolean {
  return item?.perJinFen !== undefined && line.weighed === undefined;
}

/** Grams in a jin (斤). */
export const JIN_GRAMS = 500;

/** What so many grams cost at fen a jin, to the nearest fen (half a fen up). */
export function weighedFen(perJinFen: Fen, grams: number): Fen {
  return Math.round((perJinFen * grams) / JIN_GRAMS);
}

/** Refunds to one household in one round above this take a second person (fen). */
export function refundLimitFen(rules: Pick<MoneyRules, 'refundLimitFen'> | undefined): Fen {
  return rules?.refundLimitFen ?? DEFAULT_REFUND_LIMIT_FEN;
}

/**
 * Whether a further refund to this household takes a second person: what was paid back to it in the round, what waits and
 * what is now asked for come to more than the limit together, so that many small ones do not pass beneath it.
 * @param refunds all of this household in this round
 */
export function takesSecondPerson(refunds: readonly Pick<Refund, 'state' | 'fen'>[], fen: Fen, limitFen: Fen): boolean {
  return sum(refunds.filter((one) => one.state !== 'declined')) + fen > limitFen;
}

/**
 * What may be paid back to the household now (fen): what it is owed, less what already waits for a second person.
 * @param refunds all of this household in this round
 */
export function refundableFen(order: OrderMoney, refunds: readonly Pick<Refund, 'state' | 'fen'>[]): Fen {
  return Math.max(0, -owedFen(order) - sum(refunds.filter((one) => one.state === 'asked')));
}

const sum = (refunds: readonly { readonly fen: Fen }[]): Fen => refunds.reduce((all, one) => all + one.fen, 0);

import { lineFen } from '../money/book.ts';
import { CLAIM_MS } from './schema.ts';
import type { Claim } from './schema.ts';
import type { Fen } from '../../../domain/money.ts';
import type { Order, OrderLine } from '../schema.ts';

/** Portions that the household was given of a line, what stands in for others included. */
export function portionsGiven(line: OrderLine): number {
  return (line.got ?? line.quantity) + (line.similar?.quantity ?? 0);
}

/**
 * Portions of a line that may still be claimed.
 * @param claims all of the household's; a declined one leaves its portions free
 */
export function claimablePortions(order: Order, line: OrderLine, claims: readonly Claim[]): number {
  const claimed = claims
    .filter((one) => one.groupBuyId === order.groupBuyId && one.itemId === line.itemId && one.state !== 'declined')
    .reduce((sum, one) => sum + one.quantity, 0);
  return Math.max(0, portionsGiven(line) - claimed);
}

/** Until when (epoch ms) something may be claimed: a day after the hand-over. Undefined while it was not handed over. */
export function claimUntil(order: Pick<Order, 'handedOut' | 'state'>): number | undefined {
  return order.state === 'placed' && order.handedOut !== undefined ? order.handedOut.at + CLAIM_MS : undefined;
}

/** Whether the household may say now (epoch ms, when it happened) that something was not right. */
export function mayClaim(order: Pick<Order, 'handedOut' | 'state'>, happenedAt: number): boolean {
  const until = claimUntil(order);
  return until !== undefined && happenedAt <= until;
}

/** At most so much (fen) can be given back for so many portions: what they cost, and never more than is left of the line. */
export function claimWorthFen(line: OrderLine, quantity: number): Fen {
  const given = portionsGiven(line);
  if (given === 0) return 0;
  const left = lineFen(line);
  const cost = left + (line.allowanceFen ?? 0);
  return Math.min(left, Math.ceil((cost * Math.min(quantity, given)) / given));
}

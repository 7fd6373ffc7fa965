import { lineFen } from '../money/book.ts';
import { CLAIM_KEPT_MS, CLAIM_MS } from './schema.ts';
import type { Claim } from './schema.ts';
import type { Fen } from '../../../domain/money.ts';
import type { GroupBuy, Order, OrderLine } from '../schema.ts';

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

type Given = Pick<Order, 'handedOut' | 'state'>;
type Lived = Pick<GroupBuy, 'state' | 'steps'>;

/**
 * Until when (epoch ms) something may be claimed: a day after the hand-over. Where nobody noted one, as at a gate: a day after
 * the round was settled, without end before that. Undefined while nothing is handed out, and where nothing was ordered.
 */
export function claimUntil(order: Given, round: Lived): number | undefined {
  if (order.state !== 'placed') return undefined;
  if (order.handedOut !== undefined) return order.handedOut.at + CLAIM_MS;
  if (round.state === 'handingOut') return Number.POSITIVE_INFINITY;
  const settled = round.state === 'settled' ? round.steps?.find((step) => step.state === 'settled') : undefined;
  return settled && settled.at + CLAIM_MS;
}

/** Whether the household may say now (epoch ms, when it happened) that something was not right. */
export function mayClaim(order: Given, round: Lived, happenedAt: number): boolean {
  const until = claimUntil(order, round);
  return until !== undefined && happenedAt <= until;
}

/** Whether what was said in time comes too late to be looked at: a phone may lie in a drawer for a week, not for a month. */
export function arrivesTooLate(order: Given, round: Lived, now: number): boolean {
  const until = claimUntil(order, round);
  return until !== undefined && now > until + CLAIM_KEPT_MS;
}

/** At most so much (fen) can be given back for so many portions: what they cost, and never more than is left of the line. */
export function claimWorthFen(line: OrderLine, quantity: number): Fen {
  const given = portionsGiven(line);
  if (given === 0) return 0;
  const left = lineFen(line);
  const cost = left + (line.allowanceFen ?? 0);
  return Math.min(left, Math.ceil((cost * Math.min(quantity, given)) / given));
}

import { MINUTE_MS } from '../domain/day.ts';
import { naturalId } from '../people/natural-id.ts';
import type { Act } from './act.ts';
import type { Fen } from '../domain/money.ts';
import type { MadeOrder, MadeRound } from './round-orders.ts';

/** Whose money, and how much of it. */
export interface Sum {
  readonly order: Pick<MadeOrder, 'home' | 'as' | 'act'>;
  readonly fen: Fen;
}

/** What each order came to as it was placed. */
export function sumsOf(orders: readonly MadeOrder[]): Sum[] {
  return orders.map((order) => ({ order, fen: order.totalFen }));
}

/** When an order was placed (epoch ms). */
export function placedAt({ order }: Act): number {
  return order.happenedAt ?? 0;
}

/** The last moment at which the round took orders, or takes them now. */
export function lastMoment({ orders, terms }: MadeRound): number {
  const last = orders.at(-1);
  return Math.min(terms.closesAt - 1, last ? placedAt(last.act) + MINUTE_MS : terms.closesAt - 1);
}

/** 我付了. */
export function said(round: MadeRound, sums: readonly Sum[]): Act[] {
  return sums.map(({ order: { home, as, act }, fen }) => {
    const args = { groupBuyId: round.id, householdId: home.id, fen };
    return round.act(as, 'sayPaid', args, Math.min(placedAt(act) + 5 * MINUTE_MS, lastMoment(round)), home.id);
  });
}

/** 钱收到了. */
export function received(round: MadeRound, sums: readonly Sum[], happenedAt: number): Act[] {
  return sums.map(({ order: { home }, fen }) => {
    const args = { groupBuyId: round.id, householdId: home.id, fen, paidBefore: 0 };
    return round.act(round.organiser, 'receivePayment', args, happenedAt, home.id);
  });
}

/** 退了, or asked for where it is much. */
export function refunded(round: MadeRound, sums: readonly Sum[], happenedAt: number): Act[] {
  return sums.map(({ order: { home }, fen }) => {
    const id = naturalId('r', round.id, 'money back', home.id);
    const args = { id, groupBuyId: round.id, householdId: home.id, fen, refundedBefore: 0 };
    return round.act(round.organiser, 'refund', args, happenedAt, home.id);
  });
}

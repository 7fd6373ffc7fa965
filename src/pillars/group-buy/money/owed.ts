import type { Fen } from '../../../domain/money.ts';
import type { Order } from '../schema.ts';

// Apart from the book and its rules: home asks this much, and loads no more.

/** What is owed by the household (fen); below 0: what it is owed. */
export function owedFen(order: Pick<Order, 'totalFen' | 'paidFen' | 'refundedFen'>): Fen {
  return order.totalFen - (order.paidFen ?? 0) + (order.refundedFen ?? 0);
}

/** @returns what the household says it has paid beyond what was received (fen): two facts, side by side */
export function saidNotReceivedFen({ saidPaid, paidFen }: Pick<Order, 'saidPaid' | 'paidFen'>): Fen {
  return Math.max(0, (saidPaid?.fen ?? 0) - (paidFen ?? 0));
}

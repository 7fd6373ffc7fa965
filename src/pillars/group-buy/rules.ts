import type { Fen } from '../../domain/money.ts';
import type { GroupBuy, Order, OrderLine } from './schema.ts';

/** Whether the round takes orders at this time (epoch ms; on the server the arrival). At `closesAt` it no longer does. */
export function isOpen(round: GroupBuy, now: number): boolean {
  return round.state === 'open' && round.opensAt <= now && now < round.closesAt;
}

/** Whether the round will take orders, but not yet. */
export function isLater(round: GroupBuy, now: number): boolean {
  return (round.state === 'open' || round.state === 'draft') && now < round.opensAt;
}

/** Whether residents see the round: it was opened to them. A draft was not, nor one that was given up as a draft. */
export function isShown({ state, steps }: Pick<GroupBuy, 'state' | 'steps'>): boolean {
  if (state === 'cancelled') return steps == null || steps.some((step) => step.state === 'open');
  return state !== 'draft';
}

/** Portions that the round still lacks to come about; 0 where it has them, or needs none. */
export function sharesMissing(round: GroupBuy): number {
  return Math.max(0, (round.minimumPortions ?? 0) - round.portions);
}

/** The lines that hold portions: none of an order that is missing or cancelled. */
export function standingLines(order: Order | undefined): readonly OrderLine[] {
  return order?.state === 'placed' ? order.lines : [];
}

/** What a portion priced by weight is estimated at: whole fen. */
export function estimateFen(perJinFen: Fen, weightJin: number): Fen {
  return Math.round(perJinFen * weightJin);
}

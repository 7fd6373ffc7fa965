import type { Fen } from '../../../domain/money.ts';
import type { BagAddress, OrderLine } from '../schema.ts';

/** A household's line of goods that are priced by weight, with where its door is. */
export interface WeighingLine extends BagAddress {
  readonly householdId: string;
  readonly door: string;
  readonly itemId: string;
  /** Portions that it gets, and what a portion was estimated at. */
  readonly portions: number;
  readonly priceFen: Fen;
  readonly weighed?: OrderLine['weighed'];
  /** Money was given back on it: it is not weighed again. */
  readonly isSettled: boolean;
}

/** What is to be weighed, in carrying order. Answer of `GET /api/desk/group-buys/:id/weighing`. */
export interface Weighing {
  readonly lines: readonly WeighingLine[];
}

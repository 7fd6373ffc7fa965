import type { Fen } from '../../domain/money.ts';
import type { OrderLine } from './schema.ts';

/** What a round adds up to, for its organiser and the desk. Answer of `GET /api/desk/group-buys/:id/totals`. */
export interface RoundTotals {
  readonly id: string;
  readonly title: string;
  /** Epoch ms. */
  readonly closesAt: number;
  /** Households with a standing order, their portions, and what they cost. */
  readonly households: number;
  readonly portions: number;
  readonly totalFen: Fen;
  readonly items: readonly ItemTotal[];
  /** Standing orders by building, unit, floor and room; none where they were not asked for. */
  readonly orders: readonly DoorOrder[];
}

/** An item's sum over all standing orders: what the supplier is asked for. */
export interface ItemTotal {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly stock: number;
  /** Portions in the supplier's case, where it is known. */
  readonly caseSize: number | null;
  /** Portions that households wait for. */
  readonly waiting: number;
  readonly portions: number;
  readonly households: number;
  readonly totalFen: Fen;
}

/** A door's order, with where the door is. */
export interface DoorOrder {
  readonly householdId: string;
  readonly door: string;
  readonly building: string;
  readonly unit: string;
  readonly floor: number;
  readonly room: string;
  readonly lines: readonly OrderLine[];
  readonly totalFen: Fen;
}

import type { Fen } from '../../../domain/money.ts';
import type { IfShort, OrderLine, RoundState, ShareWhy } from '../schema.ts';

/**
 * What was ordered, for whoever counts what came: enough to share it out on the phone before it is sent. Answer of
 * `GET /api/desk/group-buys/:id/arrival`.
 */
export interface ArrivalList {
  readonly id: string;
  readonly title: string;
  readonly state: RoundState;
  /** As `shareOut` takes them. */
  readonly seed: string;
  readonly eldersFirst: boolean;
  /** In the round's order; those that nobody ordered are not in it. */
  readonly items: readonly ArrivalItem[];
  /** In carrying order. */
  readonly households: readonly ArrivalHousehold[];
}

export interface ArrivalItem {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  /** Portions in the supplier's case. */
  readonly caseSize?: number;
  /** Portions in all standing orders. */
  readonly ordered: number;
  /** What was counted before, if anything. */
  readonly arrived?: number;
}

export interface ArrivalHousehold {
  readonly householdId: string;
  readonly door: string;
  readonly number?: number;
  /** Somebody there is to be looked after; said only where such households come first. */
  readonly first: boolean;
  readonly lines: readonly { readonly itemId: string; readonly quantity: number; readonly ifShort: IfShort }[];
}

/** Who was cut short and why. Answer of `GET /api/desk/group-buys/:id/shortage`. */
export interface Shortage {
  readonly id: string;
  readonly title: string;
  readonly state: RoundState;
  readonly eldersFirst: boolean;
  /** Households whose line came short: those to be rung first, then those who take something similar, then the others. */
  readonly lines: readonly ShortLine[];
  /** What the change means for each household, in carrying order. */
  readonly slips: readonly ChangeSlip[];
}

export interface ShortLine {
  readonly householdId: string;
  readonly door: string;
  readonly number?: number;
  readonly itemId: string;
  readonly name: string;
  readonly unit: string;
  readonly quantity: number;
  readonly got: number;
  readonly why: ShareWhy;
  readonly ifShort: IfShort;
  /** Fen of the portions that are missing: what is given in their place may not cost more. */
  readonly missingFen: Fen;
  readonly similar?: OrderLine['similar'];
  /** Whom to ring: only where the household wants to be rung and nothing has been settled yet. */
  readonly people?: readonly { readonly name: string; readonly phone: string }[];
}

/** What a household ordered, what it gets, and the money in between. */
export interface ChangeSlip {
  readonly householdId: string;
  readonly door: string;
  readonly number?: number;
  readonly lines: readonly Pick<OrderLine, 'name' | 'unit' | 'quantity' | 'got' | 'similar' | 'short'>[];
  /** What it would have cost, whole, and what it costs. */
  readonly beforeFen: Fen;
  readonly totalFen: Fen;
  /** Above 0: still to be paid; below 0: to be given back. */
  readonly owedFen: Fen;
}

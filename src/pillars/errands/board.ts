import type { Day } from '../../domain/day.ts';
import type { ErrandKind, ErrandState } from './schema.ts';

/** A line of the desk's errand board. What is bought is not shown: the desk opens the errand for that. */
export interface ErrandBoardLine {
  readonly id: string;
  readonly householdId: string;
  readonly buildingName: string;
  readonly door: string;
  readonly personName: string;
  readonly kind: ErrandKind;
  readonly state: ErrandState;
  /** Epoch ms. */
  readonly stateAt: number;
  readonly neededBy: Day | null;
  readonly claimedByName: string | null;
  readonly reason: string | null;
  /** Epoch ms. */
  readonly requestedAt: number;
}

/** The answer of GET /api/desk/errands. */
export interface ErrandBoard {
  /** Epoch ms of the answer. */
  readonly at: number;
  /** Everything that is open, the longest waiting first. */
  readonly lines: readonly ErrandBoardLine[];
  readonly closedToday: number;
}

import type { HandOutProblem, RoundState } from '../schema.ts';
import type { Bag } from './schema.ts';

/** How the handing out of a round goes, for its organiser. */
export interface HandOutReport {
  readonly title: string;
  readonly state: RoundState;
  /** Doors to which something is brought, and those whose bags were handed over. */
  readonly doors: number;
  readonly done: number;
  /** Bags that their households fetch, and those that were fetched. */
  readonly fetched: number;
  readonly fetchedDone: number;
  /** In carrying order. */
  readonly stairways: readonly StairwayReport[];
  /** What hinders, the oldest first. */
  readonly problems: readonly BagProblem[];
}

/** A stairway: who carries it, and how far they are. */
export interface StairwayReport {
  readonly runId: string;
  readonly building: string;
  readonly unit: string;
  readonly doors: number;
  readonly done: number;
  readonly problems: number;
  readonly personName?: string;
  /** Epoch ms. */
  readonly takenAt?: number;
}

/** A bag that could not be handed over, or is not whole. */
export interface BagProblem {
  readonly householdId: string;
  readonly door: string;
  readonly number?: number;
  readonly what: HandOutProblem;
  readonly text?: string;
  /** Epoch ms. */
  readonly at: number;
}

/** Bags of a round, for the organiser who hands them out: those of a stairway, or those that are fetched. */
export interface HandOutBags {
  readonly bags: readonly Bag[];
}

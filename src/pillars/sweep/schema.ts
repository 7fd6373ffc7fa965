import { entity, naturalKey } from '../../domain/entity.ts';
import type { Row } from '../../domain/entity.ts';

/** How long the sweep of 2020 was given: every door of a city of 10 million in 72 hours. */
export const USUAL_HOURS = 72;
export const MAX_HOURS = 24 * 14;
export const MAX_TITLE = 40;
export const MAX_QUESTION = 120;
export const MAX_NOTE = 120;
export const MAX_PEOPLE = 30;
/** Findings of one door in one sweep. Nobody knocks that often; it keeps a row small whatever a phone says. */
export const MAX_FINDINGS = 60;
/** Days after which what was said at a door is forgotten; that the door had an answer stays. */
export const WORDS_DAYS = 90;
/** Days after which the door goes too. */
export const STATUS_DAYS = 365;

/** What was found at a door: 见到了 · 电话问到了 · 没人住 · 敲了没人 · 不肯说. Only the first three answer for the door. */
export const FINDINGS = ['met', 'phoned', 'empty', 'nobody', 'refused'] as const;
export type Finding = (typeof FINDINGS)[number];

/** A sweep 排查: one question asked at every door until a deadline. */
export interface Sweep extends Row {
  readonly title: string;
  readonly question?: string | null;
  /** Grids it covers; empty: the whole community. */
  readonly grids: readonly string[];
  readonly startedAt: number;
  readonly startedByName?: string | null;
  /** Epoch ms. Late answers count, and are marked. */
  readonly deadline: number;
  readonly closedAt?: number | null;
  readonly closedByName?: string | null;
}

/** What one worker found at a door, once. */
export interface DoorFinding {
  /** The act that said it: tells two findings of one moment apart, and makes the merge the same in any order. */
  readonly actId: string;
  readonly finding: Finding;
  /** Heads behind the door, where somebody said. */
  readonly people?: number | null;
  /** Whether what is asked for was found here. */
  readonly yes?: boolean | null;
  readonly note?: string | null;
  /** The act that this one puts right: a slip of the thumb must not count as an answer. */
  readonly instead?: string | null;
  readonly by?: string | null;
  readonly byName?: string | null;
  /** Epoch ms. */
  readonly at: number;
  readonly late: boolean;
}

/** A door in a sweep: everything that was found, in whatever order it arrived. Id: sweepId/householdId. */
export interface SweptDoor extends Row {
  readonly sweepId: string;
  readonly householdId: string;
  readonly grid: string;
  readonly door: string;
  /** By time, then by act: the same whatever the order of arrival. */
  readonly findings: readonly DoorFinding[];
  /** What holds: the latest finding that answers for the door, else the latest try. */
  readonly finding: Finding;
  readonly answered: boolean;
}

export const sweep = entity<Sweep>('sweep');
export const sweptDoor = entity<SweptDoor>('sweptDoor', ['sweepId', 'householdId']);

export const sweptDoorId = (sweepId: string, householdId: string): string => naturalKey(sweepId, householdId);

/** A sweep with how far it is, of the doors that the reader's desk answers for. */
export interface SweepProgress {
  readonly sweep: Sweep;
  readonly doors: number;
  readonly answered: number;
}

/** GET /api/desk/sweeps: the newest first. */
export interface SweepList {
  /** Epoch ms. */
  readonly at: number;
  readonly sweeps: readonly SweepProgress[];
}

/** GET /api/desk/sweep/:id/doors: where volunteers still have to knock. Doors alone, neither people nor what was found. */
export interface OpenDoors {
  /** Epoch ms. */
  readonly at: number;
  readonly doors: readonly OpenDoor[];
}

export interface OpenDoor {
  readonly householdId: string;
  readonly building: string;
  /** The building's place in lists. */
  readonly position: number;
  readonly unit: string;
  readonly floor: number;
  readonly room: string;
  readonly door: string;
}

/** GET /api/desk/sweep/:id: every door once, those without an answer first. */
export interface SweepReport {
  readonly sweep: Sweep;
  /** Epoch ms. */
  readonly at: number;
  readonly doors: number;
  readonly answered: number;
  /** Doors by what holds there. */
  readonly findings: Readonly<Record<Finding, number>>;
  /** Heads that were counted, and doors where what is asked for was found. */
  readonly people: number;
  readonly yes: number;
  /** By building and unit, doors in carrying order. */
  readonly stairways: readonly {
    readonly building: string;
    readonly unit: string;
    readonly doors: number;
    readonly answered: number;
    readonly open: readonly {
      readonly householdId: string;
      readonly door: string;
      readonly floor: number;
      readonly room: string;
      readonly tries: number;
    }[];
  }[];
}

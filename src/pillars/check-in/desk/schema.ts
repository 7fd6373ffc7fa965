import type { Day } from '../../../domain/day.ts';
import type { Need, Slot } from '../../../people/schema.ts';
import type { Contact, FollowUpReason, Stage } from '../follow-up/schema.ts';
import type { Level } from '../schema.ts';

/**
 * How a door stands on the map. `notAsked`: nobody behind it is asked today; `away`: everybody who would be is accounted
 * for elsewhere. `observed`: somebody behind it is under home observation and the day's reading is there.
 */
export type DoorState = 'alert' | 'watch' | 'missing' | 'observed' | 'done' | 'away' | 'notAsked' | 'vacant';

/** Doors by how they stand. `doors` counts all of them. */
export type Counts = Readonly<Record<DoorState, number>> & { readonly doors: number };

/** One square of the building map. */
export interface DoorSquare {
  readonly householdId: string;
  readonly unit: string;
  readonly floor: number;
  readonly room: string;
  /** `3-2-501` */
  readonly door: string;
  readonly state: DoorState;
  /** Day of home observation, 1 for the first, where somebody here is under it. */
  readonly observedDay?: number;
}

/** A stairway's doors by how they stand. */
export interface UnitCoverage {
  readonly unit: string;
  readonly counts: Counts;
}

export interface BuildingCoverage {
  readonly id: string;
  readonly name: string;
  readonly counts: Counts;
  readonly units: readonly UnitCoverage[];
  /** By unit, then from the top floor down, then by room. */
  readonly squares: readonly DoorSquare[];
}

/** Somebody behind a door that wants a call. What was said of them only where it was not well. */
export interface CallPerson {
  readonly id: string;
  readonly name: string;
  readonly age?: number;
  readonly phone?: string;
  readonly answered: boolean;
  readonly level: Level;
  readonly symptoms: readonly string[];
  readonly needs: readonly string[];
  readonly temperatureC?: number;
  /** At home and asked today. */
  readonly asked: boolean;
  /** How the answer is known, where somebody from outside the household gave it, and who. */
  readonly how?: 'seen' | 'phoned' | 'told';
  readonly byName?: string;
  /** Two phones said different things. */
  readonly disputed?: boolean;
  readonly guardianName?: string;
  readonly guardianPhone?: string;
}

/** Why a call matters: what the roster has of those not heard from, and what was reported. */
export type CallReason =
  | Need
  | 'urgent'
  | 'over80'
  | 'needsFood'
  | 'needsMedicine'
  | 'needsVisit'
  | 'needsTalk'
  | 'missedReading'
  | 'usualTimePassed'
  | 'neverHeard';

/** The follow-up of a door, as far as the list needs it. */
export interface CallFollowUp {
  readonly id: string;
  readonly personId: string;
  readonly reasons: readonly FollowUpReason[];
  readonly stage: Stage;
  readonly assignedName?: string;
  readonly openedAt: number;
  readonly seenAt?: number;
  readonly seenByName?: string;
  readonly firstContactAt?: number;
  /** Closed already, while somebody else behind the door still wants a call. */
  readonly closedAt?: number;
}

/** A door to call, the most pressing first. */
export interface DoorCall {
  readonly householdId: string;
  readonly door: string;
  readonly state: 'alert' | 'watch' | 'missing';
  readonly reasons: readonly CallReason[];
  /** Days since anybody behind this door was last heard of; absent where nobody ever was. */
  readonly silentDays?: number;
  /** Clock (`HH:MM`) by which this door has usually answered, where that is known and has passed. */
  readonly usualBy?: string;
  /** Who is calling just now, since when (epoch ms). */
  readonly calling?: { readonly by: string; readonly name: string; readonly at: number };
  /** Today's tries, oldest first. */
  readonly attempts: readonly Contact[];
  readonly followUps: readonly CallFollowUp[];
  readonly persons: readonly CallPerson[];
}

/** GET /api/desk/coverage: who has been heard of on a day, for the grids that the asker answers for. */
export interface Coverage {
  readonly day: Day;
  readonly slot: Slot;
  /** Due time of the slot, epoch ms. */
  readonly dueAt?: number;
  /** When this was reckoned, epoch ms. */
  readonly at: number;
  /** Grids covered; empty means the whole community. */
  readonly grids: readonly string[];
  readonly counts: Counts;
  readonly buildings: readonly BuildingCoverage[];
  /** Most pressing first; at most MAX_CALLS. */
  readonly calls: readonly DoorCall[];
  /** Doors that want a call, in all. */
  readonly callsInAll: number;
  /** Median minutes from an alert to its first contact, today; absent where there was none. */
  readonly contactMinutes?: number;
}

/** Doors listed in one answer. */
export const MAX_CALLS = 600;

/** GET /api/desk/report?day=: the day's summary, made from what is known and typed by nobody. */
export interface DayReport {
  readonly day: Day;
  readonly at: number;
  readonly communityName: string;
  readonly grids: readonly string[];
  readonly counts: Counts;
  readonly buildings: readonly { readonly name: string; readonly counts: Counts }[];
  /** Doors without a word that day: door, and days of silence. No names. */
  readonly silent: readonly { readonly door: string; readonly silentDays?: number; readonly tries: number }[];
  readonly alerts: {
    readonly opened: number;
    readonly seen: number;
    readonly closed: number;
    readonly medianContactMinutes?: number;
  };
  readonly calls: { readonly made: number; readonly reached: number; readonly knocked: number };
  readonly observed: number;
}

/** GET /api/desk/shift: 交班小结, what happened since the asker's shift began (or since midnight), and what is open. */
export interface ShiftSummary {
  readonly at: number;
  readonly since: number;
  readonly counts: Counts;
  readonly calls: { readonly made: number; readonly reached: number; readonly knocked: number };
  readonly followUps: { readonly opened: number; readonly closed: number };
  /** Who could take the shift over: everybody who may be on duty. A desk holds the rows of its own grid's only. */
  readonly colleagues?: readonly { readonly id: string; readonly name: string }[];
  readonly open: readonly {
    readonly id: string;
    readonly door: string;
    readonly personName: string;
    readonly reasons: readonly FollowUpReason[];
    readonly openedAt: number;
    readonly seenByName?: string;
    readonly firstContactAt?: number;
  }[];
}

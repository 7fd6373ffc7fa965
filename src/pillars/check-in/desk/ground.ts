import type { Day } from '../../../domain/day.ts';
import type { Building, Community, Household, Person, Slot } from '../../../people/schema.ts';
import type { Call, FollowUp } from '../follow-up/schema.ts';
import type { Observation, Reading } from '../observation/schema.ts';
import type { CheckIn, LifeSign } from '../schema.ts';
import type { Asker } from './asker.ts';

/** An answer, as far as coverage needs it. `byName` where somebody from outside the household gave it. */
export type Heard = Pick<
  CheckIn,
  | 'personId'
  | 'householdId'
  | 'slot'
  | 'level'
  | 'symptoms'
  | 'needs'
  | 'temperatureC'
  | 'happenedAt'
  | 'recovered'
  | 'how'
  | 'disputed'
> & { readonly byName?: string | null };

export type Door = Pick<Household, 'id' | 'buildingId' | 'grid' | 'unit' | 'floor' | 'room' | 'door' | 'vacant'>;

export type DoorFollowUp = Pick<
  FollowUp,
  | 'id'
  | 'personId'
  | 'householdId'
  | 'day'
  | 'level'
  | 'reasons'
  | 'stage'
  | 'assignedName'
  | 'openedAt'
  | 'seenAt'
  | 'seenByName'
  | 'firstContactAt'
  | 'closedAt'
>;

export type DayCall = Pick<Call, 'callingBy' | 'callingName' | 'callingAt' | 'attempts'>;

/** What a day's coverage is reckoned from: rows of the grids that are covered, as one snapshot of the database had them. */
export interface CoverageGround {
  readonly community: Pick<Community, 'mode' | 'modeUntil' | 'slots' | 'dueAt'>;
  readonly asker: Asker;
  readonly day: Day;
  readonly slot: Slot;
  /** Epoch ms. */
  readonly now: number;
  readonly buildings: readonly Pick<Building, 'id' | 'name' | 'position'>[];
  readonly doors: readonly Door[];
  readonly persons: readonly Person[];
  /** What was said on the day. */
  readonly heard: readonly Heard[];
  readonly signs: readonly Pick<LifeSign, 'personId'>[];
  /** Of the day; and, where the day is today, those of earlier days that are still open. */
  readonly followUps: readonly DoorFollowUp[];
  /** Of the day, by household. */
  readonly calls: ReadonlyMap<string, DayCall>;
  /** Those that ran on the day. */
  readonly observations: readonly Pick<
    Observation,
    'id' | 'personId' | 'householdId' | 'startDay' | 'endDay' | 'startedAt' | 'endedAt'
  >[];
  /** Of the day. */
  readonly readings: readonly Pick<
    Reading,
    | 'observationId'
    | 'personId'
    | 'householdId'
    | 'day'
    | 'slot'
    | 'temperatureC'
    | 'needs'
    | 'level'
    | 'happenedAt'
    | 'how'
  >[];
  /** The last day up to this one on which anybody behind a door was heard of, by household. */
  readonly lastHeard: ReadonlyMap<string, Day>;
  /** Clock (`HH:MM`) by which a door has usually answered, by household. */
  readonly usualBy: ReadonlyMap<string, string>;
}

import * as v from 'valibot';
import { entity, naturalKey } from '../../domain/entity.ts';
import { day, id } from '../../people/schema.ts';
import type { Row } from '../../domain/entity.ts';
import type { Day } from '../../domain/day.ts';
import type { Need, Slot } from '../../people/schema.ts';

/** Body temperatures that are taken, in °C with one decimal. Outside of it somebody mistyped. */
export const TEMPERATURE = { min: 34, max: 43 } as const;
/** People in one answer, at most: the largest households on real rosters have half of it. */
export const MAX_ENTRIES = 30;

/** What means: act now. `urgent` is said by choosing 很急 before anything else is asked. */
export const WARNING_SYMPTOMS = [
  'urgent',
  'fever',
  'chestPain',
  'shortBreath',
  'confused',
  'oneSide',
  'fell',
  'bleeding',
] as const;
/** What means: look in. */
export const MILD_SYMPTOMS = [
  'cough',
  'soreThroat',
  'headache',
  'dizzy',
  'stomach',
  'tired',
  'noAppetite',
  'ache',
] as const;
/** 要买药 · 要人来 · 没吃的 · 想找人说说话 */
export const NEEDS = ['medicine', 'visit', 'food', 'talk'] as const;

/** How one knows who answers for another household: 见到了 · 通过电话 · 家人说的 */
export type How = 'seen' | 'phoned' | 'told';
export type Feels = 'well' | 'unwell';
/** What an answer asks of others: nothing, a look, an act. */
export type Level = 'ok' | 'watch' | 'alert';

/** Who gave an answer. */
export interface By {
  readonly personId?: string;
  /** The person's name, so that the household can read who spoke for it. */
  readonly name?: string;
  readonly deviceId: string;
  /** Somebody from outside the household gave it. */
  readonly actingFor: boolean;
}

/** One answer about one person. Times are epoch ms. */
export interface Answer {
  readonly feels: Feels;
  readonly temperatureC?: number | null;
  readonly symptoms: readonly string[];
  readonly needs: readonly string[];
  readonly level: Level;
  /** Somebody said 现在好了 about a person who had been reported unwell. */
  readonly recovered: boolean;
  readonly how?: How | null;
  readonly by: By;
  readonly happenedAt: number;
  readonly receivedAt: number;
  /** Given after its due time, or heard of on a later day. Marked, never refused. */
  readonly late: boolean;
}

/** The answer about a person for one slot of a day. Id: personId/day/slot. */
export interface CheckIn extends Row, Answer {
  readonly personId: string;
  readonly householdId: string;
  readonly grid: string;
  readonly day: Day;
  readonly slot: Slot;
  /** Answers that this one corrected, oldest first. */
  readonly history: readonly Answer[];
}

export const checkIn = entity<CheckIn>('checkIn', ['householdId']);

/** @returns the id of the answer about a person for a slot of a day */
export function checkInId(personId: string, dayOfAnswer: Day, slot: Slot): string {
  return naturalKey(personId, dayOfAnswer, slot);
}

const slot = v.picklist(['morning', 'evening'], 'checkIn.issues.slot');
/** A word of a list above. Unknown ones are kept: nobody's "unwell" is turned away for a word that this version lacks. */
const word = v.pipe(v.string(), v.minLength(1), v.maxLength(40));
const chips = v.pipe(v.array(word), v.maxLength(20, 'checkIn.issues.tooMany'));

/** A temperature as people read it off: one decimal, 34.0 to 43.0 °C. */
export const temperature = v.pipe(
  v.number('checkIn.issues.temperature'),
  v.minValue(TEMPERATURE.min, 'checkIn.issues.temperature'),
  v.maxValue(TEMPERATURE.max, 'checkIn.issues.temperature'),
  v.check((degrees) => Math.abs(degrees * 10 - Math.round(degrees * 10)) < 1e-6, 'checkIn.issues.temperatureStep'),
);

/** What is said about one person. `recovered` is 现在好了, about somebody reported unwell earlier in the day. */
export const entry = v.object({
  personId: id,
  feels: v.picklist(['well', 'unwell'], 'checkIn.issues.feels'),
  temperatureC: v.optional(temperature),
  symptoms: v.optional(chips),
  needs: v.optional(chips),
  recovered: v.optional(v.boolean()),
});
export type Entry = v.InferOutput<typeof entry>;

const oncePerPerson = (people: readonly string[]) => new Set(people).size === people.length;

/** Arguments of `checkIn.submit`. */
export const submitArgs = v.object({
  householdId: id,
  day,
  slot,
  how: v.optional(v.picklist(['seen', 'phoned', 'told'], 'checkIn.issues.how')),
  entries: v.pipe(
    v.array(entry),
    v.minLength(1, 'checkIn.issues.nobody'),
    v.maxLength(MAX_ENTRIES, 'checkIn.issues.tooMany'),
    v.check((entries) => oncePerPerson(entries.map((one) => one.personId)), 'checkIn.issues.twice'),
  ),
});
export type SubmitArgs = v.InferOutput<typeof submitArgs>;

/** Arguments of `checkIn.retract`. */
export const retractArgs = v.object({
  householdId: id,
  day,
  slot,
  personIds: v.pipe(
    v.array(id),
    v.minLength(1, 'checkIn.issues.nobody'),
    v.maxLength(MAX_ENTRIES, 'checkIn.issues.tooMany'),
  ),
});
export type RetractArgs = v.InferOutput<typeof retractArgs>;

/**
 * How a door stands on the map. `notAsked`: nobody behind it is asked today; `away`: everybody who would be is accounted
 * for elsewhere.
 */
export type DoorState = 'alert' | 'watch' | 'missing' | 'done' | 'away' | 'notAsked' | 'vacant';

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
}

export interface BuildingCoverage {
  readonly id: string;
  readonly name: string;
  readonly counts: Counts;
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
}

/** Why a call matters: what the roster has of those not heard from, and what was reported. */
export type CallReason = Need | 'over80' | 'needsFood' | 'needsMedicine' | 'needsVisit' | 'needsTalk' | 'neverHeard';

/** A door to call, the most pressing first. */
export interface Call {
  readonly householdId: string;
  readonly door: string;
  readonly state: 'alert' | 'watch' | 'missing';
  readonly reasons: readonly CallReason[];
  /** Days since anybody behind this door was last heard of; absent where nobody ever was. */
  readonly silentDays?: number;
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
  readonly calls: readonly Call[];
}

import * as v from 'valibot';
import { entity, naturalKey } from '../../domain/entity.ts';
import { day, id, time } from '../../people/schema.ts';
import type { Row } from '../../domain/entity.ts';
import type { Day } from '../../domain/day.ts';
import type { Slot } from '../../people/schema.ts';

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
  /** Two phones said different things without knowing of each other: the graver holds until a person settles it. */
  readonly disputed?: boolean | null;
  /** What was said has been forgotten (90 days); that something was said, and how grave it was, is kept. */
  readonly forgotten?: boolean | null;
}

/** That a person who needs not report did something on the phone marked as theirs. Id: personId/day. */
export interface LifeSign extends Row {
  readonly personId: string;
  readonly householdId: string;
  readonly grid: string;
  readonly day: Day;
  /** Epoch ms of the first such act of the day. */
  readonly happenedAt: number;
}

export const checkIn = entity<CheckIn>('checkIn', ['householdId']);
export const lifeSign = entity<LifeSign>('lifeSign', ['householdId']);

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
  /** `happenedAt` of the answer that the person saw when they corrected it: only then may a milder one replace a graver. */
  knew: v.optional(time),
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

/** Arguments of `checkIn.sign`: that of an act on the phone marked as theirs. */
export const signArgs = v.object({ householdId: id, personId: id, day });

/** Arguments of `checkIn.forget` and `checkIn.erase`, by the community's clock. */
export const rowsArgs = v.object({
  entity: v.picklist(['checkIn', 'lifeSign', 'followUp', 'call', 'observation', 'reading', 'duty']),
  ids: v.pipe(v.array(id), v.minLength(1), v.maxLength(500)),
});

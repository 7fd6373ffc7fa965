import { livesIn } from '../../domain/actor.ts';
import { DAY_MS, dayOf, MINUTE_MS, timeOn } from '../../domain/day.ts';
import { belongs } from '../../people/rules.ts';
import { WARNING_SYMPTOMS } from './schema.ts';
import type { Actor } from '../../domain/actor.ts';
import type { Day } from '../../domain/day.ts';
import type { Community, Person, Slot } from '../../people/schema.ts';
import type { DoorState } from './desk/schema.ts';
import type { CheckIn, Entry, Level } from './schema.ts';

/** °C from which a temperature counts as fever (armpit; the threshold of China's COVID-19 prevention protocols, 2020 to 2022). */
export const FEVER_C = 37.3;
/** How long a tap can be taken back (工信部 APP 适老化通用设计规范, 2021: at least 10 minutes). */
export const UNDO_MS = 10 * MINUTE_MS;
/** How far a phone's idea of midnight may be off before its day is refused. */
export const MIDNIGHT_SLACK_MS = 15 * MINUTE_MS;

const warnings: ReadonlySet<string> = new Set(WARNING_SYMPTOMS);
const gravity: Readonly<Record<Level, number>> = { ok: 0, watch: 1, alert: 2 };

type Said = Pick<Entry, 'feels' | 'temperatureC' | 'symptoms'>;

/** What an answer asks of others: fever or a warning symptom → act; anything else that is not well → look in. */
export function levelOf(said: {
  feels: Said['feels'];
  temperatureC?: number | null;
  symptoms?: readonly string[];
}): Level {
  const symptoms = said.symptoms ?? [];
  if ((said.temperatureC ?? 0) >= FEVER_C || symptoms.some((symptom) => warnings.has(symptom))) return 'alert';
  return said.feels === 'unwell' || symptoms.length > 0 ? 'watch' : 'ok';
}

/** Above zero where the first is the graver, below where the second is. */
export function compareLevels(one: Level, other: Level): number {
  return gravity[one] - gravity[other];
}

/** The graver of two levels. */
export function worse(one: Level, other: Level): Level {
  return gravity[one] >= gravity[other] ? one : other;
}

/** Whether the person counts as at home on the day: there, or expected back by then (then we ask again). */
export function isAtHome(person: Pick<Person, 'presence' | 'presenceUntil'>, day: Day): boolean {
  if (person.presence === 'home') return true;
  return belongs(person) && typeof person.presenceUntil === 'string' && person.presenceUntil <= day;
}

/** Whether the community asks everybody on the day: an emergency that has not ended. */
export function asksEverybody(community: Pick<Community, 'mode' | 'modeUntil'>, day: Day): boolean {
  return community.mode === 'emergency' && (!community.modeUntil || day <= community.modeUntil);
}

/**
 * Whether a word of this person is wanted on the day: at home, and either everybody is asked or they joined 每日问候. Who
 * need not report (不用天天报) is among them, in ordinary days too, as that is what they were promised: without a sign of
 * life they are missing once the due time has passed.
 */
export function isAsked(community: Pick<Community, 'mode' | 'modeUntil'>, person: Person, day: Day): boolean {
  return isAtHome(person, day) && (person.dailyGreeting || person.quiet === true || asksEverybody(community, day));
}

/** Whether home asks this person on the day: as `isAsked`, but for those who need not report. */
export function isAskedAtHome(community: Pick<Community, 'mode' | 'modeUntil'>, person: Person, day: Day): boolean {
  return person.quiet !== true && isAsked(community, person, day);
}

/**
 * Whether what is done on this phone is the day's sign of life of this person: they opted in (不用天天报), the phone is
 * marked as theirs, it belongs to their own household, and they are at home.
 */
export function signWanted(person: Person, actor: Actor, day: Day): boolean {
  const isTheirs = actor.kind === 'device' && actor.personId === person.id && livesIn(actor, person.householdId);
  return person.quiet === true && isTheirs && isAtHome(person, day);
}

/** When a slot's answer is due, epoch ms; undefined where the community set no time. */
export function dueTime(community: Pick<Community, 'dueAt'>, day: Day, slot: Slot): number | undefined {
  const clock = community.dueAt[slot];
  return clock === undefined ? undefined : timeOn(day, clock);
}

/** Whether the due time of a slot has passed. */
export function isDue(community: Pick<Community, 'dueAt'>, day: Day, slot: Slot, now: number): boolean {
  const due = dueTime(community, day, slot);
  return due !== undefined && now > due;
}

/** Whether an answer is late: given after its due time, or heard of only on a later day. */
export function isLate(
  community: Pick<Community, 'dueAt'>,
  answer: { day: Day; slot: Slot; happenedAt: number; receivedAt: number },
): boolean {
  return isDue(community, answer.day, answer.slot, answer.happenedAt) || dayOf(answer.receivedAt) > answer.day;
}

/** The slot that is asked for at a time: the first one not yet due on its day, else the day's last. */
export function slotAt(community: Pick<Community, 'slots' | 'dueAt'>, now: number): Slot {
  const today = dayOf(now);
  const open = community.slots.find((slot) => !isDue(community, today, slot, now));
  return open ?? community.slots[community.slots.length - 1] ?? 'morning';
}

/**
 * Whether something that happened then may be told of this day. Around midnight either day will do: phone and server
 * disagree by minutes about when it is.
 */
export function isDayOf(day: Day, happenedAt: number): boolean {
  return day >= dayOf(happenedAt - MIDNIGHT_SLACK_MS) && day <= dayOf(happenedAt + MIDNIGHT_SLACK_MS);
}

type Held = Pick<CheckIn, 'happenedAt' | 'level'> & { readonly recovered?: boolean };

/**
 * What holds of a person now, of all that was said of them that day: the latest; of two at once, the graver. A plain "all
 * well" for another slot does not outweigh that they were unwell: it takes 现在好了 (where `recovered` is not known, it is
 * taken for that).
 */
export function standing<C extends Held>(said: readonly C[]): C | undefined {
  const inOrder = [...said].sort(
    (one, other) => one.happenedAt - other.happenedAt || compareLevels(one.level, other.level),
  );
  return inOrder.reduce<C | undefined>((holds, next) => {
    const isPlainWell = next.level === 'ok' && next.recovered === false;
    return isPlainWell && holds !== undefined && holds.level !== 'ok' ? holds : next;
  }, undefined);
}

/** Whether the person was reported unwell that day and nobody has said 现在好了 since. */
export function isReportedUnwell(said: readonly Held[]): boolean {
  const holds = standing(said);
  return holds !== undefined && holds.level !== 'ok';
}

/** Those at home of whom nothing was said for this slot, and who were not reported unwell earlier in the day. 家里都好 answers for them. */
export function unanswered(
  persons: readonly Person[],
  checkIns: readonly CheckIn[],
  day: Day,
  slot: Slot,
): readonly Person[] {
  return persons.filter((person) => {
    const said = checkIns.filter((answer) => answer.personId === person.id && answer.day === day);
    return isAtHome(person, day) && !isReportedUnwell(said) && !said.some((answer) => answer.slot === slot);
  });
}

/** Whether an answer can still be taken back at this time. */
export function isUndoable(answer: Pick<CheckIn, 'happenedAt'>, now: number): boolean {
  return now - answer.happenedAt <= UNDO_MS;
}

/** What else tells how the people behind a door are, besides their answers. */
export interface OtherSigns {
  /** Persons of whom there was a sign of life that day (see `LifeSign`). */
  readonly signs?: ReadonlySet<string>;
  /** Persons under home observation whose reading of the slot is there, with its level. */
  readonly observed?: ReadonlyMap<string, Level>;
  /** Epoch ms; absent for a day that is over. Who need not report is missing only once the slot's due time has passed. */
  readonly now?: number;
}

/** Whether anything was heard of a person for a slot of a day: an answer, a reading, a sign of life. */
export function isHeard(
  person: Pick<Person, 'id'>,
  checkIns: readonly Pick<CheckIn, 'personId' | 'slot'>[],
  slot: Slot,
  { signs, observed }: OtherSigns = {},
): boolean {
  if (signs?.has(person.id) || observed?.has(person.id)) return true;
  return checkIns.some((said) => said.personId === person.id && said.slot === slot);
}

/**
 * Whether a person is missing: a word is wanted and there is none. Who need not report is so only once the due time has
 * passed (where the community set none, once the day is over).
 */
export function isMissing(
  community: Pick<Community, 'mode' | 'modeUntil' | 'dueAt'>,
  person: Person,
  checkIns: readonly Pick<CheckIn, 'personId' | 'slot'>[],
  day: Day,
  slot: Slot,
  other: OtherSigns = {},
): boolean {
  if (!isAsked(community, person, day) || isHeard(person, checkIns, slot, other)) return false;
  const { now } = other;
  return person.quiet !== true || now === undefined || dayOf(now) > day || isDue(community, day, slot, now);
}

/**
 * How a door stands: its worst member. Away is accounted for and never counted as well; a door is done only when
 * everybody of whom a word is wanted was heard of. For a past day, hand in the people as they were then (`presenceOn`).
 * @param persons who belongs to the household
 * @param checkIns what was said of them that day, in all slots
 */
export function doorState(
  community: Pick<Community, 'mode' | 'modeUntil' | 'dueAt'>,
  persons: readonly Person[],
  checkIns: readonly Pick<CheckIn, 'personId' | 'slot' | 'level' | 'happenedAt'>[],
  day: Day,
  slot: Slot,
  other: OtherSigns = {},
): DoorState {
  const living = persons.filter(belongs);
  if (living.length === 0) return 'vacant';
  let level: Level = 'ok';
  for (const person of living) {
    const said = standing(checkIns.filter((answer) => answer.personId === person.id))?.level ?? 'ok';
    level = worse(level, worse(said, other.observed?.get(person.id) ?? 'ok'));
  }
  if (level !== 'ok') return level;
  if (living.some((person) => isMissing(community, person, checkIns, day, slot, other))) return 'missing';
  if (living.some((person) => other.observed?.has(person.id))) return 'observed';
  const heard = living.filter((person) => isAsked(community, person, day) && isHeard(person, checkIns, slot, other));
  if (heard.length > 0) return 'done';
  return living.some((person) => isAtHome(person, day)) ? 'notAsked' : 'away';
}

/** @returns age that the person reaches in the day's year, or undefined where the roster has no year of birth */
export function ageOn(person: Pick<Person, 'birthYear'>, day: Day): number | undefined {
  return person.birthYear ? Number(day.slice(0, 4)) - person.birthYear : undefined;
}

/** @returns whole days from one day of the community to another */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((timeOn(to) - timeOn(from)) / DAY_MS);
}

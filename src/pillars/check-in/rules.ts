import { DAY_MS, dayOf, MINUTE_MS, timeOn } from '../../domain/day.ts';
import { belongs } from '../../people/rules.ts';
import { WARNING_SYMPTOMS } from './schema.ts';
import type { Day } from '../../domain/day.ts';
import type { Community, Person, Slot } from '../../people/schema.ts';
import type { CheckIn, DoorState, Entry, Level } from './schema.ts';

/** °C from which a temperature counts as fever (armpit; the threshold of China's COVID-19 prevention protocols, 2020 to 2022). */
export const FEVER_C = 37.3;
/** How long a tap can be taken back (工信部 APP 适老化通用设计规范, 2021: at least 10 minutes). */
export const UNDO_MS = 10 * MINUTE_MS;
/** How far a phone's idea of midnight may be off before its day is refused. */
const MIDNIGHT_SLACK_MS = 15 * MINUTE_MS;

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

/** Whether this person is asked on the day: at home, and either everybody is asked or they joined 每日问候. */
export function isAsked(community: Pick<Community, 'mode' | 'modeUntil'>, person: Person, day: Day): boolean {
  return isAtHome(person, day) && (person.dailyGreeting || asksEverybody(community, day));
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

/** What holds of a person now, of all that was said of them that day: the latest; of two at once, the graver. */
export function standing<C extends Pick<CheckIn, 'happenedAt' | 'level'>>(said: readonly C[]): C | undefined {
  return said.reduce<C | undefined>((holds, next) => {
    if (holds === undefined || next.happenedAt > holds.happenedAt) return next;
    return next.happenedAt === holds.happenedAt && gravity[next.level] > gravity[holds.level] ? next : holds;
  }, undefined);
}

/** Whether the person was reported unwell that day and nobody has said 现在好了 since. */
export function isReportedUnwell(said: readonly Pick<CheckIn, 'happenedAt' | 'level'>[]): boolean {
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

/** What a new answer does to what was said before. */
export type Effect =
  /** It holds from now on. */
  | 'holds'
  /** Something said later already holds: it goes into the history. */
  | 'older'
  /** It is known already. */
  | 'repeats'
  /** "Well" about somebody reported unwell: that takes 现在好了. */
  | 'reportedUnwell';

/**
 * @param said what was said of the person that day, in all slots
 * @param before of these, the answer for the same slot
 */
export function effectOf(
  said: readonly CheckIn[],
  before: CheckIn | undefined,
  entry: Pick<Entry, 'feels' | 'temperatureC' | 'symptoms' | 'needs' | 'recovered'>,
  happenedAt: number,
): Effect {
  const isLater = before !== undefined && before.happenedAt > happenedAt;
  if (levelOf(entry) !== 'ok') {
    // A plain "all well" said for the whole household does not outweigh this, even where it was said later.
    const outweighs = before !== undefined && (before.level !== 'ok' || before.recovered);
    return isLater && outweighs ? 'older' : 'holds';
  }
  const unwell = isReportedUnwell(said);
  if (unwell && !entry.recovered) return 'reportedUnwell';
  if (unwell) return isLater ? 'older' : 'holds';
  return before !== undefined && (entry.needs ?? []).length === 0 ? 'repeats' : 'holds';
}

/** Whether an answer can still be taken back at this time. */
export function isUndoable(answer: Pick<CheckIn, 'happenedAt'>, now: number): boolean {
  return now - answer.happenedAt <= UNDO_MS;
}

/**
 * How a door stands: its worst member. Away is accounted for and never counted as well; a door is done only when
 * everybody who is asked has an answer.
 * @param persons who belongs to the household
 * @param checkIns what was said of them that day, in all slots
 */
export function doorState(
  community: Pick<Community, 'mode' | 'modeUntil'>,
  persons: readonly Person[],
  checkIns: readonly Pick<CheckIn, 'personId' | 'slot' | 'level' | 'happenedAt'>[],
  day: Day,
  slot: Slot,
): DoorState {
  const living = persons.filter(belongs);
  if (living.length === 0) return 'vacant';
  let level: Level = 'ok';
  for (const person of living) {
    level = worse(level, standing(checkIns.filter((said) => said.personId === person.id))?.level ?? 'ok');
  }
  if (level !== 'ok') return level;
  const asked = living.filter((person) => isAsked(community, person, day));
  const has = (person: Person) => checkIns.some((said) => said.personId === person.id && said.slot === slot);
  if (asked.length > 0) return asked.every(has) ? 'done' : 'missing';
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

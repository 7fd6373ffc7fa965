import { dayOf, MINUTE_MS, timeOn } from '../../../domain/day.ts';
import type { Day } from '../../../domain/day.ts';
import type { Slot } from '../../../people/schema.ts';
import { demand } from '../../../domain/refusal.ts';
import { daysBetween, levelOf } from '../rules.ts';
import type { By } from '../schema.ts';
import { READING_DUE, readingId } from './schema.ts';
import type { TakeReadingArgs } from './args.ts';
import type { Observation, Reading } from './schema.ts';

/** After its due time a reading may take this long before somebody is asked to look. */
export const READING_GRACE_MS = 60 * MINUTE_MS;
/** How far a phone's idea of midnight may be off before its day counts as one that has not come. */
const MIDNIGHT_SLACK_MS = 15 * MINUTE_MS;
/** Corrections of one reading that are kept, so that a row stays small whatever happens to it. */
const MAX_HISTORY = 20;
const SLOTS: readonly Slot[] = ['morning', 'evening'];

type Span = Pick<Observation, 'startDay' | 'endDay' | 'startedAt' | 'endedAt'>;

/** Whether the day is one of the observation's: from its first to its last, or to the one on which it was ended. */
export function isWithin(observation: Span, day: Day): boolean {
  const last = observation.endedAt == null ? observation.endDay : dayOf(observation.endedAt);
  return observation.startDay <= day && day <= observation.endDay && day <= last;
}

/** Whether somebody is under observation at this time (epoch ms). */
export function isRunning(observation: Span, now: number): boolean {
  return isWithin(observation, dayOf(now)) && (observation.endedAt == null || now < observation.endedAt);
}

/** @returns which day of the observation it is: 1 for the first */
export function dayNumber(observation: Pick<Observation, 'startDay'>, day: Day): number {
  return daysBetween(observation.startDay, day) + 1;
}

/** When a reading is due, epoch ms. */
export function readingDue(day: Day, slot: Slot): number {
  return timeOn(day, READING_DUE[slot]);
}

/** The readings that a day asks for: not those that were due before it began, nor those due after it was ended. */
export function expectedReadings(observation: Span, day: Day): readonly Slot[] {
  if (!isWithin(observation, day)) return [];
  return SLOTS.filter((slot) => {
    const due = readingDue(day, slot);
    return observation.startedAt <= due && (observation.endedAt == null || due <= observation.endedAt);
  });
}

/** Those of the day's readings whose time has come. */
export function dueReadings(observation: Span, day: Day, now: number): readonly Slot[] {
  return expectedReadings(observation, day).filter((slot) => readingDue(day, slot) <= now);
}

/** Those of the day's readings that have not come, though they were due READING_GRACE_MS ago. */
export function missedReadings(
  observation: Span,
  day: Day,
  now: number,
  taken: readonly Pick<Reading, 'day' | 'slot'>[],
): readonly Slot[] {
  return dueReadings(observation, day, now - READING_GRACE_MS).filter(
    (slot) => !taken.some((reading) => reading.day === day && reading.slot === slot),
  );
}

/** Whether a reading is late: taken after its due time, or heard of only on a later day. Marked, never refused. */
export function isReadingLate(reading: Pick<Reading, 'day' | 'slot' | 'happenedAt' | 'receivedAt'>): boolean {
  return reading.happenedAt > readingDue(reading.day, reading.slot) || dayOf(reading.receivedAt) > reading.day;
}

/** Whether this reading has not come, going by the time alone: it was due READING_GRACE_MS ago. */
export function isMissed(observation: Span, day: Day, slot: Slot, now: number): boolean {
  return missedReadings(observation, day, now, []).includes(slot);
}

/** Refuses a reading for a day that has not come or was before the observation (`notToday`), or after its end (`alreadyClosed`). */
export function demandReadingDay(observation: Span, day: Day, happenedAt: number): void {
  demand(observation.startDay <= day && day <= dayOf(happenedAt + MIDNIGHT_SLACK_MS), 'notToday');
  const isOver = observation.endedAt != null && happenedAt >= observation.endedAt;
  demand(isWithin(observation, day) && !isOver, 'alreadyClosed');
}

/** @returns the card as a row, with what it asks of others: from 37.3 °C it is an alert */
export function readingOf(
  observation: Pick<Observation, 'id' | 'personId' | 'householdId' | 'grid'>,
  { day, slot, temperatureC, mood, needs, how }: TakeReadingArgs,
  said: { readonly by: By; readonly happenedAt: number; readonly receivedAt: number },
): Reading {
  const { id, personId, householdId, grid } = observation;
  const level = levelOf({ feels: 'well', temperatureC });
  const late = isReadingLate({ day, slot, ...said });
  const card = { observationId: id, personId, householdId, grid, day, slot, temperatureC, mood, needs: needs ?? [] };
  return { id: readingId(id, day, slot), ...card, level, how, ...said, late, history: [] };
}

/** Two readings of one slot, in whatever order they arrive: the later one holds, the history keeps the other. */
export function withReading(one: Reading, other: Reading): Reading {
  const [older, later] = one.happenedAt <= other.happenedAt ? [one, other] : [other, one];
  const known = [...one.history, ...other.history, { temperatureC: older.temperatureC, happenedAt: older.happenedAt }];
  const history = known.sort((a, b) => a.happenedAt - b.happenedAt).slice(-MAX_HISTORY);
  return { ...later, history };
}

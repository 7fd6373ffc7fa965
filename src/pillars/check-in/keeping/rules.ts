import { addDays, dayOf } from '../../../domain/day.ts';
import type { Day } from '../../../domain/day.ts';
import type { FollowUp } from '../follow-up/schema.ts';
import type { Observation, Reading } from '../observation/schema.ts';
import type { Answer, CheckIn } from '../schema.ts';

/** Days after which what was said of somebody's health is forgotten; that something was said, and how grave, stays. */
export const TEXT_DAYS = 90;
/** Days after which a shift that has run out goes: whoever had it need not be rung by everybody any longer. */
export const SHIFT_DAYS = 2;
/** Days after which the status goes too. */
export const STATUS_DAYS = 365;

/** The last day whose rows are due at `now` (epoch ms), where they are kept for so many days. */
export function lastDayDue(now: number, days: number): Day {
  return addDays(dayOf(now), -days);
}

/** The answer without what ailed the person: how it was, how grave, by whom and when stay. */
export function withoutHealth(row: CheckIn): CheckIn {
  return {
    ...row,
    ...silent,
    history: row.history.map((answer): Answer => ({ ...answer, ...silent })),
    forgotten: true,
  };
}

const silent = { temperatureC: undefined, how: undefined, symptoms: [], needs: [] } as const;

/** The follow-up without what people wrote down. */
export function withoutNotes(row: FollowUp): FollowUp {
  return { ...row, note: undefined, contacts: row.contacts.map((contact) => ({ ...contact, note: undefined })) };
}

/** The reading without what was read. */
export function withoutReading(row: Reading): Reading {
  return { ...row, temperatureC: undefined, mood: undefined, how: undefined, needs: [], history: [] };
}

/** The observation without its reasons. */
export function withoutReasons(row: Observation): Observation {
  return { ...row, reason: undefined, endReason: undefined };
}

import { DAY_MS, MINUTE_MS } from '../../../domain/day.ts';

/** Days that are looked back upon, and of these how many must have had an answer: less is no habit. */
export const USUAL = { days: 14, atLeast: 5 } as const;
/** How much later than usual an answer may be before anybody asks. */
const GRACE_MS = 60 * MINUTE_MS;

/**
 * @param median ms after midnight at which a door's first answer of the day has come, in the middle of its days
 * @returns the clock (`HH:MM`) by which the door has usually answered, an hour's grace included; undefined where that is
 *   past midnight
 */
export function usualBy(median: number): string | undefined {
  const at = Math.ceil((median + GRACE_MS) / MINUTE_MS) * MINUTE_MS;
  return at >= DAY_MS ? undefined : new Date(at).toISOString().slice(11, 16);
}

import { addDays, dayOf, DAY_MS, timeOn } from '../../../../domain/day.ts';

/** Wall clocks at which shifts usually change. */
const CHANGES = ['08:00', '18:00'] as const;
/** The shortest time until a change that is still offered: nobody takes over for a quarter of an hour. */
const LEAST_MS = 3_600_000;

/** @param from epoch ms at which a shift begins @returns when it may end, epoch ms, the next change of shift first */
export function usualEnds(from: number): readonly number[] {
  const changes = [dayOf(from), addDays(dayOf(from), 1)].flatMap((day) => CHANGES.map((clock) => timeOn(day, clock)));
  const next = changes.filter((at) => at - from >= LEAST_MS).slice(0, 2);
  return [...new Set([...next, from + DAY_MS])].toSorted((one, other) => one - other);
}

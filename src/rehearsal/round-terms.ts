import { addDays, DAY_MS, dayOf, MINUTE_MS, timeOn } from '../domain/day.ts';
import type { RoundPlan } from './round-plans.ts';

const HOUR_MS = 60 * MINUTE_MS;

/** When the things of a round's life happened, as far as it has come (epoch ms). None lies ahead but the cut-off of one that is open. */
export interface Terms {
  readonly opensAt: number;
  readonly closesAt: number;
  readonly orderedAt: number;
  readonly arrivedAt: number;
  /** Handing out begins, and the last of its bags so far. */
  readonly handedFrom: number;
  readonly handedTo: number;
  readonly settledAt: number;
}

/**
 * The vegetables that are open close at eight tonight (tomorrow, if it is evening already), the staples in three days. Those
 * past their cut-off closed at eight on one of the last evenings.
 */
export function termsOf({ key, state }: RoundPlan, now: number): Terms {
  const today = dayOf(now);
  const at = (days: number, clock: string) => timeOn(addDays(today, days), clock);
  if (state === 'open') {
    const evening = now >= timeOn(today, '18:00');
    return key === 'staples'
      ? whole({ opensAt: at(-5, '08:20'), closesAt: at(3, '20:00') })
      : whole({ opensAt: at(-1, '16:20'), closesAt: at(evening ? 1 : 0, '20:00') });
  }
  if (state === 'draft') return whole({ opensAt: at(1, '08:00'), closesAt: at(2, '20:00') });
  const lastEvening = now > timeOn(today, '20:00') ? timeOn(today, '20:00') : at(-1, '20:00');
  const closesAt = lastEvening - EVENINGS_AGO[state] * DAY_MS;
  const opensAt = closesAt - 36 * HOUR_MS;
  if (state === 'settled') {
    const arrivedAt = closesAt + 19 * HOUR_MS;
    const handedFrom = arrivedAt + HOUR_MS;
    return whole({ opensAt, closesAt, arrivedAt, handedFrom, handedTo: handedFrom + 2 * HOUR_MS });
  }
  const handedFrom = now - 150 * MINUTE_MS;
  const arrivedAt = state === 'arrived' ? now - 50 * MINUTE_MS : now - 4 * HOUR_MS;
  return whole({ opensAt, closesAt, arrivedAt, handedFrom, handedTo: now - 4 * MINUTE_MS });
}

/** How many evenings before the last one the round closed. */
const EVENINGS_AGO = { closed: 0, ordered: 1, arrived: 1, handingOut: 1, settled: 5, cancelled: 2 } as const;

function whole(terms: Pick<Terms, 'opensAt' | 'closesAt'> & Partial<Terms>): Terms {
  const { closesAt } = terms;
  return {
    orderedAt: closesAt + 40 * MINUTE_MS,
    arrivedAt: closesAt,
    handedFrom: closesAt,
    handedTo: closesAt,
    settledAt: closesAt + 3 * DAY_MS,
    ...terms,
  };
}

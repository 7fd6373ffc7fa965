import { dayOf } from '../../../domain/day.ts';
import type { Person } from '../../../people/schema.ts';

/** From this age on (by the year of birth) somebody is to be looked after. */
export const LOOKED_AFTER_AGE = 60;

/** Whether somebody of a household is at home who is 60 or over, or of whom the roster says that they need looking after. @param now epoch ms */
export function isLookedAfter(
  people: readonly Pick<Person, 'presence' | 'birthYear' | 'needs'>[],
  now: number,
): boolean {
  const bornBy = lookedAfterBornBy(now);
  return people.some(
    ({ presence, birthYear, needs }) =>
      presence === 'home' && (needs.length > 0 || (typeof birthYear === 'number' && birthYear <= bornBy)),
  );
}

/** @returns the last year of birth of those who count as 60 in the community's year */
export function lookedAfterBornBy(now: number): number {
  return Number(dayOf(now).slice(0, 4)) - LOOKED_AFTER_AGE;
}

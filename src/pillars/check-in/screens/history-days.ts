import { groupBy } from '../../../domain/group-by.ts';
import type { Day } from '../../../domain/day.ts';
import type { Person } from '../../../people/schema.ts';
import type { Answer, CheckIn, LifeSign } from '../schema.ts';

/** What was said of one person for one slot of a day, and what it corrected. */
export interface SaidOfOne {
  readonly id: string;
  readonly person: Pick<Person, 'id' | 'name'> | undefined;
  readonly row: CheckIn;
  /** What was said before, latest first. */
  readonly corrected: readonly Answer[];
}

export interface HistoryDay {
  readonly day: Day;
  readonly said: readonly SaidOfOne[];
  readonly signs: readonly { readonly person: Pick<Person, 'id' | 'name'> | undefined; readonly happenedAt: number }[];
}

/** What was said of a household, by day, the latest first; within a day in the household's own order, then by slot. */
export function historyDays(
  answers: readonly CheckIn[],
  signs: readonly LifeSign[],
  persons: readonly Person[],
): readonly HistoryDay[] {
  const place = new Map(persons.map((person, index) => [person.id, index]));
  const byId = new Map(persons.map((person) => [person.id, person]));
  const saidOn = groupBy(answers, (answer) => answer.day);
  const signsOn = groupBy(signs, (sign) => sign.day);
  const days = [...new Set([...saidOn.keys(), ...signsOn.keys()])].sort().reverse();
  const order = (row: CheckIn) => (place.get(row.personId) ?? persons.length) * 2 + (row.slot === 'evening' ? 1 : 0);
  return days.map((day) => ({
    day,
    said: [...(saidOn.get(day) ?? [])]
      .sort((one, other) => order(one) - order(other))
      .map((row) => ({ id: row.id, person: byId.get(row.personId), row, corrected: [...row.history].reverse() })),
    signs: (signsOn.get(day) ?? []).map((sign) => ({
      person: byId.get(sign.personId),
      happenedAt: sign.happenedAt,
    })),
  }));
}

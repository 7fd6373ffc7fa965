import type { Person } from '../../../people/schema.ts';

/** How a person of the household stands today. */
export type FaceState = 'open' | 'unsent' | 'done' | 'unwell' | 'away' | 'quiet' | 'signed';

/** The character that stands for each person: the family name where it is the only one here, else the last of the name. */
export function initialsOf(persons: readonly Pick<Person, 'id' | 'name'>[]): ReadonlyMap<string, string> {
  const families = persons.map((person) => [...person.name][0] ?? '');
  return new Map(
    persons.map((person, index) => {
      const letters = [...person.name];
      const family = families[index] ?? '';
      const isShared = families.filter((other) => other === family).length > 1;
      return [person.id, (isShared ? letters[letters.length - 1] : family) ?? ''];
    }),
  );
}

/** Names as one says them: `李明、陈芳`; from four on, `李明等 5 人`. */
export function namesOf(persons: readonly Pick<Person, 'name'>[]): string {
  const names = persons.map((person) => person.name);
  return names.length > 3 ? `${names[0]}等 ${names.length} 人` : names.join('、');
}

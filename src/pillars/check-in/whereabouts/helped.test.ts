import { describe, expect, it } from 'vitest';
import { timeOn } from '../../../domain/day.ts';
import type { Community, Household, Person } from '../../../people/schema.ts';
import type { CheckIn } from '../schema.ts';
import { helpedInOrder, mayCheckInFor } from './helped.ts';
import type { HelpedHousehold } from './helped.ts';

const day = '2026-11-22';
const town = {
  mode: 'emergency',
  modeUntil: '2026-12-02',
  slots: ['morning'],
  dueAt: { morning: '10:00' },
} as unknown as Community;

function behind(door: string, parts: { answer?: Partial<CheckIn>; person?: Partial<Person>; known?: boolean } = {}) {
  const person = { id: `p${door}`, name: door, presence: 'home', dailyGreeting: false, ...parts.person } as Person;
  const said = parts.answer && {
    personId: person.id,
    day,
    slot: 'morning',
    level: 'ok',
    happenedAt: timeOn(day, '08:05'),
    ...parts.answer,
  };
  return {
    householdId: door,
    until: 0,
    home: parts.known === false ? undefined : ({ id: door, door } as Household),
    persons: [person],
    answers: said ? [said as CheckIn] : [],
    signs: new Set<string>(),
  } satisfies HelpedHousehold;
}
const at = (clock: string) => timeOn(day, clock);
const lines = (now: number, ...all: HelpedHousehold[]) =>
  helpedInOrder(town, all, now).map(({ household, state }) => `${household.householdId} ${state}`);

describe('for whom one may check in', () => {
  it('is every household once, for as long as the longer grant', () => {
    const grants = [
      { householdId: 'h1', powers: ['check-in'], until: 20 },
      { householdId: 'h1', powers: ['errand', 'check-in'], until: 30 },
      { householdId: 'h2', powers: ['errand'], until: 30 },
      { householdId: 'h3', powers: ['check-in'], until: 10 },
    ] as const;
    expect([...mayCheckInFor(grants, 10)]).toEqual([['h1', 30]]);
  });
});

describe('whom one helps', () => {
  const all = [
    behind('done', { answer: {} }),
    behind('hospital', { person: { presence: 'hospital' } }),
    behind('silent'),
    behind('not here yet', { known: false }),
    behind('a cough', { answer: { level: 'watch' } }),
    behind('fever', { answer: { level: 'alert' } }),
  ];

  it('most in need first, and nobody is left out', () => {
    expect(lines(at('09:00'), ...all)).toEqual([
      'fever alert',
      'a cough watch',
      'silent missing',
      'not here yet unknown',
      'hospital away',
      'done done',
    ]);
  });

  it('a silent door comes forward once the due time has passed', () => {
    expect(lines(at('10:01'), ...all).slice(0, 3)).toEqual(['fever alert', 'silent missing', 'a cough watch']);
  });

  it('what was said yesterday is not today’s', () => {
    const yesterday = behind('yesterday', { answer: { day: '2026-11-21' } });
    expect(lines(at('09:00'), yesterday)).toEqual(['yesterday missing']);
    expect(helpedInOrder(town, [yesterday], at('09:00'))[0]?.heardAt).toBeUndefined();
  });

  it('who need not report is missing only after the due time, and not with a sign of life', () => {
    const quiet = behind('quiet', { person: { quiet: true } });
    expect(lines(at('09:00'), quiet)).toEqual(['quiet notAsked']);
    expect(lines(at('10:01'), quiet)).toEqual(['quiet missing']);
    expect(lines(at('10:01'), { ...quiet, signs: new Set(['pquiet']) })).toEqual(['quiet done']);
  });
});

import { safeParse } from 'valibot';
import { describe, expect, it, test } from 'vitest';
import { timeOn } from '../../domain/day.ts';
import {
  doorState,
  isAsked,
  isAskedAtHome,
  isAtHome,
  isDayOf,
  isLate,
  isUndoable,
  levelOf,
  signWanted,
  slotAt,
  unanswered,
} from './rules.ts';
import { submitArgs } from './schema.ts';
import type { Community, Person } from '../../people/schema.ts';
import type { Actor } from '../../domain/actor.ts';
import type { CheckIn, Level } from './schema.ts';

const DAY = '2026-03-09';
const at = (clock: string, day = DAY) => timeOn(day, clock);

const town: Pick<Community, 'mode' | 'modeUntil' | 'slots' | 'dueAt'> = {
  mode: 'emergency',
  modeUntil: null,
  slots: ['morning'],
  dueAt: { morning: '10:00', evening: '20:00' },
};

const ordinary = { ...town, mode: 'ordinary' } as const;

function person(id: string, over: Partial<Person> = {}): Person {
  const base = {
    householdId: 'h',
    grid: '一格',
    name: id,
    needs: [],
    presence: 'home',
    dailyGreeting: false,
    position: 0,
  } as const;
  return { id, ...base, ...over };
}

function said(personId: string, over: Partial<CheckIn> = {}): CheckIn {
  return {
    id: `${personId}/${DAY}/morning`,
    personId,
    householdId: 'h',
    grid: '一格',
    day: DAY,
    slot: 'morning',
    feels: 'well',
    symptoms: [],
    needs: [],
    level: 'ok',
    recovered: false,
    by: { deviceId: 'd', actingFor: false },
    happenedAt: at('08:00'),
    receivedAt: at('08:00'),
    late: false,
    history: [],
    ...over,
  };
}

describe('what an answer asks of others', () => {
  test.each([
    ['well', {}, 'ok'],
    ['well', { temperatureC: 37.2 }, 'ok'],
    ['well', { temperatureC: 37.3 }, 'alert'],
    ['well', { symptoms: ['cough'] }, 'watch'],
    ['unwell', {}, 'watch'],
    ['unwell', { symptoms: ['cough', 'tired'] }, 'watch'],
    ['unwell', { symptoms: ['a word of a later version'] }, 'watch'],
    ['unwell', { symptoms: ['cough', 'chestPain'] }, 'alert'],
    ['unwell', { symptoms: ['urgent'] }, 'alert'],
    ['unwell', { temperatureC: 36.5 }, 'watch'],
    ['unwell', { temperatureC: 39 }, 'alert'],
  ] as const)('%s %o is %s', (feels, more, level) => {
    expect(levelOf({ feels, ...more, symptoms: 'symptoms' in more ? [...more.symptoms] : [] })).toBe(level);
  });
});

describe('whom 家里都好 answers for', () => {
  it('those at home without an answer', () => {
    const home = [
      person('answered'),
      person('silent'),
      person('ill'),
      person('away', { presence: 'away', presenceUntil: '2026-03-12' }),
      person('back', { presence: 'away', presenceUntil: DAY }),
      person('hospital', { presence: 'hospital' }),
      person('gone', { presence: 'movedOut', presenceUntil: '2026-01-01' }),
    ];
    const answers = [said('answered'), said('ill', { feels: 'unwell', level: 'watch' })];
    expect(unanswered(home, answers, DAY, 'morning').map((one) => one.id)).toEqual(['silent', 'back']);
    expect(unanswered(home, answers, DAY, 'evening').map((one) => one.id)).toEqual(['answered', 'silent', 'back']);
  });
});

describe('不用天天报', () => {
  const quiet = person('q', { quiet: true });
  const actor: Actor = {
    kind: 'device',
    communityId: 'c',
    deviceId: 'd',
    personId: 'q',
    households: ['h'],
    roles: [],
    grants: [],
  };

  test.each([
    ['their own phone', quiet, actor, true],
    ['who did not opt in', person('q'), actor, false],
    ['somebody else of the family', quiet, { ...actor, personId: 'other' }, false],
    ['a phone on which nobody said who they are', quiet, { ...actor, personId: undefined }, false],
    ['a helper', quiet, { ...actor, personId: 'helper', households: [] }, false],
    ['their phone in another household', quiet, { ...actor, households: ['other'] }, false],
    ['the community’s clock', quiet, { ...actor, kind: 'clock' }, false],
    ['somebody away', { ...quiet, presence: 'away' }, actor, false],
  ] as const)('a sign of life by %s: %s', (_, whom, who, wanted) => {
    expect(signWanted(whom as Person, who as Actor, DAY)).toBe(wanted);
  });

  it('is not asked at home, but a word is wanted', () => {
    expect(isAsked(town, quiet, DAY)).toBe(true);
    expect(isAskedAtHome(town, quiet, DAY)).toBe(false);
    expect(isAskedAtHome(town, person('a'), DAY)).toBe(true);
  });
});

describe('when', () => {
  const two = { ...town, slots: ['morning', 'evening'] } as const;
  test.each([
    ['07:00', 'morning'],
    ['10:00', 'morning'],
    ['10:01', 'evening'],
    ['23:00', 'evening'],
  ])('with two slots, %s asks for the %s', (clock, slot) => {
    expect(slotAt(two, at(clock))).toBe(slot);
  });

  test.each([
    ['before it is due', '09:59', '09:59', DAY, false],
    ['after it was due', '10:01', '10:01', DAY, true],
    ['in time, heard of later that day', '09:59', '18:00', DAY, false],
    ['in time, heard of the next day', '09:59', '08:00', '2026-03-10', true],
  ])('%s', (_, happened, received, receivedDay, late) => {
    const answer = {
      day: DAY,
      slot: 'morning',
      happenedAt: at(happened),
      receivedAt: at(received, receivedDay),
    } as const;
    expect(isLate(town, answer)).toBe(late);
  });

  test.each([
    ['at noon', '12:00', DAY, true],
    ['tomorrow already', '12:00', '2026-03-10', false],
    ['yesterday still', '12:00', '2026-03-08', false],
    ['a phone minutes slow, past midnight', '00:05', '2026-03-08', true],
    ['a phone minutes fast, before midnight', '23:55', '2026-03-10', true],
  ])('the day told: %s', (_, clock, day, is) => {
    expect(isDayOf(day, at(clock))).toBe(is);
  });

  it('lets a tap be taken back for ten minutes', () => {
    expect(isUndoable(said('a'), at('08:10'))).toBe(true);
    expect(isUndoable(said('a'), at('08:10') + 1)).toBe(false);
  });

  it('asks only those who joined 每日问候 in ordinary times, and after an emergency has ended', () => {
    const ordinary = { mode: 'ordinary', modeUntil: null } as const;
    expect(isAsked(ordinary, person('a'), DAY)).toBe(false);
    expect(isAsked(ordinary, person('a', { dailyGreeting: true }), DAY)).toBe(true);
    expect(isAsked({ mode: 'emergency', modeUntil: DAY }, person('a'), DAY)).toBe(true);
    expect(isAsked({ mode: 'emergency', modeUntil: '2026-03-08' }, person('a'), DAY)).toBe(false);
    expect(isAtHome(person('a', { presence: 'withFamily' }), DAY)).toBe(false);
  });
});

describe('how a door stands', () => {
  const away = { presence: 'away', presenceUntil: '2026-03-20' } as const;
  const ill = { feels: 'unwell', level: 'watch' } as const;
  test.each([
    ['nobody left', [person('a', { presence: 'deceased' })], [], 'vacant'],
    ['no answer', [person('a')], [], 'missing'],
    ['one of two answered', [person('a'), person('b')], [said('a')], 'missing'],
    ['all answered', [person('a'), person('b')], [said('a'), said('b')], 'done'],
    ['all at home answered, one away', [person('a'), person('b', away)], [said('a')], 'done'],
    ['everybody away', [person('a', away)], [], 'away'],
    ['one unwell outweighs one silent', [person('a'), person('b')], [said('a', ill)], 'watch'],
    ['the worst member', [person('a'), person('b')], [said('a', ill), said('b', { ...ill, level: 'alert' })], 'alert'],
    ['unwell in hospital', [person('a', { presence: 'hospital' })], [said('a', ill)], 'watch'],
  ] as const)('%s', (_, persons, answers, state) => {
    expect(doorState(town, persons, answers, DAY, 'morning')).toBe(state);
  });

  it('is not asked in ordinary times where nobody joined', () => {
    expect(doorState(ordinary, [person('a')], [], DAY, 'morning')).toBe('notAsked');
  });

  const quiet = person('q', { quiet: true, dailyGreeting: true });
  test.each([
    ['before the due time', [quiet], [], {}, '09:00', 'notAsked'],
    ['after it, without a sign', [quiet], [], {}, '10:01', 'missing'],
    ['after it, with a sign', [quiet], [], { signs: ['q'] }, '10:01', 'done'],
    ['after it, with an answer', [quiet], [said('q')], {}, '10:01', 'done'],
    ['on a day that is over', [quiet], [], {}, undefined, 'missing'],
    ['before the due time, the other silent', [quiet, person('a')], [], {}, '09:00', 'missing'],
    ['before the due time, the other heard of', [quiet, person('a')], [said('a')], {}, '09:00', 'done'],
    ['away', [{ ...quiet, presence: 'away' } as Person], [], {}, '10:01', 'away'],
    ['reported unwell by the family', [quiet], [said('q', ill)], { signs: ['q'] }, '10:01', 'watch'],
  ] as const)(
    'who need not report: %s',
    (_, persons, answers, { signs }: { signs?: readonly string[] }, clock, state) => {
      const other = { signs: new Set(signs), now: clock === undefined ? undefined : at(clock) };
      expect(doorState(town, persons, answers, DAY, 'morning', other)).toBe(state);
    },
  );

  it('waits for the end of the day for who need not report, where no due time is set', () => {
    const undue = { ...town, dueAt: {} };
    const stands = (now: number) => doorState(undue, [quiet], [], DAY, 'morning', { now });
    expect(stands(at('23:59'))).toBe('notAsked');
    expect(stands(at('00:00', '2026-03-10'))).toBe('missing');
  });

  it('is observed once the reading is there, and alerts by it', () => {
    const stands = (level?: Level) =>
      doorState(town, [person('a')], [], DAY, 'morning', { observed: new Map(level ? [['a', level]] : []) });
    expect(stands()).toBe('missing');
    expect(stands('ok')).toBe('observed');
    expect(stands('alert')).toBe('alert');
  });

  it('is done again once somebody unwell in the morning is better in the evening', () => {
    const day = [said('a', ill), said('a', { slot: 'evening', recovered: true, happenedAt: at('19:00') })];
    expect(doorState(town, [person('a')], day, DAY, 'evening')).toBe('done');
  });
});

describe('what can be said', () => {
  const args = (entry: object) => ({
    householdId: 'h',
    day: DAY,
    slot: 'morning',
    entries: [{ personId: 'a', feels: 'unwell', ...entry }],
  });
  test.each([
    [34, true],
    [37.3, true],
    [43, true],
    [33.9, false],
    [43.1, false],
    [37.25, false],
    ['37', false],
  ])('a temperature of %s: %s', (temperatureC, fits) => {
    expect(safeParse(submitArgs, args({ temperatureC })).success).toBe(fits);
  });

  it('one to thirty people, each once', () => {
    const many = (count: number) => Array.from({ length: count }, (_, i) => ({ personId: `p${i}`, feels: 'well' }));
    expect(safeParse(submitArgs, { ...args({}), entries: [] }).success).toBe(false);
    expect(safeParse(submitArgs, { ...args({}), entries: many(30) }).success).toBe(true);
    expect(safeParse(submitArgs, { ...args({}), entries: many(31) }).success).toBe(false);
    const twice = safeParse(submitArgs, { ...args({}), entries: [...many(1), ...many(1)] });
    expect(twice.issues?.[0]?.message).toBe('checkIn.issues.twice');
  });
});

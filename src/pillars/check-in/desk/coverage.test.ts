import { expect, it } from 'vitest';
import { timeOn } from '../../domain/day.ts';
import { coverageOf } from './coverage.ts';
import type { Person } from '../../people/schema.ts';
import type { CoverageGround, Door, Heard } from './coverage.ts';

const DAY = '2026-03-09';

function door(id: string, over: Partial<Door> = {}): Door {
  return {
    id,
    buildingId: 'b1',
    unit: '1',
    floor: 1,
    room: '101',
    door: `1-1-${id}`,
    vacant: false,
    lastHeard: '2026-03-08',
    ...over,
  };
}

function person(id: string, householdId: string, over: Partial<Person> = {}): Person {
  return {
    id,
    householdId,
    grid: '一格',
    name: id,
    needs: [],
    presence: 'home',
    dailyGreeting: false,
    position: 0,
    ...over,
  };
}

function heard(personId: string, householdId: string, over: Partial<Heard> = {}): Heard {
  return {
    personId,
    householdId,
    slot: 'morning',
    level: 'ok',
    symptoms: [],
    needs: [],
    happenedAt: timeOn(DAY, '08:00'),
    ...over,
  };
}

function coverage(over: Partial<CoverageGround>) {
  return coverageOf({
    community: { mode: 'emergency', modeUntil: null, dueAt: { morning: '10:00' } },
    day: DAY,
    slot: 'morning',
    now: timeOn(DAY, '10:32'),
    grids: ['一格'],
    buildings: [
      { id: 'b2', name: '2栋', position: 2 },
      { id: 'b1', name: '1栋', position: 1 },
    ],
    doors: [],
    persons: [],
    heard: [],
    ...over,
  });
}

it('counts every door once, by building', () => {
  const answer = coverage({
    doors: [door('101'), door('102'), door('103', { vacant: true }), door('201', { buildingId: 'b2' })],
    persons: [person('a', '101'), person('b', '102'), person('c', '201')],
    heard: [heard('a', '101'), heard('c', '201', { level: 'alert', symptoms: ['fever'] })],
  });
  expect(
    answer.buildings.map((one) => [one.name, one.counts.doors, one.counts.done, one.counts.missing, one.counts.alert]),
  ).toEqual([
    ['1栋', 3, 1, 1, 0],
    ['2栋', 1, 0, 0, 1],
  ]);
  const { doors, alert, watch, missing, done, away, notAsked, vacant } = answer.counts;
  expect(doors).toBe(4);
  expect(alert + watch + missing + done + away + notAsked + vacant).toBe(doors);
});

it('puts who needs somebody first, and says why', () => {
  const answer = coverage({
    doors: [door('1'), door('2', { lastHeard: '2026-03-07' }), door('3'), door('4', { lastHeard: null })],
    persons: [
      person('young', '1'),
      person('old', '2', { birthYear: 1940, needs: ['livesAlone'] }),
      person('ill', '3'),
      person('new', '4'),
    ],
    heard: [heard('ill', '3', { level: 'watch', symptoms: ['cough'], needs: ['food'] })],
  });
  expect(answer.calls.map((call) => [call.householdId, call.reasons, call.silentDays])).toEqual([
    ['3', ['needsFood'], 1],
    ['2', ['livesAlone', 'over80'], 2],
    ['4', ['neverHeard'], undefined],
    ['1', [], 1],
  ]);
});

it('says nothing of the health of those who are well', () => {
  const answer = coverage({
    doors: [door('1')],
    persons: [person('a', '1'), person('b', '1')],
    heard: [heard('a', '1', { temperatureC: 36.6 })],
  });
  const told = answer.calls[0]?.persons.find((one) => one.id === 'a');
  expect(told).toMatchObject({ answered: true, symptoms: [] });
  expect(told?.temperatureC).toBeUndefined();
});

it('orders a building by unit, from the top floor down', () => {
  const answer = coverage({
    doors: [
      door('a', { unit: '2', floor: 1, room: '101' }),
      door('b', { unit: '1', floor: 1, room: '102' }),
      door('c', { unit: '1', floor: 10, room: '1001' }),
      door('d', { unit: '1', floor: 1, room: '101' }),
    ],
  });
  expect(answer.buildings[0]?.squares.map((square) => square.householdId)).toEqual(['c', 'd', 'b', 'a']);
});

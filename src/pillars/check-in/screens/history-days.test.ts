import { expect, test } from 'vitest';
import { historyDays } from './history-days.ts';
import type { Person } from '../../../people/schema.ts';
import type { CheckIn, LifeSign } from '../schema.ts';

const person = (id: string): Person => ({
  id,
  householdId: 'h',
  grid: '一格',
  name: id,
  needs: [],
  presence: 'home',
  dailyGreeting: false,
  position: 0,
});
const said = (personId: string, day: string, over: Partial<CheckIn> = {}): CheckIn => ({
  id: `${personId}/${day}/${over.slot ?? 'morning'}`,
  personId,
  householdId: 'h',
  grid: '一格',
  day,
  slot: 'morning',
  feels: 'well',
  symptoms: [],
  needs: [],
  level: 'ok',
  recovered: false,
  by: { deviceId: 'd', actingFor: false },
  happenedAt: 1,
  receivedAt: 1,
  late: false,
  history: [],
  ...over,
});
const sign = (personId: string, day: string): LifeSign => ({
  id: `${personId}/${day}`,
  personId,
  householdId: 'h',
  grid: '一格',
  day,
  happenedAt: 5,
});

test('the latest day comes first, and a day has everybody in the household’s order, morning before evening', () => {
  const days = historyDays(
    [
      said('b', '2026-11-20'),
      said('b', '2026-11-21', { slot: 'evening' }),
      said('b', '2026-11-21'),
      said('a', '2026-11-21'),
    ],
    [],
    [person('a'), person('b')],
  );
  expect(days.map((one) => [one.day, one.said.map((each) => each.id)])).toEqual([
    ['2026-11-21', ['a/2026-11-21/morning', 'b/2026-11-21/morning', 'b/2026-11-21/evening']],
    ['2026-11-20', ['b/2026-11-20/morning']],
  ]);
});

test('what was corrected is there, the latest first, and so is a day of which there is only a sign of life', () => {
  const first = said('a', '2026-11-21', { happenedAt: 1 });
  const second = said('a', '2026-11-21', { happenedAt: 2, level: 'watch', feels: 'unwell' });
  const days = historyDays(
    [said('a', '2026-11-21', { happenedAt: 3, recovered: true, history: [first, second] })],
    [sign('b', '2026-11-22')],
    [person('a'), person('b')],
  );
  expect(days[0]).toEqual({ day: '2026-11-22', said: [], signs: [{ person: person('b'), happenedAt: 5 }] });
  expect(days[1]?.said[0]?.corrected.map((answer) => answer.happenedAt)).toEqual([2, 1]);
});

test('somebody who is not known any more is kept in the list', () => {
  const [day] = historyDays([said('gone', '2026-11-21'), said('a', '2026-11-21')], [], [person('a')]);
  expect(day?.said.map((one) => one.person?.name)).toEqual(['a', undefined]);
});

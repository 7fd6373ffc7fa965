import { expect, it } from 'vitest';
import { timeOn } from '../../domain/day.ts';
import { greetingOf, lunarDate, spokenClock, spokenDate, spokenDay, spokenTime } from './times.ts';

const now = timeOn('2026-11-22', '08:32');

it.each([
  [timeOn('2026-11-22', '08:12'), '今天 8:12'],
  [timeOn('2026-11-22', '00:05'), '今天 0:05'],
  [timeOn('2026-11-21', '16:02'), '昨天 16:02'],
  [timeOn('2026-11-23', '20:00'), '明天 20:00'],
  [timeOn('2026-11-03', '08:00'), '11月3日 8:00'],
  [timeOn('2025-11-03', '08:00'), '2025年11月3日 8:00'],
])('says a time as people do: %s', (at, words) => {
  expect(spokenTime(at, now)).toBe(words);
});

it('goes by the community’s day, whatever the zone of the phone', () => {
  // 16:30 UTC is half past midnight in Shanghai.
  expect(spokenTime(Date.parse('2026-11-21T16:30:00Z'), now)).toBe('今天 0:30');
  expect(spokenClock(Date.parse('2026-11-21T16:30:00Z'))).toBe('0:30');
  expect(spokenDay('2026-11-22', '2026-11-22')).toBe('今天');
});

it('gives the weekday and the lunar date', () => {
  expect(spokenDate(now)).toBe('11月22日 星期日');
  expect(lunarDate(now)).toBe('农历十月十四');
  expect(lunarDate(timeOn('2026-02-17', '09:00'))).toBe('农历正月初一');
  expect(lunarDate(timeOn('2026-02-16', '09:00'))).toBe('农历腊月廿九');
});

it.each([
  ['04:59', 'night'],
  ['08:00', 'morning'],
  ['11:30', 'noon'],
  ['15:00', 'afternoon'],
  ['20:00', 'evening'],
])('greets at %s', (clock, part) => {
  expect(greetingOf(timeOn('2026-11-22', clock))).toBe(part);
});

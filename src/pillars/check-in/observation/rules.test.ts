import { describe, expect, it } from 'vitest';
import { timeOn } from '../../../domain/day.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import {
  dayNumber,
  demandReadingDay,
  dueReadings,
  expectedReadings,
  isMissed,
  isReadingLate,
  isRunning,
  isWithin,
  missedReadings,
  readingOf,
  withReading,
} from './rules.ts';
import type { TakeReadingArgs } from './args.ts';
import type { Observation, Reading } from './schema.ts';

const watch: Observation = {
  id: 'o',
  personId: 'p',
  personName: '赵桂芳',
  householdId: 'h',
  grid: '一格',
  door: '3-1-402',
  startDay: '2026-11-22',
  days: 7,
  endDay: '2026-11-28',
  startedAt: timeOn('2026-11-22', '08:00'),
};
const ended = { ...watch, endedAt: timeOn('2026-11-24', '12:00') };
const card: TakeReadingArgs = { observationId: 'o', day: '2026-11-23', slot: 'morning', temperatureC: 36.5 };
const at = (clock: string, day = '2026-11-23') => timeOn(day, clock);
const by = { deviceId: 'd', actingFor: false };
const taken = (temperatureC: number, clock: string, day?: string): Reading =>
  readingOf(watch, { ...card, temperatureC }, { by, happenedAt: at(clock, day), receivedAt: at(clock, day) });

describe('an observation', () => {
  it('counts its days from one, and holds from its first to its last', () => {
    expect(dayNumber(watch, '2026-11-22')).toBe(1);
    expect(dayNumber(watch, '2026-11-28')).toBe(7);
    expect(['2026-11-21', '2026-11-22', '2026-11-28', '2026-11-29'].map((day) => isWithin(watch, day))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(isRunning(watch, timeOn('2026-11-28', '23:59'))).toBe(true);
    expect(isRunning(watch, timeOn('2026-11-29'))).toBe(false);
  });

  it('ended early, is over at that moment', () => {
    expect(isRunning(ended, ended.endedAt - 1)).toBe(true);
    expect(isRunning(ended, ended.endedAt)).toBe(false);
    expect(isWithin(ended, '2026-11-24')).toBe(true);
    expect(isWithin(ended, '2026-11-25')).toBe(false);
  });
});

describe('its readings', () => {
  it('are two a day, but for those due before it began and after it ended', () => {
    expect(expectedReadings(watch, '2026-11-22')).toEqual(['morning', 'evening']);
    expect(expectedReadings({ ...watch, startedAt: timeOn('2026-11-22', '15:00') }, '2026-11-22')).toEqual(['evening']);
    expect(expectedReadings(ended, '2026-11-24')).toEqual(['morning']);
    expect(expectedReadings(ended, '2026-11-25')).toEqual([]);
    expect(expectedReadings(watch, '2026-11-29')).toEqual([]);
  });

  it('are due at 10:00 and 19:00, and missing an hour later', () => {
    const day = '2026-11-23';
    expect(dueReadings(watch, day, at('09:59'))).toEqual([]);
    expect(dueReadings(watch, day, at('10:00'))).toEqual(['morning']);
    expect(dueReadings(watch, day, at('19:00'))).toEqual(['morning', 'evening']);
    expect(missedReadings(watch, day, at('10:59'), [])).toEqual([]);
    expect(missedReadings(watch, day, at('11:00'), [])).toEqual(['morning']);
    expect(missedReadings(watch, day, at('20:00'), [taken(36.5, '09:00')])).toEqual(['evening']);
    expect(isMissed(watch, day, 'evening', at('19:30'))).toBe(false);
    expect(isMissed(watch, day, 'evening', at('20:00'))).toBe(true);
  });

  it('are late after their time, or on a later day, and count all the same', () => {
    expect(taken(36.5, '10:00').late).toBe(false);
    expect(taken(36.5, '10:01').late).toBe(true);
    const heardNextDay = { ...card, happenedAt: at('09:00'), receivedAt: at('08:00', '2026-11-24') };
    expect(isReadingLate(heardNextDay)).toBe(true);
  });

  it('are an alert from 37.3 °C', () => {
    expect([37.2, 37.3, 39].map((degrees) => taken(degrees, '09:00').level)).toEqual(['ok', 'alert', 'alert']);
  });

  it('of one slot hold by when they were taken, in whatever order they arrive', () => {
    const [first, second, third] = [taken(38, '08:00'), taken(36.8, '08:30'), taken(37, '08:45')];
    const orders = [
      [first, second, third],
      [third, second, first],
      [second, third, first],
    ] as const;
    for (const [one, two, three] of orders) {
      const holds = withReading(withReading(one, two), three);
      expect(holds).toMatchObject({ temperatureC: 37, level: 'ok' });
      expect(holds.history.map(({ temperatureC }) => temperatureC)).toEqual([38, 36.8]);
    }
  });

  it.each([
    ['today', '2026-11-23', at('09:00'), undefined],
    ['yesterday, told late', '2026-11-22', at('09:00'), undefined],
    ['tomorrow', '2026-11-24', at('09:00'), 'notToday'],
    ['tomorrow, by a phone whose midnight is ten minutes early', '2026-11-24', at('23:50'), undefined],
    ['before it began', '2026-11-21', at('09:00'), 'notToday'],
    ['after its last day', '2026-11-29', at('09:00', '2026-11-29'), 'alreadyClosed'],
    ['its last day, told later', '2026-11-28', at('09:00', '2026-11-30'), undefined],
  ])('are taken for %s: %s', (_when, day, happenedAt, code) => {
    expect(refusalOf(watch, day, happenedAt)).toBe(code);
  });

  it('are taken no more once it was ended', () => {
    expect(refusalOf(ended, '2026-11-24', at('11:59', '2026-11-24'))).toBeUndefined();
    expect(refusalOf(ended, '2026-11-24', at('12:00', '2026-11-24'))).toBe('alreadyClosed');
    expect(refusalOf(ended, '2026-11-25', at('09:00', '2026-11-25'))).toBe('alreadyClosed');
  });
});

function refusalOf(of: Observation, day: string, happenedAt: number): string | undefined {
  try {
    demandReadingDay(of, day, happenedAt);
    return undefined;
  } catch (error) {
    return (error as Refusal).code;
  }
}

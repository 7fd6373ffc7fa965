import { entity, naturalKey } from '../../../domain/entity.ts';
import type { Row } from '../../../domain/entity.ts';
import type { Day } from '../../../domain/day.ts';
import type { Slot } from '../../../people/schema.ts';
import type { By, How, Level } from '../schema.ts';

export const OBSERVATION_DAYS = { min: 1, max: 21, usual: 7 } as const;
/** Wall clock by which each of the day's two readings is due (the community's time). */
export const READING_DUE: Readonly<Record<Slot, string>> = { morning: '10:00', evening: '19:00' };
export const MOODS = ['good', 'soso', 'low'] as const;
/** 心情：好 · 一般 · 不好 */
export type Mood = (typeof MOODS)[number];
export const MAX_REASON = 120;

/** Home observation 居家观察 of one person, for n days, the first being `startDay`. */
export interface Observation extends Row {
  readonly personId: string;
  readonly personName: string;
  readonly householdId: string;
  readonly grid: string;
  readonly door: string;
  readonly startDay: Day;
  readonly days: number;
  /** The last day, kept beside `days` so that nobody reckons it twice. */
  readonly endDay: Day;
  readonly reason?: string | null;
  readonly startedByName?: string | null;
  readonly startedAt: number;
  /** Ended early, and why. */
  readonly endedAt?: number | null;
  readonly endedByName?: string | null;
  readonly endReason?: string | null;
}

/** One of the day's two cards: temperature, mood, needs. Id: observationId/day/slot. */
export interface Reading extends Row {
  readonly observationId: string;
  readonly personId: string;
  readonly householdId: string;
  readonly grid: string;
  readonly day: Day;
  readonly slot: Slot;
  readonly temperatureC?: number | null;
  readonly mood?: Mood | null;
  readonly needs: readonly string[];
  readonly level: Level;
  readonly how?: How | null;
  readonly by: By;
  readonly happenedAt: number;
  readonly receivedAt: number;
  readonly late: boolean;
  /** What this one corrected, oldest first: its temperature and time. */
  readonly history: readonly { readonly temperatureC?: number | null; readonly happenedAt: number }[];
}

export const observation = entity<Observation>('observation', ['householdId', 'personId']);
export const reading = entity<Reading>('reading', ['householdId', 'observationId']);

export const readingId = (observationId: string, dayOf: Day, slot: Slot): string =>
  naturalKey(observationId, dayOf, slot);

/** A calendar day of the community, `YYYY-MM-DD`. Never the phone's day. */
export type Day = string;

/** The community's zone: China has one (UTC+8, no summer time since 1991), so a fixed offset is exact for what we store. */
const SHANGHAI_OFFSET_MS = 8 * 3_600_000;
export const DAY_MS = 86_400_000;
export const MINUTE_MS = 60_000;

/** @param time epoch ms @returns the community's day at that time */
export function dayOf(time: number): Day {
  return new Date(time + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10);
}

/** @param time epoch ms @returns the community's wall clock at that time, `HH:MM` with two digits each */
export function clockOf(time: number): string {
  return new Date(time + SHANGHAI_OFFSET_MS).toISOString().slice(11, 16);
}

/** @returns epoch ms of a wall-clock time (`HH:MM`) on a day of the community */
export function timeOn(day: Day, clock = '00:00'): number {
  return Date.parse(`${day}T${clock}:00.000Z`) - SHANGHAI_OFFSET_MS;
}

/** @returns the day `days` after (or, negative, before) */
export function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

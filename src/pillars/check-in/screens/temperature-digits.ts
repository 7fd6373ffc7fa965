import { TEMPERATURE } from '../schema.ts';

/** The keys of the whole degrees: 34 to 43. */
export const WHOLE_KEYS: readonly number[] = Array.from(
  { length: TEMPERATURE.max - TEMPERATURE.min + 1 },
  (_, index) => TEMPERATURE.min + index,
);
/** The keys of the tenths: .0 to .9. */
export const TENTH_KEYS: readonly number[] = Array.from({ length: 10 }, (_, tenth) => tenth);

/** @param digits as tapped: `37`, then `373` @returns 37.3, or undefined while it is none yet */
export function degreesOf(digits: string): number | undefined {
  return digits.length < 3 ? undefined : Number(digits) / 10;
}

/** @returns the digits with these whole degrees; what was tapped behind the point stays where it can */
export function withWhole(digits: string, whole: number): string {
  const tenth = digits.slice(2);
  return tenth !== '' && mayHave(String(whole), Number(tenth)) ? `${whole}${tenth}` : String(whole);
}

/** @returns the digits with this tenth of a degree */
export function withTenth(digits: string, tenth: number): string {
  return `${digits.slice(0, 2)}${tenth}`;
}

/** Whether this tenth may follow: beyond 43.0 ℃ there is none. */
export function mayHave(digits: string, tenth: number): boolean {
  return Number(digits.slice(0, 2)) + tenth / 10 <= TEMPERATURE.max;
}

/** @returns `37.3` for `373`, `37.` for `37`: what the display shows */
export function shownDigits(digits: string): string {
  return digits === '' ? '' : `${digits.slice(0, 2)}.${digits.slice(2)}`;
}

/** Whether it can be sent: nothing, or a whole temperature. `37` alone still lacks what stands behind the point. */
export function isWhole(digits: string): boolean {
  return digits === '' || digits.length === 3;
}

import { TEMPERATURE } from '../schema.ts';

/** @param digits as typed on the keypad, at most three: `373` @returns 37.3, or undefined while it is none yet */
export function degreesOf(digits: string): number | undefined {
  return digits.length < 2 ? undefined : Number(digits.padEnd(3, '0')) / 10;
}

/** @returns `37.3` for `373`, `37.` for `37`: what the display shows while one types */
export function shownDigits(digits: string): string {
  return digits.length < 2 ? digits : `${digits.slice(0, 2)}.${digits.slice(2)}`;
}

/** Whether what was typed is a body's temperature. Half typed, it is not wrong yet. */
export function isPlausible(digits: string): boolean {
  const degrees = degreesOf(digits);
  return degrees === undefined ? digits === '' : degrees >= TEMPERATURE.min && degrees <= TEMPERATURE.max;
}

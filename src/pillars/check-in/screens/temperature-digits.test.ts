import * as fc from 'fast-check';
import { safeParse } from 'valibot';
import { expect, test } from 'vitest';
import { temperature } from '../schema.ts';
import {
  degreesOf,
  isWhole,
  mayHave,
  shownDigits,
  TENTH_KEYS,
  WHOLE_KEYS,
  withTenth,
  withWhole,
} from './temperature-digits.ts';

test('ten keys before the point and ten behind it', () => {
  expect(WHOLE_KEYS).toEqual([34, 35, 36, 37, 38, 39, 40, 41, 42, 43]);
  expect(TENTH_KEYS).toHaveLength(10);
});

test('37 and .3 are 37.3, and 37 alone is not yet anything', () => {
  const whole = withWhole('', 37);
  expect([shownDigits(whole), degreesOf(whole), isWhole(whole)]).toEqual(['37.', undefined, false]);
  const typed = withTenth(whole, 3);
  expect([shownDigits(typed), degreesOf(typed), isWhole(typed)]).toEqual(['37.3', 37.3, true]);
  expect(degreesOf('')).toBeUndefined();
  expect(isWhole('')).toBe(true);
});

test('either half can be corrected by itself', () => {
  expect(withWhole('373', 38)).toBe('383');
  expect(withTenth('373', 9)).toBe('379');
  expect(withWhole('379', 43)).toBe('43');
});

const key = fc.oneof(
  fc.constantFrom(...WHOLE_KEYS).map((whole) => ({ whole })),
  fc.constantFrom(...TENTH_KEYS).map((tenth) => ({ tenth })),
);

test('whatever keys are tapped in whatever order, nothing but a body temperature comes out', () => {
  fc.assert(
    fc.property(fc.array(key, { maxLength: 12 }), (taps) => {
      let digits = '';
      for (const tap of taps) {
        if ('whole' in tap) digits = withWhole(digits, tap.whole);
        else if (digits !== '' && mayHave(digits, tap.tenth)) digits = withTenth(digits, tap.tenth);
      }
      const degrees = degreesOf(digits);
      if (degrees !== undefined) expect(safeParse(temperature, degrees).success).toBe(true);
    }),
  );
});

import { expect, test } from 'vitest';
import { fenOf } from './fen-of.ts';

test.each([
  ['23.60', 2360],
  ['23.6', 2360],
  ['23', 2300],
  ['¥0.05', 5],
  [' 23.60元 ', 2360],
  ['23。6', 2360],
  ['', undefined],
  ['23.605', undefined],
  ['-5', undefined],
  ['二十', undefined],
])('%s is %s fen', (typed, fen) => {
  expect(fenOf(typed)).toBe(fen);
});

import { describe, expect, it } from 'vitest';
import { gramsOf, isFarOff, lineCost, weightText } from './weigh-form.ts';

describe('a weight off the scales', () => {
  it.each([
    ['5.3', 'jin', 2_650],
    ['５．３ 斤', 'jin', 2_650],
    ['5。3', 'jin', 2_650],
    ['0.001', 'jin', 1],
    ['2650', 'grams', 2_650],
    ['2650g', 'grams', 2_650],
    ['2650 克', 'grams', 2_650],
  ] as const)('%s in %s is %i g', (text, unit, grams) => {
    expect(gramsOf(text, unit)).toBe(grams);
  });

  it.each(['', '0', '0.0', '-1', '1e3', '5.3.1', '五斤', '5.1234', '=1', '99999999'])('%s is none', (text) => {
    expect(gramsOf(text, 'jin')).toBeUndefined();
    expect(gramsOf(text, 'grams')).toBeUndefined();
  });

  it('reads back as it was typed', () => {
    expect(weightText(2_650, 'jin')).toBe('5.3');
    expect(weightText(2_650, 'grams')).toBe('2650');
    for (const grams of [1, 249, 500, 2_651]) expect(gramsOf(weightText(grams, 'jin'), 'jin')).toBe(grams);
  });
});

it('a line costs what is typed, else what the scales said, else the estimate', () => {
  const line = { portions: 2, priceFen: 1_250 };
  expect(lineCost(line, undefined, 250)).toEqual({ fen: 2_500, isEstimate: true });
  expect(lineCost({ ...line, weighed: { grams: 5_300, fen: 2_650 } }, undefined, 250)).toEqual({
    fen: 2_650,
    isEstimate: false,
  });
  expect(lineCost(line, 4_800, 250)).toEqual({ fen: 2_400, isEstimate: false });
});

it('a weight that costs twice the estimate or less than half is asked about', () => {
  // 2 portions of 2 jin at 18 yuan a jin: 72 yuan.
  const line = { portions: 2, priceFen: 3_600 };
  const far = (text: string) => isFarOff(line, gramsOf(text, 'jin'), 1_800);
  expect(['4.08', '3.1', '8', '2'].map(far)).toEqual([false, false, false, false]);
  expect(['408', '40.8', '8.1', '1.9', '0.4'].map(far)).toEqual([true, true, true, true, true]);
  expect(isFarOff(line, undefined, 1_800)).toBe(false);
});

import { describe, expect, it } from 'vitest';
import { cameOf, countsOf, previewOf } from './arrival-count.ts';
import { seedOf, shareOut } from '../share-out.ts';
import type { ArrivalItem, ArrivalList } from '../answers.ts';

const milk: ArrivalItem = { id: 'milk', name: '牛奶', unit: '箱', caseSize: 6, ordered: 20 };
const eggs: ArrivalItem = { id: 'eggs', name: '鸡蛋', unit: '板', ordered: 5 };
const count = (cases: string, loose: string) => ({ whole: false, cases, loose });

describe('what was counted', () => {
  it('begins with all that was ordered, or with what was counted before, in cases and loose', () => {
    expect(countsOf([milk, { ...eggs, arrived: 3 }])).toEqual({
      milk: { whole: true, cases: '3', loose: '2' },
      eggs: { whole: false, cases: '', loose: '3' },
    });
  });

  it('is cases and loose together; an empty field is none, and nothing typed is no count', () => {
    expect(cameOf(milk, { ...count('', ''), whole: true })).toBe(20);
    expect(cameOf(milk, count('２', '5'))).toBe(17);
    expect(cameOf(milk, count('2', ''))).toBe(12);
    expect(cameOf(eggs, count('9', '0'))).toBe(0);
    for (const [cases, loose] of [
      ['', ''],
      ['1.5', '0'],
      ['-1', '0'],
      ['1', '两'],
    ] as const) {
      expect(cameOf(milk, count(cases, loose))).toBeNaN();
    }
  });
});

it('shares out before it is sent as it will be: only what came short, only who gets fewer', () => {
  const households = Array.from({ length: 4 }, (_, i) => ({
    householdId: `h${i}`,
    door: `1-1-10${i}`,
    first: i === 3,
    lines: [
      { itemId: 'milk', quantity: 5, ifShort: 'drop' as const },
      { itemId: 'eggs', quantity: 1, ifShort: 'ask' as const },
    ],
  }));
  const list: ArrivalList = {
    id: 'r',
    title: '牛奶团',
    state: 'ordered',
    seed: 'seed',
    eldersFirst: true,
    items: [milk, { ...eggs, ordered: 4 }],
    households,
  };
  expect(previewOf(list, new Map([['milk', 20]]))).toEqual([]);
  const [only, ...others] = previewOf(list, new Map([['milk', 18]]));
  expect(others).toEqual([]);
  expect(only).toMatchObject({ arrived: 18, households: 4 });
  const wants = households.map(({ householdId, first }) => ({ householdId, first, quantity: 5 }));
  const shares = shareOut(18, wants, seedOf('seed', 'milk'), true).filter(({ got }) => got < 5);
  expect(only!.short.map(({ householdId, got, place, first }) => ({ householdId, got, place, first }))).toEqual(shares);
  expect(only!.short).toHaveLength(2);
  expect(only!.short.map(({ householdId }) => householdId)).not.toContain('h3');
});

import { describe, expect, it } from 'vitest';
import { columnParts, layOf, stairwaysOf, UPRIGHT_COLUMNS, WIDE_COLUMNS } from './pages.ts';
import { casesOf } from './sheet.ts';
import type { SheetColumn, SheetStairway, SortingSheet } from './sheet.ts';

const goods = (count: number): SheetColumn[] =>
  Array.from({ length: count }, (_, at) => ({ name: `菜${at}`, unit: '份' }));
const stairway = (building: string, unit: string, ...counts: number[][]): SheetStairway => ({
  building,
  unit,
  totals: [],
  doors: counts.map((own, at) => ({ door: `${building}-${unit}-${at}01`, floor: at, number: at + 1, counts: own })),
});

describe('the goods on a sheet', () => {
  it('lie upright as long as they fit, else across', () => {
    expect(layOf({ columns: goods(UPRIGHT_COLUMNS) })).toBe('upright');
    expect(layOf({ columns: goods(UPRIGHT_COLUMNS + 1) })).toBe('wide');
  });

  it('are the same on every sheet while all fit, asked for or not', () => {
    expect(columnParts(goods(WIDE_COLUMNS), [1])).toEqual([goods(WIDE_COLUMNS).map((_, at) => at)]);
  });

  it('are those of the stairway where there are more, on as many sheets as that takes, none left out', () => {
    expect(columnParts(goods(30), [0, 2, 0, 4])).toEqual([[1, 3]]);
    expect(columnParts(goods(30), [])).toEqual([[]]);
    const parts = columnParts(goods(60), new Array<number>(60).fill(1));
    expect(parts.map((part) => part.length)).toEqual([20, 20, 20]);
    expect(parts.flat()).toEqual(goods(60).map((_, at) => at));
  });
});

it('one chooses everything, a building or a stairway', () => {
  const sheet = {
    stairways: [stairway('1栋', '1'), stairway('3栋', '1'), stairway('3栋', '2')],
  } as unknown as SortingSheet;
  expect(['', '3栋', '3栋/2', '9栋'].map((part) => stairwaysOf(sheet, part).length)).toEqual([3, 2, 1, 0]);
});

it.each([
  [
    { ordered: 11, caseSize: 4 },
    { cases: 2, loose: 3 },
  ],
  [
    { ordered: 8, caseSize: 4 },
    { cases: 2, loose: 0 },
  ],
  [
    { ordered: 3, caseSize: 4 },
    { cases: 0, loose: 3 },
  ],
  [
    { ordered: 3, caseSize: 1 },
    { cases: 0, loose: 3 },
  ],
  [{ ordered: 3 }, { cases: 0, loose: 3 }],
])('%j is %j', (item, cases) => {
  expect(casesOf(item)).toEqual(cases);
});

import { describe, expect, it } from 'vitest';
import { addTexts, textOf } from '../../../../client/i18n/i18n.ts';
import type { Drawing, Measure } from '../../../../client/ui/picture.ts';
import { timeOn } from '../../../../domain/day.ts';
import { paperScreenTexts } from '../screen-texts.ts';
import type { SheetColumn, SheetStairway, SortingSheet, SupplierSheet } from '../sheet.ts';
import { codeOf, codePath, labelAddress, QUIET } from './code.ts';
import { labelsDrawing } from './labels-drawing.ts';
import { labelsOf } from './labels.ts';
import { sortingDrawings } from './sorting-drawing.ts';
import { supplierText } from './supplier-words.ts';

addTexts(paperScreenTexts);

/** Letters as wide as they are high, Latin ones half of it. */
const measure: Measure = (text, size) =>
  [...text].reduce((sum, sign) => sum + (/[ -~]/.test(sign) ? size / 2 : size), 0);
const columns: readonly SheetColumn[] = [
  { name: '东北大米', unit: '袋' },
  { name: '名字特别特别长的一种有机蔬菜', unit: '份' },
];
const head = {
  id: 'r/1',
  title: '蔬菜第 7 团',
  communityName: '湖畔小区',
  state: 'arrived',
  closesAt: 0,
  at: timeOn('2026-11-22', '16:05'),
} as const;
const from = timeOn('2026-11-23', '16:00');
const slots = [{ id: 's', kind: 'pickUp', from, to: from + 7_200_000, place: '东门' }] as const;

function stairway(doors: number): SheetStairway {
  return {
    building: '3栋',
    unit: '2',
    totals: [doors, 2 * doors],
    doors: Array.from({ length: doors }, (_, at) => ({
      door: `3-2-${at}01`,
      floor: at,
      number: at + 1,
      counts: [1, 2],
      ...(at === 0 && { note: '放门口，别按门铃，孩子在睡觉', slotId: 's' }),
    })),
  };
}
const sheetOf = (one: SheetStairway): SortingSheet => ({
  ...head,
  slots,
  columns,
  totals: one.totals,
  stairways: [one],
});

/** Everything stands on the picture. */
function isWithin({ width, height, texts, boxes, fills }: Drawing): boolean {
  const inside = (x: number, y: number, wide: number, high: number) =>
    x >= 0 && y >= 0 && x + wide <= width && y + high <= height;
  return (
    texts.every(({ text, size, weight, x, y, centred }) => {
      const wide = measure(text, size, weight);
      return inside(centred ? x - wide / 2 : x, y, wide, size);
    }) && [...boxes, ...fills].every((one) => inside(one.x, one.y, one.width, one.height))
  );
}
const wordsOf = (drawings: readonly Drawing[]) => drawings.flatMap(({ texts }) => texts.map(({ text }) => text));

describe('a stairway as pictures', () => {
  it('shows each door once with its box, its sums, and when it was counted', () => {
    const one = stairway(40);
    const drawings = sortingDrawings(sheetOf(one), one, textOf, measure);
    expect(drawings).toHaveLength(2);
    const words = wordsOf(drawings);
    for (const { door } of one.doors) expect(words.filter((word) => word === door)).toHaveLength(1);
    expect(drawings.reduce((sum, { boxes }) => sum + boxes.length, 0)).toBe(40);
    expect(words).toContain('蔬菜第 7 团 · 湖畔小区 · 11月22日 16:05');
    expect(words).toContain('3栋 2 单元（1/2）');
    expect(words).toContain('80');
    expect(words.join('').replace(/\s/g, '')).toContain('11月23日16:00–18:00自提东门');
    expect(drawings.every(isWithin)).toBe(true);
  });
});

describe('labels as a picture', () => {
  it('stand on a sheet of A4, each with its door, number and code', () => {
    const one = stairway(14);
    const labels = labelsOf(textOf, { columns, slots }, one);
    const drawing = labelsDrawing(labels, head.id, 'https://yulan.example.cn', textOf, measure);
    const words = wordsOf([drawing]);
    for (const { door, number } of one.doors) {
      expect(words).toContain(door);
      expect(words).toContain(`${number} 号`);
    }
    expect(drawing.height / drawing.width).toBeCloseTo(297 / 210, 2);
    expect(drawing.fills.length).toBeGreaterThan(14 * 300);
    expect(isWithin(drawing)).toBe(true);
  });

  it('keep within their own label, however much is in the bag and however long the note', () => {
    const many = Array.from({ length: 20 }, (_, at) => ({ name: `名字很长的一种青菜${at}`, unit: '份' }));
    const few = stairway(3).doors;
    const note = '请放在门口，'.repeat(10);
    const one = { ...stairway(3), doors: few.map((door) => ({ ...door, counts: many.map(() => 12), note })) };
    const labels = labelsOf(textOf, { columns: many, slots }, one).slice(0, 14);
    expect(labels.length).toBe(14);
    const { texts, boxes } = labelsDrawing(labels, head.id, 'https://yulan.example.cn', textOf, measure);
    expect(boxes).toHaveLength(labels.length);
    const isIn = (box: (typeof boxes)[number], text: (typeof texts)[number]) =>
      text.x >= box.x && text.x < box.x + box.width && text.y >= box.y && text.y + text.size <= box.y + box.height;
    expect(texts.filter((text) => boxes.filter((box) => isIn(box, text)).length !== 1)).toEqual([]);
  });
});

describe('a code', () => {
  it('holds the round and the number, and nothing of anybody', () => {
    expect(labelAddress('https://yulan.example.cn', 'r/1', 12)).toBe('https://yulan.example.cn/buy/r%2F1?bag=12');
    expect(labelAddress('https://yulan.example.cn', 'r1', undefined)).toBe('https://yulan.example.cn/buy/r1');
  });

  it('is drawn module by module', () => {
    const code = codeOf('https://yulan.example.cn/buy/r1?bag=12');
    const dark = new Set<string>();
    for (const [, x, y, width] of codePath(code).matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
      for (let at = 0; at < Number(width); at++) dark.add(`${Number(y) - QUIET},${Number(x) - QUIET + at}`);
    }
    for (let row = 0; row < code.size; row++) {
      for (let column = 0; column < code.size; column++)
        expect(dark.has(`${row},${column}`)).toBe(code.isDark(row, column));
    }
    expect(dark.size).toBeGreaterThan(100);
  });
});

describe('the text for a supplier', () => {
  const goods = { unit: '袋', contents: '', households: 3, waiting: 0 };
  const sheet = (suppliers: SupplierSheet['suppliers']): SupplierSheet => ({ ...head, suppliers });

  it('says cases and loose, weight, who waits; what nobody ordered is left out', () => {
    const items = [
      { ...goods, name: '东北大米', contents: '十斤装', ordered: 30, caseSize: 4, weightJin: 10, waiting: 5 },
      { ...goods, name: '小米', ordered: 8, caseSize: 4 },
      { ...goods, name: '绿豆', ordered: 2, caseSize: 4 },
      { ...goods, name: '红豆', ordered: 0, households: 0 },
    ];
    expect(supplierText(textOf, sheet([{ supplier: '老王', items }])).split('\n')).toEqual([
      '蔬菜第 7 团 · 湖畔小区 · 11月22日 16:05',
      '1. 东北大米（十斤装）30 袋，7 箱零 2 袋，每箱 4 袋，约 300 斤，另有 5 袋在候补',
      '2. 小米 8 袋，2 箱，每箱 4 袋',
      '3. 绿豆 2 袋，不满一箱，每箱 4 袋',
    ]);
  });

  it('names the suppliers where there are several, and is empty where nobody ordered', () => {
    const items = [{ ...goods, name: '小米', ordered: 8 }];
    expect(
      supplierText(textOf, sheet([{ supplier: '老王', items }, { items }]))
        .split('\n')
        .slice(1),
    ).toEqual(['', '老王', '1. 小米 8 袋', '', '没写供货商', '1. 小米 8 袋']);
    expect(supplierText(textOf, sheet([{ supplier: '老王', items: [{ ...items[0]!, ordered: 0 }] }]))).toBe('');
  });
});

import { describe, expect, it } from 'vitest';
import { addTexts, textOf as t } from '../../../../client/i18n/i18n.ts';
import { paperScreenTexts } from '../screen-texts.ts';
import type { SheetColumn, SheetDoor, SheetStairway } from '../sheet.ts';
import { labelsOf } from './labels.ts';

addTexts(paperScreenTexts);

const goods = (count: number, name = '菜'): SheetColumn[] =>
  Array.from({ length: count }, (_, at) => ({ name: `${name}${at}`, unit: '份' }));
const stairway = (...doors: Pick<SheetDoor, 'counts' | 'note'>[]): SheetStairway => ({
  building: '3栋',
  unit: '2',
  totals: [],
  doors: doors.map((door, at) => ({ door: `3-2-${at}01`, floor: at, number: at + 1, ...door })),
});

describe('labels', () => {
  it('say the door, the number and what is in the bag; an empty bag has none', () => {
    const labels = labelsOf(
      t,
      { columns: goods(3), slots: [] },
      stairway({ counts: [1, 0, 2] }, { counts: [0, 0, 0] }),
    );
    expect(labels).toEqual([
      {
        key: '3栋/2/0/0',
        door: '3-2-001',
        building: '3栋',
        unit: '2',
        number: 1,
        contents: ['菜0 1 份', '菜2 2 份'],
        aside: '',
        large: true,
      },
    ]);
  });

  it('count what is never named in public', () => {
    const columns = [...goods(1), { name: '药', unit: '盒', sensitive: true }];
    const labels = labelsOf(t, { columns, slots: [] }, stairway({ counts: [1, 3] }, { counts: [0, 1] }));
    expect(labels.map(({ contents }) => contents)).toEqual([['菜0 1 份', '另有 3 份，不写名'], ['另有 1 份，不写名']]);
    expect(JSON.stringify(labels)).not.toContain('药');
  });

  it('go on to the next one where a bag holds more than a label takes, and lose nothing', () => {
    const columns = goods(20, '名字很长的一种青菜');
    const counts = new Array<number>(20).fill(2);
    const plain = labelsOf(t, { columns, slots: [] }, stairway({ counts }));
    const note = '放在门口的鞋柜上，别按门铃，孩子在睡觉，谢谢了';
    const noted = labelsOf(t, { columns, slots: [] }, stairway({ counts, note }));
    for (const labels of [plain, noted]) {
      expect(labels.length).toBeGreaterThan(1);
      expect(labels.map(({ part }) => part)).toEqual(labels.map((_, at) => ({ at: at + 1, of: labels.length })));
      expect(labels.flatMap(({ contents }) => contents)).toEqual(columns.map(({ name }) => `${name} 2 份`));
      expect(new Set(labels.map(({ key }) => key)).size).toBe(labels.length);
    }
    // What the household wrote takes room of the first one.
    expect(noted[0]!.contents.length).toBeLessThan(plain[0]!.contents.length);
    expect(noted.map(({ aside }) => aside !== '')).toEqual(noted.map((_, at) => at === 0));
  });

  it('keep of a very long note what a label takes', () => {
    const [label] = labelsOf(t, { columns: goods(1), slots: [] }, stairway({ counts: [1], note: '不'.repeat(60) }));
    expect(label?.aside).toMatch(/^不{50,56}…$/u);
    expect(label?.contents).toEqual(['菜0 1 份']);
  });
});

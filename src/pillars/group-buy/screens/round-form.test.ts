import { describe, expect, it } from 'vitest';
import { addTexts } from '../../../client/i18n/i18n.ts';
import { emptyRound, readRound } from './round-form.ts';
import { groupBuyScreenTexts } from '../screen-texts.ts';
import { groupBuyTexts } from '../texts.ts';
import { timeOn } from '../../../domain/day.ts';
import { useTexts } from '../../../client/i18n/use-texts.ts';
import type { ItemForm, RoundForm } from './round-form.ts';
import type { World } from '../../../domain/world.ts';

addTexts(groupBuyTexts);
addTexts(groupBuyScreenTexts);
const now = timeOn('2026-11-22', '10:00');
let made = 0;
const world: World = { now: () => now, random: () => 0, newId: () => `id-${++made}`, after: () => () => undefined };

const item: ItemForm = {
  id: 'eggs',
  name: '鲜鸡蛋',
  unit: '板',
  contents: '一板 30 枚',
  pieces: '30',
  weightJin: '3.6',
  priceFen: '３８．５',
  stock: '40',
  perHousehold: '2',
};
const form: RoundForm = {
  id: 'r',
  title: '蛋第 1 团',
  closesAt: '2026-11-22T20:00',
  minimumPortions: '',
  place: '',
  items: [item],
};
const read = (change: Partial<RoundForm>) => readRound(useTexts(), { ...form, ...change }, now);

describe('a round as it is typed', () => {
  it('becomes exact arguments', () => {
    expect(read({})).toEqual({
      args: {
        id: 'r',
        title: '蛋第 1 团',
        opensAt: now,
        closesAt: timeOn('2026-11-22', '20:00'),
        minimumPortions: undefined,
        place: undefined,
        items: [{ ...item, pieces: 30, weightJin: 3.6, priceFen: 3_850, stock: 40, perHousehold: 2 }],
      },
    });
  });

  it('says everything that is missing in an empty form, once each', () => {
    const result = readRound(useTexts(), emptyRound(world), now);
    const fields = 'errors' in result ? result.errors.map((error) => error.field) : [];
    expect(fields).toEqual(['title', 'closesAt', 'items.0.name', 'items.0.priceFen', 'items.0.stock']);
  });

  it.each([
    [
      'a price that is none',
      { items: [{ ...item, priceFen: '三十' }] },
      'items.0.priceFen',
      '价钱写到分为止，像 39.8，最多 10000 元',
    ],
    [
      'a price too high',
      { items: [{ ...item, priceFen: '10000.01' }] },
      'items.0.priceFen',
      '价钱写到分为止，像 39.8，最多 10000 元',
    ],
    ['half a portion', { items: [{ ...item, stock: '1.5' }] }, 'items.0.stock', '请写一共有多少份，0 到 100000 的整数'],
    [
      'a limit of none',
      { items: [{ ...item, perHousehold: '0' }] },
      'items.0.perHousehold',
      '每户最多几份写 1 到 999 的整数',
    ],
    ['a cut-off that is past', { closesAt: '2026-11-22T09:00' }, 'closesAt', '截止时间要晚于现在'],
    ['a cut-off that is no date', { closesAt: 'soon' }, 'closesAt', '请选截止的日期和时间'],
    ['a minimum in words', { minimumPortions: '很多' }, 'minimumPortions', '成团份数写 1 到 100000 的整数，不设就空着'],
  ])('says in plain words what is wrong with %s', (_what, change, field, text) => {
    const item = field.startsWith('items.') ? { item: '第 1 样' } : {};
    expect(read(change)).toEqual({ errors: [{ field, text, ...item }] });
  });
});

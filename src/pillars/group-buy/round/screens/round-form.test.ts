import { describe, expect, it } from 'vitest';
import { addTexts } from '../../../../client/i18n/i18n.ts';
import { timeOn } from '../../../../domain/day.ts';
import { useTexts } from '../../../../client/i18n/use-texts.ts';
import { roundScreenTexts } from '../screen-texts.ts';
import { copiedRound, emptyItem, emptyRound, emptySlot, movedItem, usualCutOff, writtenRound } from './round-form.ts';
import { readRound } from './read-round.ts';
import type { GroupBuy, Item } from '../../schema.ts';
import type { ItemForm, RoundForm } from './round-form.ts';
import type { World } from '../../../../domain/world.ts';

addTexts(roundScreenTexts);
const now = timeOn('2026-11-22', '10:00');
const evening = timeOn('2026-11-22', '20:00');
let made = 0;
const world: World = { now: () => now, random: () => 0, newId: () => `id-${++made}`, after: () => () => undefined };

const item: ItemForm = {
  ...emptyItem(world),
  id: 'eggs',
  name: '鲜鸡蛋',
  unit: '板',
  contents: '一板 30 枚',
  pieces: '30',
  weightJin: '3.6',
  priceFen: '３８．５',
  stock: '40',
};
const form: RoundForm = {
  ...emptyRound(world),
  id: 'r',
  title: '蛋第 1 团',
  closesAt: '2026-11-22T20:00',
  items: [item],
};
const read = (change: Partial<RoundForm>) => readRound(useTexts(), { ...form, ...change }, now);
const argsOf = (change: Partial<RoundForm>) => {
  const result = read(change);
  if ('errors' in result) throw new Error(JSON.stringify(result.errors));
  return result.args;
};

describe('a round as it is typed', () => {
  it('becomes exact arguments, without what was left empty', () => {
    expect(JSON.parse(JSON.stringify(argsOf({})))).toEqual({
      id: 'r',
      title: '蛋第 1 团',
      opensAt: now,
      closesAt: evening,
      payment: 'onDelivery',
      eldersFirst: false,
      slots: [],
      items: [
        {
          id: 'eggs',
          name: '鲜鸡蛋',
          unit: '板',
          contents: '一板 30 枚',
          pieces: 30,
          weightJin: 3.6,
          priceFen: 3_850,
          stock: 40,
          perHousehold: 2,
        },
      ],
    });
  });

  it('reckons the price of a portion from the price of a jin', () => {
    const ribs = { ...item, pricedBy: 'jin' as const, perJinFen: '33.33', weightJin: '2.5', priceFen: '1' };
    expect(argsOf({ items: [ribs] }).items[0]).toMatchObject({ perJinFen: 3_333, priceFen: 8_333 });
    const noWeight = read({ items: [{ ...ribs, weightJin: '' }] });
    expect('errors' in noWeight && noWeight.errors.map(({ field }) => field)).toEqual(['items.0.weightJin']);
  });

  it('opens later, at slots, where that is asked for', () => {
    const slot = { ...emptySlot(world), id: 's', from: '2026-11-23T16:00', to: '2026-11-23T18:00', place: '东门' };
    const { opensAt, slots } = argsOf({
      opensAt: '2026-11-22T12:00',
      slots: [slot, { ...slot, id: 't', kind: 'pickUp' }],
    });
    expect(opensAt).toBe(timeOn('2026-11-22', '12:00'));
    expect(slots).toMatchObject([
      { id: 's', kind: 'delivery' },
      { id: 't', kind: 'pickUp', place: '东门' },
    ]);
    expect(slots![0]!.place).toBeUndefined();
    const backwards = read({ slots: [{ ...slot, to: '2026-11-23T15:00' }] });
    expect(backwards).toEqual({
      errors: [{ field: 'slots.0.to', text: '请选到几时，要晚于开始', item: '第 1 个时段' }],
    });
  });

  it('says everything that is missing in an empty form, once each', () => {
    const result = readRound(useTexts(), emptyRound(world), now);
    const fields = 'errors' in result ? result.errors.map((error) => error.field) : [];
    expect(fields).toEqual(['title', 'closesAt', 'items.0.name', 'items.0.priceFen', 'items.0.stock']);
  });

  it.each<[string, Partial<RoundForm>, string, string]>([
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
      'a billion',
      { items: [{ ...item, stock: '1000000000' }] },
      'items.0.stock',
      '请写一共有多少份，0 到 100000 的整数',
    ],
    [
      'a limit of none',
      { items: [{ ...item, perHousehold: '0' }] },
      'items.0.perHousehold',
      '每户最多几份写 1 到 999 的整数',
    ],
    [
      'a case of none',
      { items: [{ ...item, caseSize: '0' }] },
      'items.0.caseSize',
      '一箱几份写 1 到 10000 的整数，不写就空着',
    ],
    ['a cut-off that is past', { closesAt: '2026-11-22T09:00' }, 'closesAt', '截止时间要晚于现在'],
    ['a cut-off before it opens', { opensAt: '2026-11-22T21:00' }, 'closesAt', '截止时间要晚于开始的时间'],
    ['a cut-off that is no date', { closesAt: 'soon' }, 'closesAt', '请选截止的日期和时间'],
    ['a minimum in words', { minimumPortions: '很多' }, 'minimumPortions', '成团份数写 1 到 100000 的整数，不设就空着'],
  ])('says in plain words what is wrong with %s', (_what, change, field, text) => {
    const of = field.startsWith('items.') ? { item: '鲜鸡蛋' } : {};
    expect(read(change)).toEqual({ errors: [{ field, text, ...of }] });
  });
});

describe('a round that is there already', () => {
  const round: GroupBuy = {
    id: 'before',
    title: '蔬菜 2 区第 9 团',
    opensAt: now - 1,
    closesAt: evening,
    minimumPortions: 20,
    place: '送到门口',
    payment: 'before',
    payTo: 'p',
    supplier: '城北菜场',
    share: { eldersFirst: true },
    slots: [{ id: 's', kind: 'pickUp', from: now, to: evening, place: '东门' }],
    state: 'settled',
    households: 3,
    portions: 9,
  };
  const held: Item[] = [
    {
      id: 'b',
      groupBuyId: 'before',
      name: '排骨',
      unit: '份',
      contents: '',
      priceFen: 8_333,
      perJinFen: 3_333,
      weightJin: 2.5,
      stock: 7,
      sold: 7,
      perHousehold: 1,
      position: 1,
    },
    {
      id: 'a',
      groupBuyId: 'before',
      name: '鲜鸡蛋',
      unit: '板',
      contents: '30 枚',
      priceFen: 3_850,
      caseSize: 6,
      stock: 40,
      sold: 2,
      perHousehold: 2,
      position: 0,
      sensitive: true,
      photoId: 'photo',
    },
  ];

  it('is written on as it was: what was read again is what had been written', () => {
    const again = readRound(useTexts(), writtenRound({ ...round, state: 'draft' }, held, now), now);
    expect(again).toMatchObject({
      args: {
        id: 'before',
        title: round.title,
        opensAt: now,
        closesAt: evening,
        minimumPortions: 20,
        payment: 'before',
        payTo: 'p',
        eldersFirst: true,
        slots: round.slots,
        items: [
          { id: 'a', priceFen: 3_850, caseSize: 6, stock: 40, sensitive: true, photoId: 'photo' },
          { id: 'b', priceFen: 8_333, perJinFen: 3_333, weightJin: 2.5, stock: 7 },
        ],
      },
    });
  });

  it('is copied with all but times and stock, under the next number', () => {
    const copy = copiedRound(world, round, held);
    expect(copy).toMatchObject({
      title: '蔬菜 2 区第 10 团',
      copiedFrom: 'before',
      opensAt: '',
      closesAt: '',
      slots: [],
      supplier: '城北菜场',
      items: [
        { name: '鲜鸡蛋', priceFen: '38.50', stock: '' },
        { name: '排骨', perJinFen: '33.33', stock: '' },
      ],
    });
    expect(new Set([copy.id, 'before', ...copy.items.map(({ id }) => id), 'a', 'b']).size).toBe(6);
  });
});

it('moves an item up and down, and not off the list', () => {
  const two = { ...form, items: [item, { ...item, id: 'rice' }] };
  const order = ({ items }: RoundForm) => items.map(({ id }) => id);
  expect(order(movedItem(two, 'rice', -1))).toEqual(['rice', 'eggs']);
  expect(order(movedItem(two, 'eggs', 1))).toEqual(['rice', 'eggs']);
  expect(movedItem(two, 'eggs', -1)).toBe(two);
  expect(movedItem(two, 'rice', 1)).toBe(two);
});

it('offers this evening as the cut-off, or tomorrow’s', () => {
  expect(usualCutOff(now)).toBe('2026-11-22T20:00');
  expect(usualCutOff(timeOn('2026-11-22', '19:30'))).toBe('2026-11-23T20:00');
});

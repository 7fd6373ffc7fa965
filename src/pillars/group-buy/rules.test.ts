import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../domain/refusal.ts';
import {
  demandFresh,
  demandOpen,
  mayOrganise,
  movePortions,
  parseYuan,
  portionsLeft,
  pricedLines,
  recounted,
  totalFen,
  withChange,
} from './order-rules.ts';
import { isLater, isOpen, sharesMissing, standingLines } from './rules.ts';
import { openArgs, placeOrderArgs } from './args.ts';
import { KEPT_CHANGES } from './schema.ts';
import { mayActFor } from '../../domain/actor.ts';
import type { Actor, HeldRole } from '../../domain/actor.ts';
import type { GroupBuy, Item, Order, OrderLine } from './schema.ts';

const OPENS = 1_000;
const CLOSES = 2_000;
const round: GroupBuy = {
  id: 'r',
  title: '蔬菜第 7 团',
  opensAt: OPENS,
  closesAt: CLOSES,
  minimumPortions: 50,
  state: 'open',
  households: 20,
  portions: 43,
};
const eggs: Item = {
  id: 'eggs',
  groupBuyId: 'r',
  name: '鲜鸡蛋',
  unit: '板',
  contents: '一板 30 枚',
  priceFen: 3_800,
  stock: 10,
  sold: 8,
  perHousehold: 5,
  position: 1,
};
const rice: Item = { ...eggs, id: 'rice', name: '东北大米', unit: '袋', priceFen: 4_500, sold: 0, position: 0 };
const items = new Map([eggs, rice].map((one) => [one.id, one]));
const line = (itemId: string, quantity: number): OrderLine => ({
  itemId,
  name: items.get(itemId)?.name ?? '',
  unit: '份',
  quantity,
  priceFen: 100,
  ifShort: 'drop',
});
const standing: Order = {
  id: 'r/h',
  groupBuyId: 'r',
  householdId: 'h',
  buildingId: 'b',
  door: '3-2-501',
  state: 'placed',
  lines: [line('eggs', 2)],
  totalFen: 200,
  revision: 'first',
  changedBy: 'mother',
  placedAt: 1_100,
  changedAt: 1_100,
  changes: [],
};

/** What the work refuses with, or undefined where it says yes. */
function refusalOf(work: () => unknown): Refusal | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

describe('when a round takes orders', () => {
  it.each([
    ['before it opens', round, OPENS - 1, false, 'notOpenYet'],
    ['from its first moment', round, OPENS, true, undefined],
    ['until the last moment', round, CLOSES - 1, true, undefined],
    ['not at the cut-off itself', round, CLOSES, false, 'closed'],
    ['not when it was closed early', { ...round, state: 'closed' as const }, 1_500, false, 'closed'],
    ['not when it did not come about', { ...round, state: 'cancelled' as const }, OPENS - 1, false, 'closed'],
    ['not while it is a draft', { ...round, state: 'draft' as const }, 1_500, false, 'notFound'],
  ])('%s', (_when, one, now, open, code) => {
    expect(isOpen(one, now)).toBe(open);
    expect(refusalOf(() => demandOpen(one, now))?.code).toBe(code);
  });

  it('is later only while its time has not come', () => {
    expect(isLater(round, OPENS - 1)).toBe(true);
    expect(isLater(round, OPENS)).toBe(false);
    expect(isLater({ ...round, state: 'cancelled' }, 0)).toBe(false);
  });
});

describe('who may', () => {
  const nobody: Actor = { kind: 'device', communityId: 'c', deviceId: 'd', households: [], roles: [], grants: [] };
  const as = (kind: HeldRole['kind'], grid?: string): Actor => ({ ...nobody, roles: [{ kind, grid }] });
  const granted = (power: 'order' | 'errand'): Actor => ({
    ...nobody,
    grants: [{ householdId: 'h', powers: [power], until: 100 }],
  });
  it.each([
    ['the household orders for itself', { ...nobody, households: ['h'] }, 0, true],
    ['a neighbour does not', { ...nobody, households: ['other'] }, 0, false],
    ['a helper with the power does', granted('order'), 99, true],
    ['not once the grant has ended', granted('order'), 100, false],
    ['not with another power', granted('errand'), 0, false],
    ['the grid worker of its grid does', as('gridWorker', '一格'), 0, true],
    ['the one of another grid does not', as('gridWorker', '二格'), 0, false],
    ['an organiser does not order for others', as('organiser'), 0, false],
  ])('%s', (_who, actor, now, may) => {
    expect(mayActFor(actor, { id: 'h', grid: '一格' }, 'order', now)).toBe(may);
  });

  it.each([
    ['an organiser opens rounds', as('organiser'), true],
    ['a grid worker does', as('gridWorker', '一格'), true],
    ['the secretary does', as('secretary'), true],
    ['a volunteer does not', as('volunteer'), false],
    ['a resident does not', { ...nobody, households: ['h'] }, false],
    ['the keeper of the machine does', { ...nobody, kind: 'operator' as const }, true],
  ])('%s', (_who, actor, may) => {
    expect(mayOrganise(actor, 0)).toBe(may);
  });
});

describe('portions', () => {
  it.each([
    ['takes what there is, to the last portion', [], [line('eggs', 2)], [['eggs', 10]]],
    [
      'gives back what is no longer wanted',
      [line('eggs', 2)],
      [line('rice', 3)],
      [
        ['rice', 3],
        ['eggs', 6],
      ],
    ],
    ['counts the portions one already has', [line('eggs', 2)], [line('eggs', 4)], [['eggs', 10]]],
    ['gives everything back on cancelling', [line('eggs', 2), line('rice', 0)], [], [['eggs', 6]]],
    ['leaves alone what stays as it is', [line('eggs', 2)], [line('eggs', 2)], []],
  ] as [string, OrderLine[], OrderLine[], [string, number][]][])('%s', (_what, before, after, sold) => {
    expect(movePortions(items, before, after).map((one) => [one.id, one.sold])).toEqual(sold);
  });

  it('never sells one portion beyond stock', () => {
    const no = refusalOf(() => movePortions(items, [], [line('eggs', 3)]));
    expect(no?.code).toBe('soldOut');
    expect(no?.details).toEqual({ itemId: 'eggs', name: '鲜鸡蛋', unit: '板', left: 2, asked: 3 });
  });

  it('says 0 left, not fewer, where stock was lowered below what is sold', () => {
    const short = new Map([['eggs', { ...eggs, stock: 5 }]]);
    expect(refusalOf(() => movePortions(short, [], [line('eggs', 1)]))?.details).toMatchObject({ left: 0 });
    expect(portionsLeft({ ...eggs, stock: 5 })).toBe(0);
    expect(portionsLeft(eggs)).toBe(2);
  });

  it('holds a household to its limit, whatever there is', () => {
    expect(refusalOf(() => movePortions(items, [], [line('rice', 6)]))?.code).toBe('overLimit');
  });

  it('knows no item of another round', () => {
    expect(refusalOf(() => movePortions(items, [], [line('other', 1)]))?.code).toBe('notFound');
    expect(refusalOf(() => pricedLines(items, [{ itemId: 'other', quantity: 1, ifShort: 'ask' }]))?.code).toBe(
      'notFound',
    );
  });

  it('takes name, unit and price from the item, in the order of the round', () => {
    const lines = pricedLines(items, [
      { itemId: 'eggs', quantity: 1, ifShort: 'ask' },
      { itemId: 'rice', quantity: 2, ifShort: 'drop' },
    ]);
    expect(lines.map((one) => [one.name, one.unit, one.quantity, one.priceFen, one.ifShort])).toEqual([
      ['东北大米', '袋', 2, 4_500, 'drop'],
      ['鲜鸡蛋', '板', 1, 3_800, 'ask'],
    ]);
    expect(totalFen(lines)).toBe(12_800);
  });

  it.each([
    ['a first order', undefined, standing, 21, 45],
    ['an amended one', standing, { ...standing, lines: [line('eggs', 5)] }, 20, 46],
    ['a cancelled one', standing, { ...standing, state: 'cancelled' as const }, 19, 41],
    ['one placed again after cancelling', { ...standing, state: 'cancelled' as const }, standing, 21, 45],
  ])('counts %s in its round', (_what, before, after, households, portions) => {
    expect(recounted(round, before, after)).toMatchObject({ households, portions });
  });

  it('counts no lines of an order that does not stand', () => {
    expect(standingLines(undefined)).toEqual([]);
    expect(standingLines({ ...standing, state: 'cancelled' })).toEqual([]);
  });

  it.each([
    [50, 43, 7],
    [50, 50, 0],
    [50, 60, 0],
    [undefined, 0, 0],
  ])('of a minimum of %s with %s ordered, %s are missing', (minimumPortions, portions, missing) => {
    expect(sharesMissing({ ...round, minimumPortions, portions })).toBe(missing);
  });

  it('remembers the last changes of an order, not all of them', () => {
    let one = standing;
    for (let at = 0; at < 50; at++) one = { ...one, changes: withChange(one, { what: 'changed', at, totalFen: 1 }) };
    expect(one.changes).toHaveLength(KEPT_CHANGES);
    expect(one.changes.at(-1)?.at).toBe(49);
  });
});

describe('a change made from what is no longer so', () => {
  it.each([
    ['passes from the revision that stands', standing, 'first', 'father', undefined],
    ['passes where nothing was ordered', undefined, null, 'father', undefined],
    ['passes where an own earlier one was refused', undefined, 'refused-one', 'father', undefined],
    ['passes where it is not based on anything', standing, undefined, 'father', undefined],
    ['passes where the last change was made on this device', standing, 'older', 'mother', undefined],
    ['is refused where somebody else ordered first', standing, null, 'father', 'changedMeanwhile'],
    ['is refused where somebody else has changed it', standing, 'older', 'father', 'changedMeanwhile'],
  ])('%s', (_what, one, basedOn, deviceId, code) => {
    expect(refusalOf(() => demandFresh(one, basedOn, deviceId))?.code).toBe(code);
  });

  it('shows how the order stands now', () => {
    expect(refusalOf(() => demandFresh(standing, null, 'father'))?.details).toMatchObject({
      totalFen: 200,
      lines: [{ name: '鲜鸡蛋', quantity: 2 }],
    });
  });
});

describe('what is typed', () => {
  it.each([
    ['39.8', 3_980],
    ['39.80', 3_980],
    ['0.07', 7],
    ['12', 1_200],
    ['1.15', 115],
    ['8.2', 820],
    ['３９．８', 3_980],
    [' 39.8 元', 3_980],
    ['39。8', 3_980],
    ['¥5', 500],
    ['999999.99', 99_999_999],
  ])('reads the price %s exactly', (text, fen) => {
    expect(parseYuan(text)).toBe(fen);
  });

  it.each(['', '元', '-1', '1.234', '1e3', '0x10', '1,000', '1.2.3', '.5', '5.', 'NaN', 'Infinity', '1234567', '三块'])(
    'does not take %j for a price',
    (text) => {
      expect(parseYuan(text)).toBeUndefined();
    },
  );
});

describe('arguments', () => {
  const args = (lines: unknown) => ({ groupBuyId: 'r', householdId: 'h', lines });
  const good = { itemId: 'eggs', quantity: 1, ifShort: 'drop' };
  it.each([
    ['one line', [good], true],
    ['no line at all', [], false],
    ['the same item twice', [good, { ...good, quantity: 2 }], false],
    ['101 lines', Array.from({ length: 101 }, (_, at) => ({ ...good, itemId: String(at) })), false],
    ['an unknown wish', [{ ...good, ifShort: 'steal' }], false],
    ...[0, -1, 1.5, 1_000, NaN, Infinity, -Infinity, 2 ** 53, '1', null, undefined, [1], { valueOf: 1 }].map(
      (quantity) => [`the quantity ${String(quantity)}`, [{ ...good, quantity }], false] as [string, unknown, boolean],
    ),
  ] as [string, unknown, boolean][])('an order with %s', (_what, lines, taken) => {
    expect(v.is(placeOrderArgs, args(lines))).toBe(taken);
  });

  const offered = { id: 'eggs', name: '鸡蛋', unit: '板', contents: '', priceFen: 3_800, stock: 5, perHousehold: 2 };
  const opened = { id: 'r', title: '团', opensAt: 1, closesAt: 2, items: [offered] };
  it.each([
    ['as it should be', opened, true],
    ['without items', { ...opened, items: [] }, false],
    ['with an item twice', { ...opened, items: [offered, offered] }, false],
    ['closing as it opens', { ...opened, closesAt: 1 }, false],
    ['with a price of half a fen', { ...opened, items: [{ ...offered, priceFen: 0.5 }] }, false],
    ['with a negative price', { ...opened, items: [{ ...offered, priceFen: -1 }] }, false],
    ['with endless stock', { ...opened, items: [{ ...offered, stock: Infinity }] }, false],
    ['with a limit of none', { ...opened, items: [{ ...offered, perHousehold: 0 }] }, false],
    ['with an id that could be taken for a key of two parts', { ...opened, id: 'r/h' }, false],
    ['with a blank title', { ...opened, title: '  ' }, false],
  ])('a round %s', (_what, one, taken) => {
    expect(v.is(openArgs, one)).toBe(taken);
  });
});

import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../domain/refusal.ts';
import { asideOf, lineChanges, movePortions, pricedLines, recounted, withChange } from './order-rules.ts';
import { itemArgs, openArgs, placeForArgs, placeOrderArgs } from './args.ts';
import { estimateFen } from './rules.ts';
import { offeredItem, offeredRound } from './offer.ts';
import type { Context } from '../../domain/mutation.ts';
import type { GroupBuy, Item, Order, OrderLine } from './schema.ts';

const round: GroupBuy = {
  id: 'r',
  title: '团',
  opensAt: 0,
  closesAt: 9,
  state: 'open',
  households: 0,
  portions: 0,
  slots: [{ id: 'evening', kind: 'delivery', from: 1, to: 2 }],
};
const eggs: Item = {
  id: 'eggs',
  groupBuyId: 'r',
  name: '鲜鸡蛋',
  unit: '板',
  contents: '',
  priceFen: 4_000,
  stock: 10,
  sold: 4,
  perHousehold: 3,
  position: 0,
};
const line = (quantity: number, more: Partial<OrderLine> = {}): OrderLine => ({
  itemId: 'eggs',
  name: '鲜鸡蛋',
  unit: '板',
  quantity,
  priceFen: 3_800,
  ifShort: 'drop',
  ...more,
});
const order = (more: Partial<Order> = {}): Order => ({
  id: 'r/h',
  groupBuyId: 'r',
  householdId: 'h',
  buildingId: 'b',
  door: '3-2-501',
  state: 'placed',
  lines: [line(2)],
  totalFen: 7_600,
  revision: 'first',
  changedBy: 'mother',
  placedAt: 1,
  changedAt: 1,
  changes: [],
  ...more,
});

describe('the price of a line', () => {
  const asked = (quantity: number) => [{ itemId: 'eggs', quantity, ifShort: 'drop' as const }];
  it.each([
    ['is that of now where nothing was ordered', [], 2, 4_000, 4_000],
    ['stays where the line stays', [line(2)], 2, 4_000, 3_800],
    ['stays where it shrinks', [line(2)], 1, 4_000, 3_800],
    ['is that of now where it grows', [line(2)], 3, 4_000, 4_000],
    ['falls with the item’s', [line(2)], 2, 3_500, 3_500],
  ])('%s', (_what, before, quantity, priceFen, costs) => {
    const now = new Map([['eggs', { ...eggs, priceFen }]]);
    expect(pricedLines(now, asked(quantity), before)[0]?.priceFen).toBe(costs);
  });

  it('by weight is what its weight is estimated at, in whole fen', () => {
    expect(estimateFen(350, 2.5)).toBe(875);
    expect(estimateFen(333, 1.1)).toBe(366);
    const apples = { id: 'a', name: '苹果', unit: '份', contents: '', stock: 1, perHousehold: 1, perJinFen: 333 };
    expect(v.is(itemArgs, { ...apples, weightJin: 1.1, priceFen: 366 })).toBe(true);
    expect(v.is(itemArgs, { ...apples, weightJin: 1.1, priceFen: 367 })).toBe(false);
    expect(v.is(itemArgs, { ...apples, priceFen: 366 })).toBe(false);
  });
});

describe('a limit that was lowered', () => {
  const lowered = new Map([['eggs', { ...eggs, perHousehold: 1 }]]);
  it('lets a household give some back, and refuses it more', () => {
    expect(movePortions(lowered, [line(3)], [line(2)]).map(({ sold }) => sold)).toEqual([3]);
    expect(() => movePortions(lowered, [line(2)], [line(3)])).toThrow(Refusal);
  });
});

describe('what goes with an order', () => {
  const said = { note: '放门口', slotId: 'evening', listedAs: '李' };
  it.each([
    ['is kept where nothing is said', {}, said],
    ['is taken away by null', { note: null, slotId: null }, { listedAs: '李' }],
    ['is what is said now', { note: '按门铃' }, { ...said, note: '按门铃' }],
  ])('%s', (_what, now, then) => {
    expect(asideOf(round, order(said), now)).toEqual(then);
  });

  it('is a slot of this round, and no other', () => {
    expect(() => asideOf(round, undefined, { slotId: 'morning' })).toThrow(Refusal);
    expect(asideOf({ ...round, slots: [] }, order(said), {})).toMatchObject({ slotId: undefined });
    expect(asideOf(round, undefined, {})).toEqual({});
  });
});

describe('a change', () => {
  it('shows old and new, portion by portion', () => {
    const milk = line(1, { itemId: 'milk', name: '牛奶', unit: '箱' });
    expect(lineChanges([line(2), milk], [line(1)])).toEqual([
      { itemId: 'eggs', name: '鲜鸡蛋', unit: '板', before: 2, after: 1 },
      { itemId: 'milk', name: '牛奶', unit: '箱', before: 1, after: 0 },
    ]);
    expect(lineChanges([line(2)], [line(2, { got: 1 })])).toMatchObject([{ before: 2, after: 1 }]);
    expect(lineChanges([line(2)], [line(2)])).toEqual([]);
  });

  it('knows what the order cost before, where there was one', () => {
    const now = { what: 'changed' as const, at: 5, totalFen: 3_800 };
    expect(withChange(order(), now, [line(1)]).at(-1)).toMatchObject({
      beforeFen: 7_600,
      lines: [{ before: 2, after: 1 }],
    });
    expect(withChange(undefined, { ...now, what: 'placed' }, [line(1)])).toEqual([
      {
        what: 'placed',
        at: 5,
        totalFen: 3_800,
        lines: [{ itemId: 'eggs', name: '鲜鸡蛋', unit: '板', before: 0, after: 1 }],
      },
    ]);
    expect(withChange(order(), { ...now, what: 'weighed' }).at(-1)).not.toHaveProperty('lines');
  });

  it('after a cancelled order begins from nothing', () => {
    const cancelled = order({ state: 'cancelled', totalFen: 0 });
    const placed = withChange(cancelled, { what: 'placed', at: 5, totalFen: 3_800 }, [line(1)]).at(-1);
    expect(placed).toMatchObject({ beforeFen: 0, lines: [{ before: 0, after: 1 }] });
  });
});

describe('the number that the next order gets', () => {
  it.each([
    ['of a round that has none yet', undefined, 1, 2],
    ['after a new order', 4, 4, 5],
    ['after an old order that is changed', 9, 4, 9],
    ['after an order of a time without numbers', 3, undefined, 3],
  ])('%s', (_what, nextNumber, number, then) => {
    expect(recounted({ ...round, nextNumber }, undefined, order({ number })).nextNumber).toBe(then);
  });
});

describe('a round as it begins', () => {
  const context: Context = {
    actor: { kind: 'device', communityId: 'c', deviceId: 'd', personId: 'p', households: [], roles: [], grants: [] },
    now: 7,
    happenedAt: 6,
    today: '2026-11-22',
    mutationId: 'm',
  };
  const offered = { id: 'eggs', name: '鸡蛋', unit: '板', contents: '', priceFen: 1, stock: 5, perHousehold: 2 };
  const args = { id: 'r', title: '团', opensAt: 1, closesAt: 2, items: [offered] };

  it('is open, or a draft with its items', () => {
    expect(offeredRound(args, context)).toEqual({
      ...{ id: 'r', title: '团', opensAt: 1, closesAt: 2, state: 'open', openedBy: 'p', households: 0, portions: 0 },
      ...{ nextNumber: 1, seed: 'm', steps: [{ state: 'open', at: 7, personId: 'p' }] },
    });
    const draft = offeredRound({ ...args, draft: true, eldersFirst: false }, context);
    expect(draft).toMatchObject({ state: 'draft', share: { eldersFirst: false } });
    expect(draft).not.toHaveProperty('items');
    expect(offeredItem(offered, draft, 3)).toEqual({ ...offered, groupBuyId: 'r', sold: 0, position: 3, draft: true });
    expect(offeredItem(offered, offeredRound(args, context), 0)).not.toHaveProperty('draft');
  });

  it.each([
    ['9 slots', { slots: Array.from({ length: 9 }, (_, i) => ({ id: String(i), kind: 'delivery', from: 1, to: 2 })) }],
    ['a slot twice', { slots: [1, 2].map(() => ({ id: 'one', kind: 'delivery', from: 1, to: 2 })) }],
    ['a slot that ends before it begins', { slots: [{ id: 'one', kind: 'delivery', from: 2, to: 1 }] }],
    ['another way to pay', { payment: 'later' }],
  ])('has not %s', (_what, more) => {
    expect(v.is(openArgs, { ...args, ...more })).toBe(false);
    expect(v.is(openArgs, args)).toBe(true);
  });
});

describe('what is asked for', () => {
  const args = { groupBuyId: 'r', householdId: 'h', lines: [{ itemId: 'eggs', quantity: 1, ifShort: 'drop' }] };
  it.each([
    ['a note of 61 characters', { note: '字'.repeat(61) }],
    ['a note of blanks', { note: '  ' }],
    ['a name of 11 characters', { listedAs: '字'.repeat(11) }],
  ])('has not %s', (_what, more) => {
    expect(v.is(placeOrderArgs, { ...args, ...more })).toBe(false);
  });

  it('for somebody says how it was asked', () => {
    expect(v.is(placeForArgs, args)).toBe(false);
    expect(v.is(placeForArgs, { ...args, source: 'phone' })).toBe(true);
    expect(v.is(placeForArgs, { ...args, source: 'guessed' })).toBe(false);
  });
});

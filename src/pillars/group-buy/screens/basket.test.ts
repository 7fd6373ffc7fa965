import { describe, expect, it } from 'vitest';
import { basketOf, linesOf, saysTheSame } from './basket.ts';
import type { Item, Order, OrderLine } from '../schema.ts';

const line = (itemId: string, quantity: number, ifShort: OrderLine['ifShort']): OrderLine => ({
  itemId,
  name: itemId,
  unit: '份',
  quantity,
  priceFen: 100,
  ifShort,
});
const item = (id: string, position: number) => ({ id, position }) as Item;
const items = [item('eggs', 0), item('rice', 1)];
const order: Order = {
  id: 'r/h',
  groupBuyId: 'r',
  householdId: 'h',
  buildingId: 'b',
  door: '3-2-501',
  state: 'placed',
  lines: [line('eggs', 2, 'ask'), line('rice', 1, 'drop')],
  totalFen: 300,
  revision: 'first',
  changedBy: 'd',
  placedAt: 1,
  changedAt: 1,
  changes: [],
};

describe('a basket', () => {
  it('that starts from an order says what the order says', () => {
    const basket = basketOf(order);
    expect(basket.basedOn).toBe('first');
    expect(saysTheSame(linesOf(basket, items), order)).toBe(true);
  });

  it('of an order that was cancelled is empty, but knows what it is based on', () => {
    const basket = basketOf({ ...order, state: 'cancelled' });
    expect(linesOf(basket, items)).toEqual([]);
    expect(basket.basedOn).toBe('first');
  });

  it.each([
    ['one portion more', { quantities: { eggs: 3, rice: 1 } }],
    ['one line less', { quantities: { eggs: 2, rice: 0 } }],
    ['another wish for when it is short', { each: { rice: 'similar' as const } }],
  ])('with %s is another one', (_what, change) => {
    expect(saysTheSame(linesOf({ ...basketOf(order), ...change }, items), order)).toBe(false);
  });

  it('orders nothing that is no longer on the list', () => {
    const basket = { ...basketOf(undefined), quantities: { gone: 2, rice: 1 } };
    expect(linesOf(basket, items)).toEqual([{ itemId: 'rice', quantity: 1, ifShort: 'drop' }]);
  });
});

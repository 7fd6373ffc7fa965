import { describe, expect, it } from 'vitest';
import { addTexts } from '../../../client/i18n/i18n.ts';
import { againWords } from './again-words.ts';
import { groupBuyOrderTexts } from './screen-texts.ts';
import { lastOrder, orderAgain } from './last-order.ts';
import { useTexts } from '../../../client/i18n/use-texts.ts';
import type { Item, Order, OrderLine } from '../schema.ts';

addTexts(groupBuyOrderTexts);
const texts = useTexts();

const line = (name: string, quantity: number, priceFen = 1000): OrderLine => ({
  itemId: `then-${name}`,
  name,
  unit: '份',
  quantity,
  priceFen,
  ifShort: 'ask',
});
const order = (groupBuyId: string, placedAt: number, lines: OrderLine[], more: Partial<Order> = {}) =>
  ({ id: groupBuyId, groupBuyId, householdId: 'h', state: 'placed', placedAt, lines, ...more }) as Order;
const item = (name: string, more: Partial<Item> = {}): Item => ({
  id: `now-${name}`,
  groupBuyId: 'now',
  name,
  unit: '份',
  contents: '',
  priceFen: 1000,
  stock: 10,
  sold: 0,
  perHousehold: 3,
  position: 0,
  ...more,
});

describe('the last order', () => {
  const items = [item('鸡蛋'), item('土豆')];
  it('is the newest that has something in common with this round', () => {
    const orders = [
      order('rice', 30, [line('大米', 1)]),
      order('old', 10, [line('鸡蛋', 1)]),
      order('before', 20, [line('土豆', 1)]),
      order('cancelled', 25, [line('鸡蛋', 1)], { state: 'cancelled' }),
      order('theirs', 26, [line('鸡蛋', 1)], { householdId: 'other' }),
      order('now', 40, [line('鸡蛋', 1)]),
    ];
    expect(lastOrder(orders, 'h', 'now', items)?.id).toBe('before');
  });
});

describe('ordering again', () => {
  it('takes the same goods by name, with what was said for when they are short', () => {
    const again = orderAgain(order('before', 1, [line(' 鸡蛋', 2), line('土豆', 1)]), [item('鸡蛋'), item('土豆')]);
    expect(again.quantities).toEqual({ 'now-鸡蛋': 2, 'now-土豆': 1 });
    expect(again).toMatchObject({ ifShort: 'ask', each: {} });
    expect(againWords(texts, again)).toEqual([]);
  });

  it('says what is missing, sold out, fewer and dearer', () => {
    const lines = [line('大米', 1), line('鸡蛋', 2), line('土豆', 3), line('白菜', 5)];
    const again = orderAgain(order('before', 1, lines), [
      item('鸡蛋', { sold: 10 }),
      item('土豆', { sold: 8 }),
      item('白菜', { priceFen: 1200 }),
    ]);
    expect(again.quantities).toEqual({ 'now-土豆': 2, 'now-白菜': 3 });
    expect(againWords(texts, again)).toEqual([
      '这一团没有大米',
      '鸡蛋卖完了，可以点“有货给我留”',
      '土豆放了 2 份，上次是 3 份',
      '白菜放了 3 份，上次是 5 份',
      '白菜上次 10.00 元，现在 12.00 元',
    ]);
  });
});

import { expect, it } from 'vitest';
import type { Row } from '../../src/domain/entity.ts';
import type { Rows } from './memory-tx.ts';
import { stockAdds } from './oracle-stock.ts';

type Change = Readonly<Record<string, unknown>>;

/** A round with eggs (stock 3), of which 王 has ordered two and 李 none any more; with one thing changed. */
function town(changed: { item?: Change; round?: Change; wang?: Change; li?: Change } = {}): Rows {
  const lines = [{ itemId: 'egg', quantity: 2, priceFen: 500 }];
  const order = (of: string, state: string) => {
    return { groupBuyId: 'r', householdId: of, state, totalFen: state === 'placed' ? 1000 : 0, lines };
  };
  const table = (...rows: Row[]) => new Map(rows.map((row) => [row.id, row]));
  return new Map([
    ['item', table({ ...{ id: 'egg', groupBuyId: 'r', stock: 3, sold: 2 }, ...changed.item })],
    ['groupBuy', table({ ...{ id: 'r', households: 1, portions: 2 }, ...changed.round })],
    [
      'order',
      table(
        { id: 'r/wang', ...order('wang', 'placed'), ...changed.wang },
        { id: 'r/li', ...order('li', 'cancelled'), ...changed.li },
      ),
    ],
  ]);
}

it('a round that adds up breaks no law', () => {
  expect(stockAdds(town())).toEqual([]);
  expect(stockAdds(new Map())).toEqual([]);
});

it.each<[string, Parameters<typeof town>[0], RegExp]>([
  ['sold what nobody ordered', { item: { sold: 3 } }, /egg: 3 sold, but 2 stand/],
  ['sold less than none', { item: { sold: -1 } }, /less than none/],
  ['sold more than there is', { item: { stock: 1 } }, /of a stock of 1/],
  ['forgot a household', { round: { households: 0 } }, /counts 0 households, but 1/],
  ['counted a portion twice', { round: { portions: 4 } }, /counts 4 portions, but 2/],
  ['still counts what was cancelled', { wang: { state: 'cancelled' } }, /2 sold, but 0 stand/],
  ['let two orders take the same portions', { li: { state: 'placed' } }, /2 sold and 4 ordered of a stock of 3/],
  ['took two orders of one household', { li: { state: 'placed', householdId: 'wang' } }, /more than one order/],
  ['changed a total', { wang: { totalFen: 1 } }, /says 1 fen, its lines cost 1000/],
  ['lets a cancelled order cost', { li: { totalFen: 1 } }, /says 1 fen, its lines cost 0/],
  ['took goods of another round', { item: { groupBuyId: 's' } }, /egg is not of its round/],
  ['took goods that are not there', { item: { id: 'hen' } }, /egg is not of its round/],
  ['took less than nothing', { li: { lines: [{ itemId: 'egg', quantity: 0, priceFen: 500 }] } }, /0 of item egg/],
])('stock finds a server that %s', (_name, changed, words) => {
  const found = stockAdds(town(changed));
  expect(found.every((one) => one.law === 'stock')).toBe(true);
  expect(found.map((one) => one.detail).join('\n')).toMatch(words);
});

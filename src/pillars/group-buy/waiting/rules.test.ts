import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { emptied, joined, placeInQueue, queueOf, upcoming, without } from './rules.ts';
import { placeEnded, placeServed, withServed } from './turns.ts';
import { waitArgs } from './args.ts';
import type { Item, OrderLine, Queue } from '../schema.ts';
import type { WaitingPlace } from './schema.ts';

const none: Queue = { next: 1, head: 1, gone: [] };
const milk: Item = {
  id: 'milk',
  groupBuyId: 'r',
  name: '牛奶',
  unit: '箱',
  contents: '',
  priceFen: 6_000,
  stock: 2,
  sold: 2,
  perHousehold: 3,
  position: 0,
};
const place: WaitingPlace = {
  id: 'milk/h',
  groupBuyId: 'r',
  itemId: 'milk',
  householdId: 'h',
  quantity: 2,
  ifShort: 'ask',
  ticket: 4,
  turn: 'milk/4',
  priceFen: 5_500,
  state: 'waiting',
  servedQuantity: 1,
  since: 1,
  changedAt: 1,
};

describe('a queue', () => {
  it('of an item for which nobody ever waited is empty', () => {
    expect(queueOf(milk)).toEqual(none);
    expect(upcoming(queueOf(milk), 5)).toEqual([]);
  });

  it('begins with the first that still waits, whoever has left', () => {
    const five: Queue = { next: 6, head: 1, gone: [] };
    const gaps = without(without(five, 2), 4);
    expect(gaps).toEqual({ next: 6, head: 1, gone: [2, 4] });
    expect([1, 3, 5].map((ticket) => placeInQueue(gaps, ticket))).toEqual([1, 2, 3]);
    expect(without(gaps, 1)).toEqual({ next: 6, head: 3, gone: [4] });
    expect(without(without(gaps, 1), 3)).toEqual({ next: 6, head: 5, gone: [] });
    expect(upcoming(gaps, 2)).toEqual([1, 3]);
  });

  it('that is emptied gives no ticket twice', () => {
    const { queue, ticket } = joined(emptied({ next: 6, head: 2, gone: [4] }));
    expect([ticket, placeInQueue(queue, ticket)]).toEqual([6, 1]);
  });

  it('is what a list would be, whoever comes and goes', () => {
    const acts = fc.array(fc.oneof(fc.constant(-1), fc.nat(20)), { maxLength: 200, size: 'max' });
    fc.assert(
      fc.property(acts, (all) => {
        let queue = none;
        const list: number[] = [];
        for (const at of all) {
          if (at < 0 || list.length === 0) {
            const next = joined(queue);
            queue = next.queue;
            list.push(next.ticket);
          } else {
            queue = without(queue, list.splice(at % list.length, 1)[0]!);
          }
          expect(list.map((ticket) => placeInQueue(queue, ticket))).toEqual(list.map((_, i) => i + 1));
          expect(upcoming(queue, 3)).toEqual(list.slice(0, 3));
          expect(queue.head).toBe(list[0] ?? queue.next);
          expect(queue.gone).toEqual([...queue.gone].sort((a, b) => a - b));
          expect(queue.gone.every((ticket) => ticket > queue.head && !list.includes(ticket))).toBe(true);
        }
      }),
    );
  });
});

describe('a turn', () => {
  it('served in part waits on in its place; served whole, or ended, has none', () => {
    expect(placeServed({ item: milk, place, given: 1 }, 9)).toEqual({
      ...place,
      ...{ quantity: 1, servedQuantity: 2, changedAt: 9 },
    });
    const whole = placeServed({ item: milk, place, given: 2 }, 9);
    expect(whole).toMatchObject({ quantity: 0, servedQuantity: 3, state: 'served', turn: undefined });
    expect(placeEnded(place, 'over', 9)).toMatchObject({
      quantity: 0,
      state: 'over',
      turn: undefined,
      servedQuantity: 1,
    });
  });

  const line: OrderLine = { itemId: 'milk', name: '奶', unit: '箱', quantity: 1, priceFen: 5_000, ifShort: 'drop' };
  it.each([
    ['what the place was asked for at', [], { ...milk, priceFen: 9_000 }, 5_500, 2, 'ask'],
    ['what it costs now, where that is less', [], { ...milk, priceFen: 4_000 }, 4_000, 2, 'ask'],
    ['what the household has paid for the rest, where that is least', [line], milk, 5_000, 3, 'drop'],
  ])('costs %s', (_what, lines, item, priceFen, quantity, ifShort) => {
    expect(withServed(lines, [{ item, place, given: 2 }])).toMatchObject([{ quantity, priceFen, ifShort }]);
  });
});

describe('what one waits for', () => {
  const args = { groupBuyId: 'r', itemId: 'milk', householdId: 'h', quantity: 1, ifShort: 'drop' };
  it.each([0, -1, 1.5, 1e9, NaN, '1', undefined])('is not %s portions', (quantity) => {
    expect(v.is(waitArgs, { ...args, quantity })).toBe(false);
    expect(v.is(waitArgs, args)).toBe(true);
  });
});

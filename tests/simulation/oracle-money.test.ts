import { expect, it } from 'vitest';
import type { Row } from '../../src/domain/entity.ts';
import type { Rows } from './memory-tx.ts';
import { bookBalances, queueHolds } from './oracle-money.ts';

type Change = Readonly<Record<string, unknown>>;

/** 王 has ordered for 10 yuan, paid 12 and got 2 back; 李 and 陈 wait for eggs; with one thing changed. */
function town(changed: { order?: Change; payment?: Change; egg?: Change; li?: Change; chen?: Change } = {}): Rows {
  const table = (...rows: Row[]) => new Map(rows.map((row) => [row.id, row]));
  const entry = (kind: string, from: string, to: string, fen: number) => ({
    id: kind,
    groupBuyId: 'r',
    householdId: 'wang',
    kind,
    postings: [
      { account: to, fen },
      { account: from, fen: -fen },
    ],
  });
  const place = (of: string, ticket: number) => ({
    ...{ id: `egg/${of}`, groupBuyId: 'r', itemId: 'egg', householdId: of },
    ...{ quantity: 1, ticket, state: 'waiting' },
  });
  return new Map([
    [
      'order',
      table({
        ...{ id: 'r/wang', groupBuyId: 'r', householdId: 'wang', state: 'placed', number: 1 },
        ...{ totalFen: 1000, paidFen: 1200, refundedFen: 200 },
        ...changed.order,
      }),
    ],
    [
      'ledgerEntry',
      table(
        entry('order', 'goods', 'household:wang', 1000),
        { ...entry('payment', 'household:wang', 'cash', 1200), ...changed.payment },
        entry('refund', 'cash', 'household:wang', 200),
      ),
    ],
    [
      'item',
      table({
        ...{ id: 'egg', groupBuyId: 'r', stock: 2, sold: 2, waiting: 2, queue: { next: 5, head: 2, gone: [3] } },
        ...changed.egg,
      }),
    ],
    ['waitingPlace', table({ ...place('li', 2), ...changed.li }, { ...place('chen', 4), ...changed.chen })],
  ]);
}

it('a book that is straight and a queue that holds break no law', () => {
  expect(bookBalances(town())).toEqual([]);
  expect(queueHolds(town())).toEqual([]);
  expect([...bookBalances(new Map()), ...queueHolds(new Map())]).toEqual([]);
});

it.each<[string, Parameters<typeof town>[0], RegExp]>([
  ['changed a total without booking it', { order: { totalFen: 900 } }, /costs 900, booked 1000/],
  ['forgot a payment', { order: { paidFen: 0 } }, /paid 0, booked 1200/],
  ['paid back twice', { order: { refundedFen: 400 } }, /refunded 400, booked 200/],
  ['let a cancelled order cost', { order: { state: 'cancelled' } }, /is cancelled and costs/],
  ['booked one side only', { payment: { postings: [{ account: 'cash', fen: 1200 }] } }, /sums to 1200/],
  ['booked a stranger', { payment: { householdId: 'nobody' } }, /has no order/],
])('book finds a server that %s', (_name, changed, words) => {
  expect(
    bookBalances(town(changed))
      .map((one) => one.detail)
      .join('\n'),
  ).toMatch(words);
});

it.each<[string, Parameters<typeof town>[0], RegExp]>([
  ['counts the waiting wrong', { egg: { waiting: 1 } }, /1 waiting, but 2/],
  ['lets people wait while something is left', { egg: { stock: 3 } }, /1 left while some wait/],
  ['gave a ticket twice', { chen: { ticket: 2 } }, /a ticket twice/],
  ['served the second first', { li: { state: 'served', quantity: 0 }, egg: { waiting: 1 } }, /4 is first, not 2/],
  ['lost a ticket', { egg: { queue: { next: 5, head: 2, gone: [] } } }, /the queue says 2 3 4/],
])('queue finds a server that %s', (_name, changed, words) => {
  expect(
    queueHolds(town(changed))
      .map((one) => one.detail)
      .join('\n'),
  ).toMatch(words);
});

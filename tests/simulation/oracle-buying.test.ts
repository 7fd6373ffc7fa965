import { expect, it } from 'vitest';
import type { Row } from '../../src/domain/entity.ts';
import { drawLot } from '../../src/pillars/group-buy/round/share-out.ts';
import type { Run } from './book.ts';
import type { Rows } from './memory-tx.ts';
import { BuyingWatch } from './oracle-buying.ts';
import { lotOf } from './oracle-share.ts';

type Change = Readonly<Record<string, unknown>>;
type Changes = Readonly<Record<string, Change>>;

const NOW = Date.UTC(2026, 10, 22, 2);
const DAY_MS = 86_400_000;

/** 王 (elder) and 李 have ordered eggs, 王 two and 李 one; one came. Any row may be changed, or added, by `entity id`. */
function town(changes: Changes = {}): Rows {
  const order = (of: string, number: number, quantity: number, got: number): Row & Change => ({
    ...{ id: `r/${of}`, groupBuyId: 'r', householdId: of, state: 'placed', number, revision: 'm0' },
    ...{ totalFen: got * 500, lines: [{ itemId: 'egg', quantity, priceFen: 500, got, short: {} }] },
    bag: { building: '3栋', unit: '2' },
    handedOut: { at: NOW - 1000 },
  });
  const rows: Record<string, (Row & Change)[]> = {
    groupBuy: [
      { id: 'r', state: 'open', seed: 's', share: { eldersFirst: true }, households: 2, portions: 3 } as Row & Change,
    ],
    item: [
      { id: 'egg', groupBuyId: 'r', priceFen: 500, stock: 3, sold: 3, perHousehold: 2, arrived: 1 } as Row & Change,
    ],
    order: [order('wang', 1, 2, 1), order('li', 2, 1, 0)],
    ledgerEntry: [],
    waitingPlace: [],
    claim: [],
    refund: [],
    handOutRun: [{ id: 'r/3栋/2', groupBuyId: 'r', building: '3栋', unit: '2', personId: 'he' } as Row & Change],
    person: [
      { id: 'he', householdId: 'he', presence: 'home', birthYear: 1998, needs: [] } as Row & Change,
      { id: 'old', householdId: 'wang', presence: 'home', birthYear: 1940, needs: [] } as Row & Change,
    ],
  };
  for (const [place, change] of Object.entries(changes)) {
    const [entity, id] = place.split(' ') as [string, string];
    const known = rows[entity]!;
    const at = known.findIndex((row) => row.id === id);
    if (at < 0) known.push({ id, ...change });
    else known[at] = { ...known[at]!, ...change };
  }
  return new Map(Object.entries(rows).map(([entity, all]) => [entity, new Map(all.map((row) => [row.id, row]))]));
}

function run(name: string, args: object, who: Change = {}, id = 'm1'): Run {
  const actor = { kind: 'device', communityId: 'c', deviceId: 'd', personId: 'he', households: ['he'], grants: [] };
  const context = { now: NOW, happenedAt: NOW, today: '2026-11-22', mutationId: id };
  const roles = [{ kind: 'volunteer' }];
  return {
    ...{ id, name: `groupBuy.${name}`, args, outcome: 'accepted' as const },
    context: { ...context, actor: { ...actor, roles, ...who } } as unknown as Run['context'],
  };
}

/** What the watch says of steps, each with the rows after it; only the laws that are told of here. */
function judged(...steps: readonly (readonly [Rows, Run])[]): string {
  const watch = new BuyingWatch();
  watch.look(town(), run('markOrdered', { groupBuyId: 'r' }));
  for (const [rows, act] of steps) watch.look(rows, act);
  const known = ['stock', 'book', 'queue'];
  const told = watch.violations().filter(({ law }) => !known.includes(law));
  return told.map(({ law, detail }) => `${law}: ${detail}`).join('\n');
}

const at = { groupBuyId: 'r', householdId: 'wang' };
const paid = (fen: number): Changes => ({ 'order r/wang': { paidFen: fen } });
const line = { itemId: 'egg', quantity: 2, priceFen: 500 };
const place = (id: string, ticket: number, more: Change): Changes => ({
  [`waitingPlace ${id}`]: { itemId: 'egg', ticket, servedQuantity: 0, state: 'waiting', quantity: 1, ...more },
});

it('what is right breaks no law', () => {
  expect(
    judged(
      [town(), run('arrive', { groupBuyId: 'r' })],
      [town(paid(500)), run('receivePayment', { ...at, fen: 500, paidBefore: 0 })],
      [town(paid(500)), run('handOut', { groupBuyId: 'r', householdIds: ['wang'] })],
      [town(paid(500)), run('claim', { ...at, id: 'k' })],
    ),
  ).toBe('');
});

it.each<[string, Changes, Run, RegExp]>([
  [
    'serves the second first',
    { ...place('a', 1, {}), ...place('b', 2, { servedQuantity: 1, state: 'served' }) },
    run('cancelOrder', at),
    /turn: item egg: ticket 2 was served before 1/,
  ],
  [
    'lets one take their own household’s money',
    { 'order r/wang': { paidFen: 500, householdId: 'he' } },
    run('weigh', at),
    /ownMoney: r\/wang/,
  ],
  [
    'lets one person ask and agree',
    { 'refund f': { householdId: 'li', state: 'paid', askedBy: 'x', decidedBy: 'x' } },
    run('decideRefund', {}),
    /secondPerson: refund f/,
  ],
  [
    'changes what the household ordered itself',
    { 'order r/wang': { revision: 'm1', note: 'x' } },
    run('placeFor', at),
    /onBehalf: order r\/wang: was the household's own/,
  ],
  [
    'takes a price that is not the item’s',
    { 'order r/wang': { lines: [{ ...line, quantity: 3, priceFen: 400 }] } },
    run('placeOrder', at),
    /price: .* 400 for what costs 500/,
  ],
  [
    'lets a line grow beyond the limit',
    { 'order r/wang': { lines: [{ ...line, quantity: 3 }] } },
    run('placeOrder', at),
    /limit: order r\/wang: 3 of item egg/,
  ],
  [
    'shares out to the wrong one',
    { 'order r/wang': { lines: [{ ...line, got: 0 }] }, 'order r/li': { lines: [{ ...line, quantity: 1 }] } },
    run('arrive', { groupBuyId: 'r' }),
    /share: item egg: wang gets 0, and should get 1/,
  ],
  [
    'gives a second before everybody’s first',
    {
      'item egg': { arrived: 2 },
      'order r/wang': { lines: [line] },
      'order r/li': { lines: [{ ...line, quantity: 1, got: 0 }] },
    },
    run('arrive', { groupBuyId: 'r' }),
    /wang gets 2, and should get 1/,
  ],
  [
    'calls short what is whole',
    { 'item egg': { arrived: 3 }, 'order r/li': { lines: [{ ...line, quantity: 1, got: 1 }] } },
    run('arrive', { groupBuyId: 'r' }),
    /li gets all, and is called short/,
  ],
  [
    'takes a claim after its day',
    { 'order r/wang': { handedOut: { at: NOW - DAY_MS - 1 } } },
    run('claim', { ...at, id: 'k' }),
    /claimInTime: claim k/,
  ],
  [
    'takes a claim for what never came',
    { 'order r/wang': { handedOut: undefined } },
    run('claim', { ...at, id: 'k' }),
    /claimInTime: .* never came/,
  ],
  [
    'lets anybody hand out',
    { 'handOutRun r/3栋/2': { personId: 'zhou' }, 'order r/wang': {} },
    run('handOut', at),
    /carrier: order r\/wang/,
  ],
  ['settles what is owed', paid(900), run('settle', { groupBuyId: 'r' }), /settled: .* r\/wang is not/],
  [
    'gives another number',
    { 'order r/wang': { number: 7 } },
    run('cancelOrder', at),
    /number: order r\/wang: was number 1, is 7/,
  ],
  ['takes orders in a round that is closed', { 'groupBuy r': { state: 'closed' } }, run('wait', at), /over: round r/],
  [
    'takes a payment twice',
    paid(1000),
    run('receivePayment', { ...at, fen: 500, paidBefore: 500 }),
    /paidOnce: order r wang: 0 were paid, and 500 were seen/,
  ],
  [
    'forgets a payment',
    {},
    run('receivePayment', { ...at, fen: 500, paidBefore: 0 }),
    /paidOnce: .* 500 were paid, the order says 0/,
  ],
  [
    'takes back what is no payment',
    {},
    run('takeBackPayment', { entryId: 'e' }),
    /paidOnce: entry e: was taken back, and is no payment/,
  ],
])('finds a server that %s', (_name, changes, act, words) => {
  expect(judged([town(changes), act])).toMatch(words);
});

it('finds a server that lets one decide a claim, and a refund, of their own household', () => {
  const of = (state: string): Changes => ({
    'claim k': { groupBuyId: 'r', householdId: 'he', state },
    'refund f': { householdId: 'he', state: state === 'open' ? 'asked' : 'paid' },
  });
  const told = judged(
    [town(of('open')), run('claim', { ...at, id: 'k' })],
    [town(of('refunded')), run('decideClaim', {})],
  );
  expect(told).toMatch(/ownMoney: k: /);
  expect(told).toMatch(/ownMoney: f: /);
});

it('finds a server that orders a line of a list twice', () => {
  const listed = (revision: string) => town({ 'order r/wang': { source: 'chain', chainKey: 'one', revision } });
  const again = run('placeFor', { ...at, chainKey: 'one' });
  expect(judged([listed('m1'), run('close', {})], [listed('m2'), again])).toMatch(
    /onBehalf: order r\/wang: one ordered/,
  );
});

it('finds a server that takes a payment back twice', () => {
  const entry = 'm1/wang/payment';
  const back = run('takeBackPayment', { entryId: entry }, {}, 'm2');
  const booked = { 'ledgerEntry b': { kind: 'paymentBack', of: entry, groupBuyId: 'r', postings: [] } };
  const received = [town(paid(500)), run('receivePayment', { ...at, fen: 500, paidBefore: 0 })] as const;
  const once = [town({ ...paid(0), ...booked }), back] as const;
  expect(judged(received, once)).toBe('');
  expect(judged(received, once, [town({ ...paid(-500), ...booked }), back])).toMatch(/was taken back twice/);
});

it('stock, book and queue are judged after every step', () => {
  const watch = new BuyingWatch();
  watch.look(town({ 'item egg': { sold: 2 } }), run('markOrdered', {}));
  watch.look(town(), run('markOrdered', {}));
  expect(watch.violations().map(({ law }) => law)).toContain('stock');
});

it('draws the lots that households can check, by its own reckoning', () => {
  const ids = ['3/2/501', '', '王', '湖畔-1-1-101', 'x'.repeat(300)];
  for (const id of ids) expect(Number(lotOf('seed/egg', id))).toBe(drawLot(`seed/egg/${id}`));
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../src/domain/day.ts';
import { cancels, eggs, of, orderOf, orders, rice, round, roundArgs, soldBy } from './support/story-round.ts';
import { expectStraightBook, expectStraightStock } from './support/ledger.ts';
import { homes, openTown, type Town } from './support/town.ts';
import type { GroupBuy } from '../src/pillars/group-buy/schema.ts';
import type { HttpDevice } from './support/http-device.ts';
import type { RoundTotals } from '../src/pillars/group-buy/totals.ts';

let town: Town;
let li: HttpDevice, liToo: HttpDevice, wang: HttpDevice, tian: HttpDevice;

beforeEach(async () => {
  town = await openTown();
  [li, liToo, wang, tian] = [
    await town.device('li'),
    await town.device('li'),
    await town.device('wang'),
    await town.device('tian'),
  ];
  const verdict = await tian.act('groupBuy.open', roundArgs(town));
  expect(verdict).toMatchObject({ outcome: 'accepted' });
});
afterEach(async () => {
  await expectStraightBook(town);
  await expectStraightStock(town);
  await town.close();
});

const sold = () => soldBy(tian);

describe('an order', () => {
  it('takes the price of the item and stands for its household only', async () => {
    expect(await orders(li, homes.li, of([eggs, 1], [rice, 2]))).toMatchObject({ outcome: 'accepted' });
    const order = await orderOf(li);
    expect(order).toMatchObject({ state: 'placed', totalFen: 12_800, id: `${round}/${homes.li}` });
    expect(order.lines.map((line) => [line.name, line.quantity, line.priceFen])).toEqual([
      ['东北大米', 2, 4_500],
      ['鲜鸡蛋', 1, 3_800],
    ]);
    await wang.pull();
    expect(wang.held('order')).toEqual([]);
    expect(await sold()).toEqual({ rice: 2, eggs: 1, households: 1, portions: 3 });
  });

  it('replaces the one before: old portions go back, new ones are taken', async () => {
    await orders(li, homes.li, of([rice, 3]));
    expect(await orders(wang, homes.wang, of([rice, 1]))).toMatchObject({
      outcome: 'refused',
      code: 'soldOut',
      details: { itemId: rice, name: '东北大米', left: 0, asked: 1 },
    });
    await orders(li, homes.li, of([rice, 1], [eggs, 3]));
    expect(await orders(wang, homes.wang, of([rice, 2]))).toMatchObject({ outcome: 'accepted' });
    expect(await sold()).toEqual({ rice: 3, eggs: 3, households: 2, portions: 6 });
  });

  it('leaves the standing one alone where the amendment is refused', async () => {
    await orders(li, homes.li, of([rice, 1]));
    await orders(wang, homes.wang, of([rice, 1]));
    expect(await orders(li, homes.li, of([eggs, 1], [rice, 3]))).toMatchObject({
      code: 'soldOut',
      details: { left: 2 },
    });
    expect((await orderOf(li)).lines).toHaveLength(1);
    expect(await sold()).toEqual({ rice: 2, eggs: 0, households: 2, portions: 2 });
  });

  it('that is cancelled gives everything back and can be placed again', async () => {
    await orders(li, homes.li, of([rice, 3]));
    expect(await cancels(li, homes.li)).toMatchObject({ outcome: 'accepted' });
    expect(await cancels(li, homes.li)).toMatchObject({ code: 'nothingOrdered' });
    expect(await sold()).toEqual({ rice: 0, eggs: 0, households: 0, portions: 0 });
    expect((await orderOf(li)).state).toBe('cancelled');
    expect(await orders(li, homes.li, of([rice, 1]))).toMatchObject({ outcome: 'accepted' });
    expect(await sold()).toEqual({ rice: 1, eggs: 0, households: 1, portions: 1 });
    expect((await orderOf(li)).changes.map((change) => change.what)).toEqual(['placed', 'cancelled', 'placed']);
  });

  it.each([
    ['more than a household may have', of([rice, 4]), 'overLimit'],
    ['something of no round', of(['019f0000-0000-7000-8000-00000000ffff', 1]), 'notFound'],
    ['nothing', [], 'malformed'],
    ['half a portion', of([rice, 0.5]), 'malformed'],
    ['fewer than none', of([rice, -1]), 'malformed'],
    ['no portion', of([rice, 0]), 'malformed'],
    ['a portion and a half', of([rice, 1.5]), 'malformed'],
    ['a thousand million portions', of([rice, 1_000_000_000]), 'malformed'],
    ['one thing twice', of([rice, 1], [rice, 1]), 'malformed'],
  ])('for %s is refused', async (_what, lines, code) => {
    expect(await orders(li, homes.li, lines)).toMatchObject({ outcome: 'refused', code });
    expect(await sold()).toEqual({ rice: 0, eggs: 0, households: 0, portions: 0 });
  });

  it('of another household is not for a neighbour to place or cancel', async () => {
    await orders(wang, homes.wang, of([rice, 1]));
    expect(await orders(li, homes.wang, of([eggs, 1]))).toMatchObject({ code: 'notAllowed' });
    expect(await cancels(li, homes.wang)).toMatchObject({ code: 'notAllowed' });
  });

  it('is decided by the time of receipt, however early it was tapped', async () => {
    const tapped = town.world.now();
    town.world.pass(60 * MINUTE_MS);
    const { verdicts } = await li.push({
      name: 'groupBuy.placeOrder',
      args: { groupBuyId: round, householdId: homes.li, lines: of([rice, 1]) },
      at: tapped,
    });
    expect(verdicts[0]).toMatchObject({ outcome: 'refused', code: 'closed' });
  });

  it('changed on two phones of a household is not overwritten unseen', async () => {
    await orders(li, homes.li, of([rice, 1]), { basedOn: null });
    expect(await orders(liToo, homes.li, of([eggs, 1]), { basedOn: null })).toMatchObject({
      code: 'changedMeanwhile',
      details: { totalFen: 4_500, lines: [{ name: '东北大米', unit: '袋', quantity: 1 }] },
    });
    const { revision } = await orderOf(liToo);
    expect(await orders(liToo, homes.li, of([eggs, 1]), { basedOn: revision })).toMatchObject({ outcome: 'accepted' });
    expect(await cancels(li, homes.li, { basedOn: revision })).toMatchObject({ code: 'changedMeanwhile' });
  });
});

describe('a round', () => {
  it('is not for residents to open', async () => {
    const args = {
      id: '019f0000-0000-7000-8000-000000000002',
      title: '团',
      opensAt: 1,
      closesAt: 2,
      items: [{ id: 'x', name: '米', unit: '袋', contents: '', priceFen: 1, stock: 1, perHousehold: 1 }],
    };
    expect(await li.act('groupBuy.open', args)).toMatchObject({ code: 'notAllowed' });
    expect(await tian.act('groupBuy.open', { ...args, id: round })).toMatchObject({ code: 'alreadyThere' });
  });

  it('that is a draft is the organisers’ own', async () => {
    const draft = { ...roundArgs(town), id: 'draft', draft: true, items: [{ ...roundArgs(town).items[0], id: 'r' }] };
    expect(await tian.act('groupBuy.open', draft)).toMatchObject({ outcome: 'accepted' });
    await Promise.all([tian.pull(), li.pull()]);
    expect(tian.held<GroupBuy>('groupBuy').find(({ id }) => id === 'draft')).toMatchObject({
      state: 'draft',
      steps: [{ state: 'draft' }],
    });
    expect(tian.held('item')).toHaveLength(3);
    expect(li.held('groupBuy')).toHaveLength(1);
    expect(li.held('item')).toHaveLength(2);
    expect(await orders(li, homes.li, of(['r', 1]), { groupBuyId: 'draft' })).toMatchObject({ code: 'notFound' });
  });

  it('tells everybody how a shortage would be shared, and with what ties are drawn, before a portion is ordered', async () => {
    const args = {
      ...roundArgs(town),
      id: 'fair',
      eldersFirst: true,
      items: [{ ...roundArgs(town).items[0], id: 'r' }],
    };
    await tian.act('groupBuy.open', args);
    await li.pull();
    const fair = li.held<GroupBuy>('groupBuy').find(({ id }) => id === 'fair');
    expect(fair).toMatchObject({ share: { eldersFirst: true }, nextNumber: 1, steps: [{ state: 'open' }] });
    expect(fair?.seed).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each<[string, { items?: object[]; payTo?: string }, string]>([
    ['pays to a code that nobody has', { payTo: 'nobody' }, 'missingCode'],
    ['prices by weight what has no weight', { items: [{ perJinFen: 350 }] }, 'malformed'],
    ['costs something else than its weight does', { items: [{ perJinFen: 350, weightJin: 2.5 }] }, 'malformed'],
  ])('that %s is not opened', async (_what, { items, ...more }, code) => {
    const goods = { id: 'r', name: '苹果', unit: '份', contents: '', priceFen: 900, stock: 1, perHousehold: 1 };
    const args = { ...roundArgs(town), id: 'wrong', items: [{ ...goods, ...items?.[0] }], ...more };
    expect(await tian.act('groupBuy.open', args)).toMatchObject({ code });
    expect(await tian.act('groupBuy.open', { ...args, payTo: undefined, items: [goods] })).toMatchObject({
      outcome: 'accepted',
    });
  });

  it('adds up for the desk, door by door, and for nobody else', async () => {
    await orders(li, homes.li, of([rice, 2], [eggs, 1]));
    await orders(wang, homes.wang, of([eggs, 2]));
    await orders(wang, homes.wang, of([eggs, 3]));
    expect((await tian.request('/api/desk/group-buys/%00/totals')).status).toBe(404);
    const response = await tian.request(`/api/desk/group-buys/${round}/totals`);
    expect(response.status).toBe(200);
    const totals = (await response.json()) as RoundTotals;
    expect(totals).toMatchObject({ households: 2, portions: 6, totalFen: 9_000 + 4 * 3_800 });
    expect(totals.items.map((one) => [one.name, one.portions, one.households, one.totalFen])).toEqual([
      ['东北大米', 2, 1, 9_000],
      ['鲜鸡蛋', 4, 2, 15_200],
    ]);
    expect(totals.orders.map((one) => one.householdId)).toEqual([homes.li, homes.wang]);
    expect((await li.request(`/api/desk/group-buys/${round}/totals`)).status).toBe(404);
    expect((await tian.request('/api/desk/group-buys/none/totals')).status).toBe(404);
  });
});

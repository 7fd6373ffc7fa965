import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../src/domain/day.ts';
import { closeDueRounds } from '../src/pillars/group-buy/round/round.server.ts';
import { homes, openTown, people, type Town } from './support/town.ts';
import { testServer } from './support/test-server.ts';
import type { ArrivalList, Shortage } from '../src/pillars/group-buy/round/answers.ts';
import type { GroupBuy, Item, Order } from '../src/pillars/group-buy/schema.ts';
import type { HandOutRun } from '../src/pillars/group-buy/hand-out/schema.ts';
import type { HttpDevice } from './support/http-device.ts';
import type { RoundTotals } from '../src/pillars/group-buy/totals.ts';
import type { WaitingPlace } from '../src/pillars/group-buy/waiting/schema.ts';

const round = '019f0000-0000-7000-8000-000000000001';
const rice = '019f0000-0000-7000-8000-0000000000a1';
const eggs = '019f0000-0000-7000-8000-0000000000a2';

let town: Town;
let li: HttpDevice, wang: HttpDevice, chen: HttpDevice, he: HttpDevice, tian: HttpDevice, secretary: HttpDevice;

beforeEach(async () => {
  town = await openTown();
  li = await town.device('li');
  wang = await town.device('wang');
  chen = await town.device('chen');
  he = await town.device('he');
  tian = await town.device('tian');
  secretary = await town.device('secretary');
});
afterEach(() => town.close());

const accepted = { outcome: 'accepted' };
const refused = (code: string, details?: object) => ({ outcome: 'refused', code, ...(details && { details }) });
const offer = (more: object = {}) => ({
  id: round,
  title: '蔬菜第 7 团',
  opensAt: town.world.now() - MINUTE_MS,
  closesAt: town.world.now() + 60 * MINUTE_MS,
  items: [
    { id: rice, name: '东北大米', unit: '袋', contents: '', priceFen: 4_500, stock: 4, perHousehold: 4 },
    { id: eggs, name: '鲜鸡蛋', unit: '板', contents: '', priceFen: 3_800, stock: 40, perHousehold: 4 },
  ],
  ...more,
});
const step = (name: string, more: object = {}, by = tian) => by.act(`groupBuy.${name}`, { groupBuyId: round, ...more });
const of = (...lines: [string, number][]) => lines.map(([itemId, quantity]) => ({ itemId, quantity, ifShort: 'ask' }));
const orders = (device: HttpDevice, householdId: string, lines: object[]) =>
  device.act('groupBuy.placeOrder', { groupBuyId: round, householdId, lines });
const waits = (device: HttpDevice, householdId: string, itemId: string, quantity: number) =>
  device.act('groupBuy.wait', { groupBuyId: round, itemId, householdId, quantity, ifShort: 'drop' });

async function roundOf(device: HttpDevice): Promise<GroupBuy> {
  await device.pull();
  return device.held<GroupBuy>('groupBuy').find((one) => one.id === round)!;
}
async function itemOf(device: HttpDevice, id: string): Promise<Item> {
  await device.pull();
  return device.held<Item>('item').find((one) => one.id === id)!;
}
async function orderOf(device: HttpDevice): Promise<Order> {
  await device.pull();
  return device.held<Order>('order')[0]!;
}
async function answer<T>(path: string, device = tian): Promise<T> {
  const response = await device.request(`/api/desk/group-buys/${round}/${path}`);
  expect(response.status).toBe(200);
  return (await response.json()) as T;
}

/** What the book says of each household, and in all. Every entry sums to 0, whatever happened. */
async function bookedFen(): Promise<Record<string, number>> {
  const entries = await town.db.query<{ postings: { account: string; fen: number }[] }>(
    'select postings from ledger_entry where group_buy_id = $1',
    [round],
  );
  const sums: Record<string, number> = {};
  for (const { postings } of entries) {
    expect(postings.reduce((sum, { fen }) => sum + fen, 0)).toBe(0);
    for (const { account, fen } of postings) sums[account] = (sums[account] ?? 0) + fen;
  }
  return sums;
}
const owes = (householdId: string) => `household:${householdId}`;

/** What of an item was ordered stands in its count, and in no case is that more than there is. */
async function checkCounts(): Promise<void> {
  const [item] = await town.db.query<{ wrong: number }>(
    `select count(*)::int as wrong from group_buy_item i
      where i.sold > i.stock or i.sold <> (
        select coalesce(sum((line ->> 'quantity')::int), 0) from group_buy_order o, jsonb_array_elements(o.lines) line
         where o.group_buy_id = i.group_buy_id and o.state = 'placed' and line ->> 'itemId' = i.id)`,
  );
  expect(item!.wrong).toBe(0);
}

async function orderedByThree(): Promise<void> {
  expect(await orders(wang, homes.wang, of([rice, 2]))).toMatchObject(accepted);
  expect(await orders(li, homes.li, of([rice, 1], [eggs, 1]))).toMatchObject(accepted);
  expect(await orders(chen, homes.chen, of([rice, 1]))).toMatchObject(accepted);
}

describe('the life of a round', () => {
  it('goes from a draft that nobody sees to the end, each step once and in its turn', async () => {
    expect(await tian.act('groupBuy.open', offer({ draft: true }))).toMatchObject(accepted);
    expect(await roundOf(li)).toBeUndefined();
    expect(await itemOf(li, rice)).toBeUndefined();
    expect(await roundOf(secretary)).toMatchObject({ state: 'draft' });
    expect(await orders(li, homes.li, of([rice, 1]))).toMatchObject({ outcome: 'refused' });

    const [first] = offer().items;
    const edited = offer({ title: '大米团', items: [{ ...first, priceFen: 4_300 }] });
    expect(await secretary.act('groupBuy.editDraft', edited)).toMatchObject(accepted);
    expect(await step('publish', {}, li)).toMatchObject(refused('notAllowed'));
    expect(await step('publish')).toMatchObject(accepted);
    expect(await step('publish')).toMatchObject(refused('wrongStep'));
    expect(await tian.act('groupBuy.editDraft', edited)).toMatchObject(refused('wrongStep'));
    expect(await roundOf(li)).toMatchObject({ state: 'open', title: '大米团', nextNumber: 1 });
    expect((await roundOf(li)).seed).toBeTruthy();
    expect(await itemOf(li, rice)).toMatchObject({ priceFen: 4_300 });
    expect(await itemOf(li, eggs)).toBeUndefined();

    await orders(li, homes.li, of([rice, 2]));
    for (const early of ['markOrdered', 'arrive', 'startHandingOut', 'settle']) {
      expect(await step(early, early === 'arrive' ? { items: [] } : {})).toMatchObject(refused('wrongStep'));
    }
    expect(await step('close')).toMatchObject(accepted);
    expect(await orders(wang, homes.wang, of([rice, 1]))).toMatchObject(refused('closed'));
    expect(await step('markOrdered')).toMatchObject(accepted);
    expect(await step('arrive', { items: [] })).toMatchObject(accepted);
    const mine = await orderOf(li);
    expect(mine).toMatchObject({ bag: { building: '3栋', unit: '1', floor: 4, room: '402' }, totalFen: 8_600 });
    expect(mine.lines[0]).not.toHaveProperty('got');
    expect(await step('startHandingOut')).toMatchObject(accepted);
    expect(await step('arrive', { items: [] })).toMatchObject(refused('wrongStep'));
    expect(await step('cancelRound', { reason: '来不及了' })).toMatchObject(refused('wrongStep'));
    await tian.pull();
    expect(tian.held<HandOutRun>('handOutRun')).toMatchObject([{ building: '3栋', unit: '1', doors: 1, done: 0 }]);
    expect(await step('settle')).toMatchObject(accepted);
    await tian.pull();
    expect(tian.held<HandOutRun>('handOutRun')).toMatchObject([{ ended: true }]);
    const ended = await roundOf(li);
    expect(ended.steps!.map(({ state }) => state)).toEqual([
      'draft',
      'open',
      'closed',
      'ordered',
      'arrived',
      'handingOut',
      'settled',
    ]);
    expect(await bookedFen()).toEqual({ goods: -8_600, [owes(homes.li)]: 8_600 });
  });

  it('is led by organisers alone', async () => {
    await tian.act('groupBuy.open', offer());
    for (const name of ['close', 'markOrdered', 'startHandingOut', 'settle']) {
      expect(await step(name, {}, li)).toMatchObject(refused('notAllowed'));
    }
    expect(await step('change', { title: '我的团' }, li)).toMatchObject(refused('notAllowed'));
    expect(await step('cancelRound', { reason: '不要了' }, he)).toMatchObject(refused('notAllowed'));
    for (const path of ['totals', 'arrival', 'shortage']) {
      expect((await li.request(`/api/desk/group-buys/${round}/${path}`)).status).toBe(404);
      expect((await tian.request(`/api/desk/group-buys/none/${path}`)).status).toBe(404);
    }
  });

  it('of two organisers who close it at once hears the first; the other learns that it is closed', async () => {
    await tian.act('groupBuy.open', offer());
    const both = await Promise.all([step('close', {}, tian), step('close', {}, secretary)]);
    expect(both.map(({ outcome }) => outcome).sort()).toEqual(['accepted', 'refused']);
    expect(both.find(({ outcome }) => outcome === 'refused')).toMatchObject(refused('wrongStep', { state: 'closed' }));
  });

  it('is not settled while a claim is open or money is owed to a household', async () => {
    await tian.act('groupBuy.open', offer());
    await orderedByThree();
    await step('close');
    await tian.act('groupBuy.receivePayment', {
      groupBuyId: round,
      householdId: homes.wang,
      fen: 9_000,
      paidBefore: 0,
    });
    await step('arrive', { items: [{ itemId: rice, arrived: 0 }] });
    await step('startHandingOut');
    expect(await step('settle')).toMatchObject(refused('owesHouseholds', { count: 1, fen: 9_000 }));
    const refund = { id: 'refund', groupBuyId: round, householdId: homes.wang, fen: 9_000, refundedBefore: 0 };
    expect(await tian.act('groupBuy.refund', refund)).toMatchObject(accepted);

    await tian.act('groupBuy.handOut', { groupBuyId: round, householdIds: [homes.li], how: 'atDoor' });
    const claim = { id: 'claim', groupBuyId: round, householdId: homes.li, itemId: eggs, kind: 'missing', quantity: 1 };
    expect(await li.act('groupBuy.claim', claim)).toMatchObject(accepted);
    expect(await step('settle')).toMatchObject(refused('openClaims', { count: 1 }));
    await tian.act('groupBuy.decideClaim', { claimId: 'claim', outcome: 'declined', answer: '送到时是好的' });
    expect(await step('settle')).toMatchObject(accepted);
  });
});

describe('the cut-off', () => {
  const tend = (at = town.world.now(), operate = town.server.operate) =>
    closeDueRounds(town.communityId, town.db, operate, at);

  it('is kept by the clock: a round that came about closes, once, however many servers look', async () => {
    await tian.act('groupBuy.open', offer({ minimumPortions: 4 }));
    await orderedByThree();
    expect(await tend()).toBe(0);
    town.world.pass(60 * MINUTE_MS);
    const second = testServer(town.db, town.world);
    const closed = await Promise.all([tend(), tend(town.world.now(), second.operate)]);
    expect(await roundOf(li)).toMatchObject({ state: 'closed', portions: 5 });
    expect((await roundOf(li)).steps!.filter(({ state }) => state === 'closed')).toHaveLength(1);
    // Both asked under one id, so both heard the one verdict.
    expect(closed.every((count) => count <= 1)).toBe(true);
    expect(await tend()).toBe(0);
    expect(await bookedFen()).toEqual({
      goods: -21_800,
      [owes(homes.wang)]: 9_000,
      [owes(homes.li)]: 8_300,
      [owes(homes.chen)]: 4_500,
    });
  });

  it('that was put off is not kept too early', async () => {
    await tian.act('groupBuy.open', offer());
    await orders(li, homes.li, of([eggs, 1]));
    const later = town.world.now() + 3 * 60 * MINUTE_MS;
    expect(await step('change', { closesAt: later })).toMatchObject(accepted);
    expect(await step('change', { closesAt: town.world.now() - 1 })).toMatchObject(refused('tooLate'));
    town.world.pass(60 * MINUTE_MS);
    const [verdict] = await town.server.operate(town.communityId, [
      { id: 'early', name: 'groupBuy.close', args: { groupBuyId: round } },
    ]);
    expect(verdict).toMatchObject(refused('wrongStep'));
    expect(await tend()).toBe(0);
    expect(await orders(wang, homes.wang, of([eggs, 1]))).toMatchObject(accepted);
    town.world.pass(2 * 60 * MINUTE_MS);
    expect(await tend()).toBe(1);
  });

  it('calls off a round for want of orders: everybody is told, and what was paid is owed back', async () => {
    await tian.act('groupBuy.open', offer({ minimumPortions: 6 }));
    await orderedByThree();
    expect(await waits(he, homes.he, rice, 2)).toMatchObject(accepted);
    await tian.act('groupBuy.receivePayment', {
      groupBuyId: round,
      householdId: homes.wang,
      fen: 9_000,
      paidBefore: 0,
    });
    town.world.pass(60 * MINUTE_MS);
    expect(await tend()).toBe(1);

    expect(await roundOf(chen)).toMatchObject({
      state: 'cancelled',
      cancelReason: 'notReached',
      portions: 0,
      households: 0,
    });
    expect(await itemOf(chen, rice)).toMatchObject({ sold: 0, waiting: 0 });
    const paid = await orderOf(wang);
    expect(paid).toMatchObject({ state: 'cancelled', totalFen: 0, paidFen: 9_000 });
    expect(paid.changes.at(-1)).toMatchObject({
      what: 'notReached',
      beforeFen: 9_000,
      totalFen: 0,
      lines: [{ name: '东北大米', before: 2, after: 0 }],
    });
    expect((await orderOf(li)).changes.at(-1)).toMatchObject({ what: 'notReached', beforeFen: 8_300 });
    await he.pull();
    expect(he.held<WaitingPlace>('waitingPlace')).toMatchObject([{ state: 'over', quantity: 0 }]);
    expect(await bookedFen()).toEqual({
      goods: 0,
      cash: 9_000,
      [owes(homes.wang)]: -9_000,
      [owes(homes.li)]: 0,
      [owes(homes.chen)]: 0,
    });
    await checkCounts();
    expect(await step('settle')).toMatchObject(refused('wrongStep'));
  });

  it('lets the organiser cancel by hand, with the reason that everybody reads', async () => {
    await tian.act('groupBuy.open', offer());
    await orderedByThree();
    await step('close');
    expect(await step('cancelRound', { reason: '' })).toMatchObject(refused('malformed'));
    expect(await step('cancelRound', { reason: '供应商断货' })).toMatchObject(accepted);
    expect(await roundOf(li)).toMatchObject({ state: 'cancelled', cancelReason: '供应商断货' });
    expect((await orderOf(li)).changes.at(-1)).toMatchObject({ what: 'roundCancelled', totalFen: 0, beforeFen: 8_300 });
    expect(Object.values(await bookedFen()).every((fen) => fen === 0)).toBe(true);
  });
});

describe('an item that is changed while the round is open', () => {
  it('keeps the price of orders that stand, and takes the new one from the next', async () => {
    await tian.act('groupBuy.open', offer());
    await orders(li, homes.li, of([eggs, 2]));
    const seen = { was: { priceFen: 3_800 }, itemId: eggs };
    expect(await step('changeItem', { ...seen, priceFen: 4_000 })).toMatchObject(accepted);
    expect(await orderOf(li)).toMatchObject({ totalFen: 7_600 });
    await orders(wang, homes.wang, of([eggs, 1]));
    expect(await orderOf(wang)).toMatchObject({ totalFen: 4_000 });
    expect(await step('changeItem', { ...seen, priceFen: 3_900 }, secretary)).toMatchObject(
      refused('changedMeanwhile', { priceFen: 4_000 }),
    );
  });

  it('never has less than was sold; what is added goes to those who wait, in their order', async () => {
    await tian.act('groupBuy.open', offer());
    await orderedByThree();
    expect(await waits(he, homes.he, rice, 2)).toMatchObject(accepted);
    expect(await waits(chen, homes.chen, rice, 1)).toMatchObject(accepted);
    const change = (stock: number) => step('changeItem', { itemId: rice, was: {}, stock });
    expect(await change(3)).toMatchObject(refused('belowSold', { sold: 4 }));
    expect(await change(5)).toMatchObject(accepted);
    expect(await orderOf(he)).toMatchObject({ state: 'placed', lines: [{ quantity: 1 }] });
    expect(await itemOf(he, rice)).toMatchObject({ stock: 5, sold: 5, waiting: 2 });
    await checkCounts();
    expect(await change(9)).toMatchObject(accepted);
    expect(await orderOf(he)).toMatchObject({ lines: [{ quantity: 2 }] });
    expect((await orderOf(chen)).lines).toMatchObject([{ quantity: 2 }]);
    expect(await itemOf(he, rice)).toMatchObject({ stock: 9, sold: 7, waiting: 0 });
    expect(await roundOf(he)).toMatchObject({ portions: 8, households: 4 });
    await checkCounts();
  });

  it('that is priced by weight takes the price of a jin, and its portion the estimate', async () => {
    const item = { ...offer().items[0]!, name: '排骨', unit: '份', weightJin: 2.5, perJinFen: 3_000, priceFen: 7_500 };
    await tian.act('groupBuy.open', offer({ items: [item] }));
    expect(await step('changeItem', { itemId: rice, was: {}, perJinFen: 3_333 })).toMatchObject(accepted);
    expect(await itemOf(li, rice)).toMatchObject({ perJinFen: 3_333, priceFen: 8_333 });
  });
});

describe('less than was ordered', () => {
  beforeEach(async () => {
    await tian.act('groupBuy.open', offer({ eldersFirst: true }));
    await orderedByThree();
    await step('close');
    await step('markOrdered');
  });

  it('is shared out by the stated rule, and every household reads why', async () => {
    const list = await answer<ArrivalList>('arrival');
    expect(list.items).toEqual([
      { id: rice, name: '东北大米', unit: '袋', ordered: 4 },
      { id: eggs, name: '鲜鸡蛋', unit: '板', ordered: 1 },
    ]);
    expect(list.households.map(({ householdId, first }) => [householdId, first])).toEqual([
      [homes.chen, false],
      [homes.li, true],
      [homes.wang, true],
    ]);
    expect(await step('arrive', { items: [{ itemId: rice, arrived: 3 }] })).toMatchObject(accepted);

    // One for each first: only Wang's second bag is missing.
    const short = await orderOf(wang);
    expect(short).toMatchObject({ totalFen: 4_500, lines: [{ quantity: 2, got: 1 }] });
    expect(short.lines[0]!.short).toMatchObject({ arrived: 3, ordered: 4, households: 3, first: true });
    expect(short.changes.at(-1)).toMatchObject({
      what: 'short',
      beforeFen: 9_000,
      totalFen: 4_500,
      lines: [{ before: 2, after: 1 }],
    });
    expect((await orderOf(chen)).lines[0]).not.toHaveProperty('got');
    expect((await orderOf(chen)).bag).toEqual({ building: '1栋', unit: '1', floor: 1, room: '101' });
    expect(await itemOf(li, rice)).toMatchObject({ arrived: 3, sold: 4 });
    expect(await itemOf(li, eggs)).toMatchObject({ arrived: 1 });
    expect(await bookedFen()).toMatchObject({ goods: -17_300, [owes(homes.wang)]: 4_500 });
  });

  it('counted again is shared out anew, the same each time', async () => {
    const count = (arrived: number) => step('arrive', { items: [{ itemId: rice, arrived }] });
    await count(2);
    // The two homes with an elder come first, though Chen ordered as few.
    expect((await orderOf(chen)).lines[0]).toMatchObject({ got: 0, short: { place: 3, first: false } });
    expect(await orderOf(chen)).toMatchObject({ totalFen: 0, state: 'placed' });
    expect(await answer<Shortage>('shortage')).toMatchObject({
      lines: [
        { householdId: homes.chen, got: 0, missingFen: 4_500, people: [{ name: '陈国强', phone: '17000000003' }] },
        { householdId: homes.wang, got: 1, people: [{ phone: '17000000001' }] },
      ],
      slips: [
        { householdId: homes.chen, beforeFen: 4_500, totalFen: 0, owedFen: 0 },
        { householdId: homes.wang, beforeFen: 9_000, totalFen: 4_500, owedFen: 4_500 },
      ],
    });
    const before = [await orderOf(wang), await orderOf(chen), await orderOf(li)].map(({ lines }) => lines);
    await count(2);
    expect([await orderOf(wang), await orderOf(chen), await orderOf(li)].map(({ lines }) => lines)).toEqual(before);
    await count(4);
    for (const device of [wang, chen, li]) expect((await orderOf(device)).lines[0]).not.toHaveProperty('got');
    expect((await orderOf(chen)).changes.at(-1)).toMatchObject({ what: 'short', beforeFen: 0, totalFen: 4_500 });
    expect(await bookedFen()).toMatchObject({ goods: -21_800, [owes(homes.chen)]: 4_500 });
    expect((await roundOf(li)).steps!.filter(({ state }) => state === 'arrived')).toHaveLength(1);
  });

  it('may be made up for by something similar, never dearer and never for the own household', async () => {
    await step('arrive', { items: [{ itemId: rice, arrived: 3 }] });
    const give = (priceFen: number, by = tian, householdId = homes.wang) =>
      step(
        'substitute',
        { householdId, itemId: rice, similar: { name: '小米', unit: '袋', quantity: 1, priceFen } },
        by,
      );
    expect(await give(4_501)).toMatchObject(refused('dearer', { missing: 4_500 }));
    expect(await give(0, tian, homes.li)).toMatchObject(refused('wrongStep'));
    expect(await give(4_000)).toMatchObject(accepted);
    expect(await orderOf(wang)).toMatchObject({ totalFen: 8_500, lines: [{ got: 1, similar: { name: '小米' } }] });
    expect((await orderOf(wang)).changes.at(-1)).toMatchObject({ what: 'similar', beforeFen: 4_500, totalFen: 8_500 });
    const shortage = await answer<Shortage>('shortage');
    expect(shortage.lines[0]).toMatchObject({ similar: { name: '小米' } });
    expect(shortage.lines[0]).not.toHaveProperty('people');
    await step('substitute', { householdId: homes.wang, itemId: rice, similar: null });
    expect(await orderOf(wang)).toMatchObject({ totalFen: 4_500 });

    await secretary.act('people.giveRole', { personId: people.he, kind: 'organiser' });
    expect(await give(0, he, homes.he)).toMatchObject(refused('ownHousehold'));
    expect(await bookedFen()).toMatchObject({ [owes(homes.wang)]: 4_500 });
  });

  it('is not counted for an item of another round', async () => {
    expect(await step('arrive', { items: [{ itemId: 'elsewhere', arrived: 1 }] })).toMatchObject(refused('notFound'));
    expect(await roundOf(li)).toMatchObject({ state: 'ordered' });
  });
});

describe('what a round adds up to', () => {
  it('names what is waited for and the cases, with the doors or without', async () => {
    const [first] = offer().items;
    await tian.act('groupBuy.open', offer({ items: [{ ...first, caseSize: 3 }] }));
    await orders(wang, homes.wang, of([rice, 4]));
    await waits(li, homes.li, rice, 2);
    const totals = await answer<RoundTotals>('totals?orders=none');
    expect(totals).toMatchObject({ households: 1, portions: 4, totalFen: 18_000, orders: [] });
    expect(totals.items).toMatchObject([{ caseSize: 3, waiting: 2, portions: 4, households: 1 }]);
    expect((await answer<RoundTotals>('totals')).orders).toHaveLength(1);
  });

  it('still opens a day later: nothing of it rests on when it is asked', async () => {
    await tian.act('groupBuy.open', offer());
    town.world.pass(DAY_MS);
    expect(await answer<RoundTotals>('totals')).toMatchObject({ households: 0, portions: 0 });
  });
});

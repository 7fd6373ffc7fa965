import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../src/domain/day.ts';
import { act } from '../src/client/act.ts';
import { argsOf, planOrders } from '../src/pillars/group-buy/chain/plan-orders.ts';
import { parseChain } from '../src/pillars/group-buy/chain/parse.ts';
import { placeFor, placeOrder } from '../src/pillars/group-buy/mutations.ts';
import { settleEntries } from '../src/pillars/group-buy/chain/settle-entries.ts';
import { expectStraightBook, expectStraightStock } from './support/ledger.ts';
import { homes, openTown, people, type Town, type Who } from './support/town.ts';
import type { Edits } from '../src/pillars/group-buy/chain/settle-entries.ts';
import type { HttpDevice } from './support/http-device.ts';
import type { Item, Order } from '../src/pillars/group-buy/schema.ts';
import type { PublicChain, RoundDoors } from '../src/pillars/group-buy/chain/entry.ts';

const round = '019f0000-0000-7000-8000-000000000001';
const cabbage = '019f0000-0000-7000-8000-0000000000a1';
const eggs = '019f0000-0000-7000-8000-0000000000a2';
const pads = '019f0000-0000-7000-8000-0000000000a3';

let town: Town;
const devices = new Map<Who, HttpDevice>();

beforeEach(async () => {
  devices.clear();
  town = await openTown();
  const goods = { contents: '', perHousehold: 5, stock: 40 };
  const verdict = await (
    await deviceOf('tian')
  ).act('groupBuy.open', {
    id: round,
    title: '蔬菜第 7 团',
    opensAt: town.world.now() - MINUTE_MS,
    closesAt: town.world.now() + 60 * MINUTE_MS,
    items: [
      { ...goods, id: cabbage, name: '白菜', unit: '棵', priceFen: 300 },
      { ...goods, id: eggs, name: '鲜鸡蛋', unit: '板', priceFen: 3_800 },
      { ...goods, id: pads, name: '卫生用品', unit: '包', priceFen: 1_900, sensitive: true },
    ],
  });
  expect(verdict).toMatchObject({ outcome: 'accepted' });
});
afterEach(async () => {
  await expectStraightBook(town);
  await expectStraightStock(town);
  await town.close();
});

async function deviceOf(who: Who): Promise<HttpDevice> {
  const device = devices.get(who) ?? (await town.device(who));
  devices.set(who, device);
  return device;
}

async function ask<T>(who: Who, path: string): Promise<T> {
  const response = await (await deviceOf(who)).request(`/api/desk/group-buys/${round}/${path}`);
  expect(response.status).toBe(200);
  return (await response.json()) as T;
}
const statusOf = async (who: Who, path: string, id = round) =>
  (await (await deviceOf(who)).request(`/api/desk/group-buys/${id}/${path}`)).status;

/** What the organiser's phone makes of a text, beside what stands now. */
async function planOf(text: string, edits: Edits = {}) {
  const answer = await ask<RoundDoors>('tian', 'doors');
  const tian = await deviceOf('tian');
  await tian.pull();
  const { entries } = parseChain(text, answer.doors, tian.held<Item>('item'));
  return planOrders(settleEntries(entries, edits, tian.held<Item>('item')), answer);
}

/** Pastes a text and confirms all that may be ordered. @returns what the server said, by door */
async function paste(text: string, edits: Edits = {}): Promise<Record<string, string>> {
  const tian = await deviceOf('tian');
  const said: Record<string, string> = {};
  for (const order of (await planOf(text, edits)).filter(({ isReady }) => isReady)) {
    const { outcome, code } = await tian.act(placeFor.name, argsOf(round, order));
    said[order.door] = code ?? outcome;
  }
  return said;
}

async function orderOf(who: Who, householdId: string): Promise<Order | undefined> {
  const device = await deviceOf(who);
  await device.pull();
  return device.held<Order>('order').find((one) => one.householdId === householdId);
}
const linesOf = (order: Order | undefined) => order?.lines.map(({ name, quantity }) => `${name} ${quantity}`);

const chat = ['#接龙 蔬菜第 7 团', '1. 3-2-501 王秀兰 白菜2 鸡蛋1板 备注不要辣', '2. 3栋1单元402 白菜x1', '3. '].join(
  '\n',
);

describe('a list pasted from the chat', () => {
  it('becomes orders of those households, told from whom they come', async () => {
    expect(await paste(chat)).toEqual({ '3-2-501': 'accepted', '3-1-402': 'accepted' });
    const order = await orderOf('wang', homes.wang);
    expect(linesOf(order)).toEqual(['白菜 2', '鲜鸡蛋 1']);
    expect(order).toMatchObject({ source: 'chain', note: '不要辣', totalFen: 4_400, number: 1 });
    expect(order?.changes.at(-1)).toMatchObject({ what: 'placed', personId: people.tian });
  });

  it('pasted twice orders once, however it is written the second time', async () => {
    await paste(chat);
    const before = await orderOf('wang', homes.wang);
    expect((await planOf(chat)).map(({ kind }) => kind)).toEqual(['same', 'same']);
    expect(await paste('7、3号楼2单元501室 鲜鸡蛋一板，白菜两棵 备注：不要辣')).toEqual({});
    expect(await orderOf('wang', homes.wang)).toEqual(before);
  });

  it('sent twice by a phone that did not hear the answer, it changes nothing', async () => {
    const tian = await deviceOf('tian');
    const [first] = await planOf(chat);
    for (let times = 0; times < 2; times++) {
      expect(await tian.act(placeFor.name, argsOf(round, first!))).toMatchObject({ outcome: 'accepted' });
    }
    expect((await orderOf('wang', homes.wang))?.changes).toHaveLength(1);
  });

  it('a changed line amends the order that came from the list', async () => {
    await paste(chat);
    expect(await paste(chat.replace('白菜2', '白菜3'))).toEqual({ '3-2-501': 'accepted' });
    const order = await orderOf('wang', homes.wang);
    expect(linesOf(order)).toEqual(['白菜 3', '鲜鸡蛋 1']);
    expect(order?.changes.at(-1)).toMatchObject({ what: 'changed', beforeFen: 4_400, totalFen: 4_700 });
  });

  it('what a household ordered by itself stays as it is', async () => {
    const lines = [{ itemId: eggs, quantity: 2, ifShort: 'ask' }];
    await (await deviceOf('wang')).act('groupBuy.placeOrder', { groupBuyId: round, householdId: homes.wang, lines });
    const plan = await planOf(chat);
    expect(plan.map(({ door, kind, isReady }) => [door, kind, isReady])).toEqual([
      ['3-2-501', 'own', false],
      ['3-1-402', 'new', true],
    ]);
    const tian = await deviceOf('tian');
    // A phone with an old answer may still try.
    expect(await tian.act(placeFor.name, argsOf(round, plan[0]!))).toMatchObject({
      outcome: 'refused',
      code: 'alreadyOrdered',
    });
    expect(linesOf(await orderOf('wang', homes.wang))).toEqual(['鲜鸡蛋 2']);
  });

  it('what the household changed after it is its own, and the old text does not undo it', async () => {
    await paste(chat);
    const lines = [{ itemId: cabbage, quantity: 1, ifShort: 'ask' }];
    await (await deviceOf('wang')).act('groupBuy.placeOrder', { groupBuyId: round, householdId: homes.wang, lines });
    expect(await paste(chat)).toEqual({});
    expect(await paste(chat.replace('白菜2', '白菜5'))).toEqual({});
    expect(linesOf(await orderOf('wang', homes.wang))).toEqual(['白菜 1']);
  });

  it('what the household took back is not ordered again by the same text', async () => {
    await paste(chat);
    await (await deviceOf('wang')).act('groupBuy.cancelOrder', { groupBuyId: round, householdId: homes.wang });
    const [first] = await planOf(chat);
    expect(first).toMatchObject({ kind: 'withdrawn', isReady: false });
    const tian = await deviceOf('tian');
    expect(await tian.act(placeFor.name, argsOf(round, first!))).toMatchObject({ outcome: 'accepted' });
    expect(await orderOf('wang', homes.wang)).toMatchObject({ state: 'cancelled' });
  });

  it('nothing is ordered from a line with a doubt until somebody has settled it', async () => {
    const text = '1. 402 白菜1\n2. 3-2-501 白菜1000000000';
    expect(await paste(text)).toEqual({});
    const answer = await ask<RoundDoors>('tian', 'doors');
    const tian = await deviceOf('tian');
    const { entries } = parseChain(text, answer.doors, tian.held<Item>('item'));
    const [one, other] = settleEntries(entries, {}, []).map(({ key }) => key);
    expect(await paste(text, { [one!]: { householdId: homes.li } })).toEqual({ '3-1-402': 'accepted' });
    expect(await paste(text, { [other!]: { lines: { 0: { quantity: 5 } } } })).toEqual({ '3-2-501': 'accepted' });
  });

  it('waits on a phone without a network, and is sent in the order of the text', async () => {
    const plan = (await planOf(chat)).filter(({ isReady }) => isReady);
    const phone = await town.phone('tian');
    phone.goOffline();
    const acts = plan.map((order) => act(placeFor, argsOf(round, order)));
    const result = await phone.phone.actAll(acts, { insist: true });
    if (result.kind !== 'queued') throw new Error(result.kind);
    expect(await phone.word(result.ids[0]!)).toBe('unsent');
    phone.goOnline();
    await phone.sync();
    expect(await Promise.all(result.ids.map((id) => phone.word(id)))).toEqual(['done', 'done']);
    expect((await orderOf('wang', homes.wang))?.number).toBe(1);
    expect((await orderOf('li', homes.li))?.number).toBe(2);
  });

  it('is nobody’s but the organiser’s: a resident may not order for others', async () => {
    const [first] = await planOf(chat);
    const li = await deviceOf('li');
    expect(await li.act(placeFor.name, argsOf(round, first!))).toMatchObject({
      outcome: 'refused',
      code: 'notAllowed',
    });
    expect(await Promise.all((['li', 'he', 'wang'] as const).map((who) => statusOf(who, 'doors')))).toEqual([
      404, 404, 404,
    ]);
    expect(await statusOf('secretary', 'doors')).toBe(200);
    expect(await statusOf('tian', 'doors', 'none')).toBe(404);
  });

  it('the desk sees every door and what stands there, and nothing of the people', async () => {
    await paste(chat);
    const { doors } = await ask<RoundDoors>('tian', 'doors');
    expect(doors.map(({ door }) => door)).toEqual(['1-1-602', '1-1-201', '1-1-101', '3-1-402', '3-2-501']);
    expect(doors.find(({ door }) => door === '3-2-501')?.order).toMatchObject({
      state: 'placed',
      own: false,
      source: 'chain',
    });
    expect(doors.find(({ door }) => door === '1-1-602')).toMatchObject({ vacant: true });
    expect(JSON.stringify(doors)).not.toMatch(/王秀兰|1700000/u);
  });
});

describe('the public list', () => {
  const orders = async (who: Who, householdId: string, wanted: [string, number][], more: object = {}) =>
    (await deviceOf(who)).act('groupBuy.placeOrder', {
      groupBuyId: round,
      householdId,
      lines: wanted.map(([itemId, quantity]) => ({ itemId, quantity, ifShort: 'drop' })),
      ...more,
    });

  it('says number, building and goods; a name only of who wants one; nothing sensitive, not even that it is there', async () => {
    await orders('wang', homes.wang, [
      [cabbage, 2],
      [pads, 3],
    ]);
    await orders('li', homes.li, [[eggs, 1]], { listedAs: '李家' });
    await orders('chen', homes.chen, [[pads, 1]]);
    const chain = await ask<PublicChain>('zhou', 'chain');
    expect(chain).toEqual({
      id: round,
      title: '蔬菜第 7 团',
      entries: [
        { number: 1, building: '3栋', name: null, portions: 2, goods: [{ name: '白菜', unit: '棵', quantity: 2 }] },
        { number: 2, building: '3栋', name: '李家', portions: 1, goods: [{ name: '鲜鸡蛋', unit: '板', quantity: 1 }] },
      ],
    });
    // Nobody's copy holds more, the organiser's neither.
    expect(await ask<PublicChain>('tian', 'chain')).toEqual(chain);
    expect(JSON.stringify(chain)).not.toMatch(/卫生|501|402|王|household/u);
  });

  it('keeps the number of an order that changes, and drops who takes theirs back', async () => {
    await orders('wang', homes.wang, [[cabbage, 1]]);
    await orders('li', homes.li, [[cabbage, 1]]);
    await orders('wang', homes.wang, [[cabbage, 3]]);
    const numbers = async () => (await ask<PublicChain>('li', 'chain')).entries.map(({ number }) => number);
    expect(await numbers()).toEqual([1, 2]);
    await (await deviceOf('wang')).act('groupBuy.cancelOrder', { groupBuyId: round, householdId: homes.wang });
    expect(await numbers()).toEqual([2]);
  });

  it('is not there for a draft, nor for a round that is none', async () => {
    const draft = '019f0000-0000-7000-8000-000000000002';
    const opened = await (
      await deviceOf('tian')
    ).act('groupBuy.open', {
      id: draft,
      title: '还没写好',
      opensAt: town.world.now(),
      closesAt: town.world.now() + DAY_MS,
      draft: true,
      items: [{ id: `${draft}a`, name: '苹果', unit: '箱', contents: '', priceFen: 5_500, stock: 10, perHousehold: 2 }],
    });
    expect(opened).toMatchObject({ outcome: 'accepted' });
    expect(await statusOf('li', 'chain', draft)).toBe(404);
    expect(await statusOf('li', 'chain', 'none')).toBe(404);
  });
});

describe('ordering for somebody', () => {
  const forLi = (lines: object[], more: object = {}) => ({
    groupBuyId: round,
    householdId: homes.li,
    source: 'phone',
    lines,
    ...more,
  });

  it('the organiser enters what was said on the telephone, and changes it', async () => {
    const tian = await deviceOf('tian');
    const line = { itemId: cabbage, quantity: 1, ifShort: 'ask' };
    expect(await tian.act(placeFor.name, forLi([line]))).toMatchObject({ outcome: 'accepted' });
    expect(await tian.act(placeFor.name, forLi([{ ...line, quantity: 2 }]))).toMatchObject({ outcome: 'accepted' });
    const order = await orderOf('li', homes.li);
    expect(order).toMatchObject({ source: 'phone', number: 1 });
    expect(linesOf(order)).toEqual(['白菜 2']);
  });

  it('a helper with the power to order does so from the own phone, and only as long as the grant lasts', async () => {
    const wang = await deviceOf('wang');
    const grant = { id: town.world.newId(), householdId: homes.wang, helperId: people.he, powers: ['order'] };
    await wang.act('people.grantCare', { ...grant, until: town.world.now() + 40 * MINUTE_MS });
    const phone = await town.phone('he');
    const args = {
      groupBuyId: round,
      householdId: homes.wang,
      basedOn: null,
      lines: [{ itemId: cabbage, quantity: 1, ifShort: 'ask' as const }],
    };
    const id = await phone.does(placeOrder, args);
    await phone.sync();
    expect(await phone.word(id)).toBe('done');
    const order = await orderOf('wang', homes.wang);
    expect(linesOf(order)).toEqual(['白菜 1']);
    // It is the household's own: the chat does not touch it.
    expect(order?.source ?? undefined).toBeUndefined();
    expect((await planOf(chat)).find(({ door }) => door === '3-2-501')?.kind).toBe('own');
    town.world.pass(41 * MINUTE_MS);
    await phone.sync();
    expect(await phone.tries(placeOrder, { ...args, basedOn: order!.revision })).toMatchObject({ kind: 'advice' });
  });
});

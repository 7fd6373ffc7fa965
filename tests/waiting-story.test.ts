import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../src/domain/day.ts';
import { item, order as orderEntity, orderId } from '../src/pillars/group-buy/schema.ts';
import { placeInQueue, queueOf } from '../src/pillars/group-buy/waiting/rules.ts';
import { wait } from '../src/pillars/group-buy/waiting/mutations.ts';
import { waitingPlace, waitingPlaceId } from '../src/pillars/group-buy/waiting/schema.ts';
import { cancels, eggs, of, orderOf, orders, rice, round, roundArgs, soldBy } from './support/story-round.ts';
import { expectStraightBook, expectStraightStock } from './support/ledger.ts';
import { homes, openTown, type Town } from './support/town.ts';
import type { HttpDevice } from './support/http-device.ts';
import type { Item } from '../src/pillars/group-buy/schema.ts';
import type { WaitingPlace } from '../src/pillars/group-buy/waiting/schema.ts';

let town: Town;
let li: HttpDevice, wang: HttpDevice, chen: HttpDevice, tian: HttpDevice;

/** All three bags of rice are gone: Wang has them. */
beforeEach(async () => {
  town = await openTown();
  [li, wang, chen, tian] = [
    await town.device('li'),
    await town.device('wang'),
    await town.device('chen'),
    await town.device('tian'),
  ];
  await tian.act('groupBuy.open', roundArgs(town));
  expect(await orders(wang, homes.wang, of([rice, 3]))).toMatchObject({ outcome: 'accepted' });
});
afterEach(async () => {
  await expectStraightBook(town);
  await expectStraightStock(town);
  await town.close();
});

const waits = (device: HttpDevice, householdId: string, quantity: number, more: object = {}) =>
  device.act('groupBuy.wait', { groupBuyId: round, householdId, itemId: rice, quantity, ifShort: 'ask', ...more });
const leaves = (device: HttpDevice, householdId: string) =>
  device.act('groupBuy.leaveQueue', { groupBuyId: round, householdId, itemId: rice });
const changes = (more: object) =>
  tian.act('groupBuy.changeItem', { groupBuyId: round, itemId: rice, was: {}, ...more });

/** How the household stands in the queue for rice: its place from 1 and what it still waits for, or how it ended. */
async function place(device: HttpDevice): Promise<string | undefined> {
  await device.pull();
  const held = device.held<WaitingPlace>('waitingPlace')[0];
  const goods = device.held<Item>('item').find(({ id }) => id === rice)!;
  if (held?.state !== 'waiting') return held?.state;
  return `${placeInQueue(queueOf(goods), held.ticket)}: ${held.quantity}`;
}
async function riceOf(device: HttpDevice): Promise<number | undefined> {
  const order = await orderOf(device);
  return order?.state === 'placed' ? order.lines.find(({ itemId }) => itemId === rice)?.quantity : undefined;
}

describe('waiting for what is sold out', () => {
  it('gives a place, and what somebody takes back goes to the next, who sees it in the order', async () => {
    await orders(li, homes.li, of([eggs, 1]), { note: '放门口' });
    expect(await waits(li, homes.li, 1)).toMatchObject({ outcome: 'accepted' });
    await waits(chen, homes.chen, 2);
    expect([await place(li), await place(chen)]).toEqual(['1: 1', '2: 2']);

    await orders(wang, homes.wang, of([rice, 2]));
    expect([await place(li), await place(chen)]).toEqual(['served', '1: 2']);
    const order = await orderOf(li);
    expect(order).toMatchObject({ totalFen: 4_500 + 3_800, note: '放门口', number: 2, changedBy: 'queue' });
    expect(order.lines.map(({ name, quantity, ifShort }) => [name, quantity, ifShort])).toEqual([
      ['东北大米', 1, 'ask'],
      ['鲜鸡蛋', 1, 'drop'],
    ]);
    expect(order.changes.at(-1)).toEqual({
      what: 'fromQueue',
      at: expect.any(Number) as number,
      totalFen: 8_300,
      beforeFen: 3_800,
      lines: [{ itemId: rice, name: '东北大米', unit: '袋', before: 0, after: 1 }],
    });

    // Who waits for two and gets one keeps waiting for the other, in the same place.
    await orders(wang, homes.wang, of([rice, 1]));
    expect([await place(chen), await riceOf(chen)]).toEqual(['1: 1', 1]);
    await cancels(wang, homes.wang);
    expect([await place(chen), await riceOf(chen)]).toEqual(['served', 2]);
    expect(await soldBy(tian)).toEqual({ rice: 3, eggs: 1, households: 2, portions: 4 });
  });

  it('serves who waits when more is to be had', async () => {
    await waits(li, homes.li, 2);
    await waits(chen, homes.chen, 2);
    expect(await changes({ stock: 6 })).toMatchObject({ outcome: 'accepted' });
    expect([await riceOf(li), await riceOf(chen)]).toEqual([2, 1]);
    expect([await place(li), await place(chen)]).toEqual(['served', '1: 1']);
  });

  it('is only for what is gone, within the limit, and while orders are taken', async () => {
    expect(await waits(li, homes.li, 1, { itemId: eggs })).toMatchObject({ code: 'stillFree', details: { left: 40 } });
    expect(await waits(li, homes.li, 4)).toMatchObject({ code: 'overLimit' });
    expect(await waits(wang, homes.wang, 1)).toMatchObject({
      code: 'overLimit',
      details: { limit: 3, asked: 4, ordered: 3 },
    });
    expect(await waits(li, homes.wang, 1)).toMatchObject({ code: 'notAllowed' });
    for (const quantity of [0, -1, 1.5, 1_000_000_000]) {
      expect(await waits(li, homes.li, quantity)).toMatchObject({ code: 'malformed' });
    }
    const other = { ...roundArgs(town), id: 'other', items: [{ ...roundArgs(town).items[0], id: 'of another' }] };
    await tian.act('groupBuy.open', other);
    expect(await waits(li, homes.li, 1, { itemId: 'of another' })).toMatchObject({ code: 'notFound' });
    town.world.pass(60 * MINUTE_MS);
    expect(await waits(li, homes.li, 1)).toMatchObject({ code: 'closed' });
    expect(await leaves(li, homes.li)).toMatchObject({ code: 'closed' });
  });

  it('keeps the place for no more than before, and goes to the end for more', async () => {
    await waits(li, homes.li, 2);
    await waits(chen, homes.chen, 1);
    await waits(li, homes.li, 1);
    expect([await place(li), await place(chen)]).toEqual(['1: 1', '2: 1']);
    await waits(li, homes.li, 3);
    expect([await place(li), await place(chen)]).toEqual(['2: 3', '1: 1']);
  });

  it('ends when one leaves, and those behind move up', async () => {
    await waits(li, homes.li, 1);
    await waits(chen, homes.chen, 1);
    expect(await leaves(li, homes.li)).toMatchObject({ outcome: 'accepted' });
    expect(await leaves(li, homes.li)).toMatchObject({ code: 'notWaiting' });
    expect([await place(li), await place(chen)]).toEqual(['left', '1: 1']);
    await cancels(wang, homes.wang);
    expect([await riceOf(li), await riceOf(chen)]).toEqual([undefined, 1]);
    expect(await orders(li, homes.li, of([rice, 2]))).toMatchObject({ outcome: 'accepted' });
  });

  it('ends for who takes some of it back, and not for anything else', async () => {
    await orders(wang, homes.wang, of([rice, 2], [eggs, 1]));
    await orders(chen, homes.chen, of([rice, 1]));
    await waits(wang, homes.wang, 1);
    await orders(wang, homes.wang, of([rice, 2]));
    expect(await place(wang)).toBe('1: 1');
    await orders(wang, homes.wang, of([rice, 1]));
    expect([await place(wang), await riceOf(wang)]).toEqual(['left', 1]);
    expect(await soldBy(tian)).toMatchObject({ rice: 2 });
  });

  it('never makes dearer what the household had seen', async () => {
    await waits(li, homes.li, 1);
    await changes({ priceFen: 9_000 });
    await waits(chen, homes.chen, 1);
    await cancels(wang, homes.wang);
    expect((await orderOf(li)).totalFen).toBe(4_500);
    expect((await orderOf(chen)).totalFen).toBe(9_000);
  });

  it('is over when the round closes: nobody is served afterwards', async () => {
    await waits(li, homes.li, 1);
    await orders(chen, homes.chen, of([eggs, 3]));
    expect(await tian.act('groupBuy.close', { groupBuyId: round })).toMatchObject({ outcome: 'accepted' });
    expect(await place(li)).toBe('over');
    expect(await orderOf(li)).toBeUndefined();
    await tian.pull();
    expect(tian.held<Item>('item').find(({ id }) => id === rice)).toMatchObject({ waiting: 0, sold: 3 });
  });

  it('does not tell the household whose the portions were', async () => {
    await waits(li, homes.li, 1);
    await wang.act('people.sayWho', {
      personId: (await town.db.query<{ id: string }>(`select id from person where name = '王秀兰'`))[0]!.id,
    });
    await cancels(wang, homes.wang);
    await li.pull();
    const [entry] = await town.db.query<{ personId: string | null }>(
      `select person_id as "personId" from ledger_entry where kind = 'fromQueue'`,
    );
    expect(entry).toEqual({ personId: null });
    expect((await orderOf(li)).changes.at(-1)!.personId).toBeUndefined();
    expect(li.held('waitingPlace')).toHaveLength(1);
  });
});

describe('a phone', () => {
  it('that waits offline is in the queue from the time of receipt, and says so before', async () => {
    const phone = await town.phone('li');
    phone.goOffline();
    await phone.does(wait, { groupBuyId: round, householdId: homes.li, itemId: rice, quantity: 1, ifShort: 'drop' });
    expect(await phone.sees(waitingPlace, waitingPlaceId(rice, homes.li))).toMatchObject({
      state: 'waiting',
      ticket: 1,
    });
    await waits(chen, homes.chen, 1);
    phone.goOnline();
    await phone.sync();
    const [goods, mine] = [
      await phone.sees(item, rice),
      await phone.sees(waitingPlace, waitingPlaceId(rice, homes.li)),
    ];
    expect(placeInQueue(queueOf(goods!), mine!.ticket)).toBe(2);
    await cancels(wang, homes.wang);
    await phone.sync();
    expect((await phone.sees(orderEntity, orderId(round, homes.li)))?.state).toBe('placed');
  });
});

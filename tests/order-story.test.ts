import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../src/domain/day.ts';
import { cancelOrder, placeOrder } from '../src/pillars/group-buy/mutations.ts';
import { groupBuy, order as orderEntity, orderId } from '../src/pillars/group-buy/schema.ts';
import { registry } from '../src/pillars/registry.ts';
import { cancels, eggs, of, orderOf, orders, rice, round, roundArgs, soldBy } from './support/story-round.ts';
import { expectStraightBook, expectStraightStock } from './support/ledger.ts';
import { homes, openTown, people, type Town } from './support/town.ts';
import { StoryPhone } from './support/story-phone.ts';
import type { HttpDevice } from './support/http-device.ts';
import type { World } from '../src/domain/world.ts';

let town: Town;
let li: HttpDevice, wang: HttpDevice, tian: HttpDevice;

beforeEach(async () => {
  town = await openTown();
  [li, wang, tian] = [await town.device('li'), await town.device('wang'), await town.device('tian')];
  expect(await tian.act('groupBuy.open', roundArgs(town))).toMatchObject({ outcome: 'accepted' });
});
afterEach(async () => {
  await expectStraightBook(town);
  await expectStraightStock(town);
  await town.close();
});

describe('what an order says', () => {
  it('keeps its number, its note and its slot, until they are taken away', async () => {
    const slot = { id: 'evening', kind: 'pickUp', from: town.world.now(), to: town.world.now() + 60 * MINUTE_MS };
    const second = '019f0000-0000-7000-8000-000000000002';
    const item = { id: 'leek', name: '韭菜', unit: '把', contents: '', priceFen: 300, stock: 9, perHousehold: 9 };
    const times = { opensAt: town.world.now() - 1, closesAt: town.world.now() + 60 * MINUTE_MS };
    await tian.act('groupBuy.open', { id: second, title: '团', ...times, slots: [slot], items: [item] });
    const says = (device: HttpDevice, householdId: string, more: object) =>
      orders(device, householdId, of(['leek', 1]), { groupBuyId: second, ...more });

    expect(await says(li, homes.li, { slotId: 'morning' })).toMatchObject({ code: 'unknownSlot' });
    await says(wang, homes.wang, {});
    await says(li, homes.li, { note: '=1+1 放门口', slotId: 'evening', listedAs: '李' });
    expect(await orderOf(li)).toMatchObject({ number: 2, note: '=1+1 放门口', slotId: 'evening', listedAs: '李' });
    await says(li, homes.li, { note: null });
    const order = await orderOf(li);
    expect(order).toMatchObject({ number: 2, slotId: 'evening', listedAs: '李' });
    expect(order.note).toBeUndefined();
    await cancels(li, homes.li, { groupBuyId: second });
    await says(li, homes.li, {});
    expect(await orderOf(li)).toMatchObject({ number: 2, state: 'placed' });
  });

  it('costs what was seen: a dearer price is for what is added, a cheaper one for all', async () => {
    await orders(li, homes.li, of([eggs, 2]));
    const dearer = { groupBuyId: round, itemId: eggs, was: {}, priceFen: 4_000 };
    expect(await tian.act('groupBuy.changeItem', dearer)).toMatchObject({ outcome: 'accepted' });
    expect(await orderOf(li)).toMatchObject({ totalFen: 7_600 });
    await orders(li, homes.li, of([eggs, 1], [rice, 1]));
    expect(await orderOf(li)).toMatchObject({ totalFen: 3_800 + 4_500 });
    await orders(li, homes.li, of([eggs, 2]));
    expect(await orderOf(li)).toMatchObject({ totalFen: 8_000 });
    await tian.act('groupBuy.changeItem', { ...dearer, priceFen: 3_000 });
    await orders(li, homes.li, of([eggs, 2]));
    const order = await orderOf(li);
    expect(order).toMatchObject({ totalFen: 6_000 });
    expect(
      order.changes.map(({ what, beforeFen, totalFen, lines }) => [what, beforeFen, totalFen, lines?.length]),
    ).toEqual([
      ['placed', undefined, 7_600, 1],
      ['changed', 7_600, 8_300, 2],
      ['changed', 8_300, 8_000, 2],
      ['changed', 8_000, 6_000, undefined],
    ]);
    expect(order.changes[1]!.lines).toContainEqual({ itemId: eggs, name: '鲜鸡蛋', unit: '板', before: 2, after: 1 });
  });

  it('costs nothing once it is cancelled', async () => {
    await orders(li, homes.li, of([rice, 2]));
    await cancels(li, homes.li);
    const order = await orderOf(li);
    expect(order).toMatchObject({ totalFen: 0, state: 'cancelled' });
    expect(order.changes.at(-1)).toMatchObject({ what: 'cancelled', beforeFen: 9_000, totalFen: 0 });
    expect(order.changes.at(-1)!.lines).toEqual([{ itemId: rice, name: '东北大米', unit: '袋', before: 2, after: 0 }]);
  });

  it('with a name that begins like a formula is words, and nothing else', async () => {
    await orders(li, homes.li, of([eggs, 1]), { listedAs: '=HYPER(1)', note: '@门口' });
    expect(await orderOf(li)).toMatchObject({ listedAs: '=HYPER(1)', note: '@门口' });
    expect(await orders(li, homes.li, of([eggs, 1]), { listedAs: '='.repeat(11) })).toMatchObject({
      code: 'malformed',
    });
  });
});

describe('an order that the organiser enters', () => {
  const enters = (householdId: string, lines: object[], more: object = {}) =>
    tian.act('groupBuy.placeFor', { groupBuyId: round, householdId, lines, source: 'phone', ...more });

  it('is the household’s, which sees who entered it and may change it', async () => {
    expect(await enters(homes.li, of([eggs, 2]), { note: '打电话说的' })).toMatchObject({ outcome: 'accepted' });
    const order = await orderOf(li);
    expect(order).toMatchObject({ state: 'placed', source: 'phone', note: '打电话说的', number: 1, totalFen: 7_600 });
    expect(order.changes[0]).toMatchObject({ what: 'placed', personId: people.tian });
    expect(await orders(li, homes.li, of([eggs, 1]), { basedOn: order.revision })).toMatchObject({
      outcome: 'accepted',
    });
    expect((await orderOf(li)).source).toBeUndefined();
  });

  it('may be entered anew, but never over what the household ordered itself', async () => {
    await enters(homes.li, of([eggs, 2]));
    expect(await enters(homes.li, of([eggs, 3]), { source: 'inPerson' })).toMatchObject({ outcome: 'accepted' });
    expect(await soldBy(tian)).toMatchObject({ eggs: 3, households: 1 });
    await orders(li, homes.li, of([eggs, 1]));
    expect(await enters(homes.li, of([rice, 1]))).toMatchObject({ code: 'alreadyOrdered' });
    await cancels(li, homes.li);
    expect(await enters(homes.li, of([rice, 1]))).toMatchObject({ outcome: 'accepted' });
    expect(await soldBy(tian)).toEqual({ rice: 1, eggs: 0, households: 1, portions: 1 });
  });

  it('from a list that is pasted twice is entered once, also where the household has taken it back since', async () => {
    const line = { source: 'chain', chainKey: '12' };
    await enters(homes.li, of([eggs, 2]), line);
    expect(await enters(homes.li, of([eggs, 2]), line)).toMatchObject({ outcome: 'accepted' });
    expect((await orderOf(li)).changes).toHaveLength(1);
    await orders(li, homes.li, of([eggs, 1]));
    expect(await enters(homes.li, of([eggs, 2]), line)).toMatchObject({ outcome: 'accepted' });
    expect(await orderOf(li)).toMatchObject({ totalFen: 3_800, chainKey: '12' });
    await cancels(li, homes.li);
    await enters(homes.li, of([eggs, 2]), line);
    expect(await orderOf(li)).toMatchObject({ state: 'cancelled' });
    expect(await soldBy(tian)).toEqual({ rice: 0, eggs: 0, households: 0, portions: 0 });
  });

  it('is held to the limit, the stock and the cut-off like any other, and is not for residents to enter', async () => {
    expect(await enters(homes.li, of([rice, 4]))).toMatchObject({ code: 'overLimit' });
    await orders(wang, homes.wang, of([rice, 3]));
    expect(await enters(homes.li, of([rice, 1]))).toMatchObject({ code: 'soldOut' });
    expect(await enters('nobody', of([eggs, 1]))).toMatchObject({ code: 'notFound' });
    const args = { groupBuyId: round, householdId: homes.wang, lines: of([eggs, 1]), source: 'phone' };
    expect(await li.act('groupBuy.placeFor', args)).toMatchObject({ code: 'notAllowed' });
    town.world.pass(60 * MINUTE_MS);
    expect(await enters(homes.chen, of([eggs, 1]))).toMatchObject({ code: 'closed' });
  });
});

describe('a phone', () => {
  const asked = (householdId: string, ...lines: [string, number][]) => ({
    groupBuyId: round,
    householdId,
    lines: of(...lines),
  });

  it('whose clock is a day off orders in time, one second before the cut-off, and not one after', async () => {
    const { world } = town;
    for (const days of [1, -1]) {
      const wrong: World = {
        now: () => world.now() + days * DAY_MS,
        random: () => world.random(),
        newId: () => world.newId(),
        after: (ms, callback) => world.after(ms, callback),
      };
      const [who, home] = days === 1 ? (['wang', homes.wang] as const) : (['chen', homes.chen] as const);
      const phone = await StoryPhone.join(town.server.app, registry, wrong, town.code(who));
      const { closesAt } = (await phone.sees(groupBuy, round))!;
      world.pass(closesAt - world.now() - 1_000);
      const inTime = await phone.does(placeOrder, asked(home, [eggs, 1]));
      await phone.sync();
      expect(await phone.word(inTime)).toBe('done');
      world.pass(1_000);
      const tooLate = await phone.tries(placeOrder, asked(home, [eggs, 2]));
      expect(tooLate).toMatchObject({ kind: 'advice', refusal: { code: 'closed' } });
      world.pass(-60 * MINUTE_MS);
      phone.close();
    }
  });

  it('and another of the household change the order offline: the second asks, and nothing is overwritten unseen', async () => {
    const [mother, father] = [await town.phone('li'), await town.phone('li')];
    const first = await mother.does(placeOrder, { ...asked(homes.li, [eggs, 1]), basedOn: null });
    await mother.sync();
    await father.sync();
    expect(await mother.word(first)).toBe('done');
    const { revision } = (await father.sees(orderEntity, orderId(round, homes.li)))!;
    mother.goOffline();
    father.goOffline();
    await mother.does(placeOrder, { ...asked(homes.li, [eggs, 2]), basedOn: revision });
    const his = await father.does(placeOrder, { ...asked(homes.li, [rice, 1]), basedOn: revision });
    mother.goOnline();
    await mother.sync();
    father.goOnline();
    await father.sync();
    expect(await father.refusal(his)).toMatchObject({
      code: 'changedMeanwhile',
      details: { totalFen: 7_600, lines: [{ name: '鲜鸡蛋', unit: '板', quantity: 2 }] },
    });
    const now = (await father.sees(orderEntity, orderId(round, homes.li)))!;
    expect(now).toMatchObject({ totalFen: 7_600 });
    await father.does(cancelOrder, { groupBuyId: round, householdId: homes.li, basedOn: now.revision });
    await father.sync();
    expect(await soldBy(tian)).toEqual({ rice: 0, eggs: 0, households: 0, portions: 0 });
  });
});

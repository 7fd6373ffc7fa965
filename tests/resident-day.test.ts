import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { submit } from '../src/pillars/check-in/mutations.ts';
import { checkIn } from '../src/pillars/check-in/schema.ts';
import { naturalKey } from '../src/domain/entity.ts';
import { claimErrand, requestErrand } from '../src/pillars/errands/mutations.ts';
import { errand, errandCard } from '../src/pillars/errands/schema.ts';
import { open, placeOrder } from '../src/pillars/group-buy/mutations.ts';
import { item, order } from '../src/pillars/group-buy/schema.ts';
import { publish } from '../src/pillars/notices/mutations.ts';
import { notice } from '../src/pillars/notices/schema.ts';
import type { StoryPhone } from './support/story-phone.ts';
import { homes, openTown, people, type Town } from './support/town.ts';

let town: Town;
const day = '2026-11-22';
const ids = { round: '', rice: '', notice: '', errand: '' };

beforeAll(async () => {
  town = await openTown();
  const tian = await town.phone('tian');
  const now = town.world.now();
  ids.round = town.world.newId();
  ids.rice = town.world.newId();
  ids.notice = town.world.newId();
  ids.errand = town.world.newId();
  const rice = {
    id: ids.rice,
    name: '东北大米',
    unit: '袋',
    contents: '一袋10斤',
    priceFen: 4500,
    stock: 2,
    perHousehold: 2,
  };
  await tian.does(open, {
    id: ids.round,
    title: '粮油第 1 团',
    opensAt: now - 1000,
    closesAt: now + 36_000_000,
    items: [rice],
  });
  await tian.does(publish, {
    id: ids.notice,
    title: '明天上午 8 点到 10 点停水',
    body: '楼下的水管漏了，师傅明早来修。',
    level: 'important',
    category: 'water',
    scope: 'community',
    needsReceipt: false,
  });
  await tian.sync();
});
afterAll(() => town.close());

const orderRice = (phone: StoryPhone, householdId: string, quantity: number) =>
  phone.does(placeOrder, {
    groupBuyId: ids.round,
    householdId,
    lines: [{ itemId: ids.rice, quantity, ifShort: 'drop' as const }],
  });

describe('one resident’s day', () => {
  let li: StoryPhone;
  let sick: string;
  let rice: string;
  let medicine: string;

  it('家里都好 is one tap: 还没发出, then 小区已收到', async () => {
    li = await town.phone('li');
    const entries = [people.li, people.chenFang, people.lele].map((personId) => ({ personId, feels: 'well' as const }));
    const all = await li.does(submit, { householdId: homes.li, day, slot: 'morning', entries });
    expect(await li.word(all)).toBe('unsent');
    expect(await li.sees(checkIn, naturalKey(people.li, day, 'morning'))).toMatchObject({ feels: 'well' });
    await li.sync();
    expect(await li.word(all)).toBe('done');
    expect(await li.sees(checkIn, naturalKey(people.li, day, 'morning'))).toMatchObject({ feels: 'well' });
  });

  it('without a network everything is there, and what is done waits on the phone', async () => {
    li.goOffline();
    li.close();
    await li.open();
    expect(await li.sees(notice, ids.notice)).toMatchObject({ title: '明天上午 8 点到 10 点停水' });
    sick = await li.does(submit, {
      householdId: homes.li,
      day,
      slot: 'morning',
      entries: [{ personId: people.grandma, feels: 'unwell', temperatureC: 37.5 }],
    });
    rice = await orderRice(li, homes.li, 1);
    medicine = await li.does(requestErrand, {
      id: ids.errand,
      householdId: homes.li,
      personId: people.grandma,
      kind: 'medicine',
      medicines: [{ name: '苯磺酸氨氯地平', strength: '5mg*28片', quantity: 1 }],
      packet: ['card', 'emptyBox'],
      handOver: 'inPerson',
    });
    await li.sync();
    expect(await Promise.all([sick, rice, medicine].map((id) => li.word(id)))).toEqual(['unsent', 'unsent', 'unsent']);
  });

  it('closed and opened again, still without a network, it is all still there', async () => {
    li.close();
    await li.open();
    expect(await Promise.all([sick, rice, medicine].map((id) => li.word(id)))).toEqual(['unsent', 'unsent', 'unsent']);
    expect(await li.sees(errand, ids.errand)).toMatchObject({ state: 'waiting', door: '3-1-402' });
    expect(await li.sees(order, naturalKey(ids.round, homes.li))).toMatchObject({ totalFen: 4500 });
    expect((await li.sees(item, ids.rice))!.sold).toBe(1);
  });

  it('back on the network all are sent once, in order; the last portion had gone to another household', async () => {
    const chen = await town.phone('chen');
    await orderRice(chen, homes.chen, 2);
    await chen.sync();
    li.goOnline();
    li.loseNextReply = true;
    await li.sync();
    await li.sync();
    expect(await li.word(sick)).toBe('done');
    expect(await li.word(medicine)).toBe('done');
    expect(await li.refusal(rice)).toMatchObject({ code: 'soldOut', details: { left: 0 } });
    expect(await li.sees(order, naturalKey(ids.round, homes.li))).toBeUndefined();
    expect(await li.sees(errand, ids.errand)).toMatchObject({ state: 'waiting' });
    const record = await town.db.query<{ name: string; outcome: string }>(
      'select name, outcome from verdict where id = any($1) order by seq',
      [[sick, rice, medicine]],
    );
    expect(record).toEqual([
      { name: 'checkIn.submit', outcome: 'accepted' },
      { name: 'groupBuy.placeOrder', outcome: 'refused' },
      { name: 'errands.request', outcome: 'accepted' },
    ]);
    expect(await town.db.query('select sold from group_buy_item where id = $1', [ids.rice])).toEqual([{ sold: 2 }]);
  });

  it('the refusal stays until somebody has dealt with it', async () => {
    li.close();
    await li.open();
    await li.sync();
    expect(await li.word(rice)).toBe('refused');
    await li.phone.settle(rice);
    expect(await li.word(rice)).toBe('done');
  });

  it('a volunteer sees the card, claims it, and then the door and the medicines', async () => {
    const [he, zhou] = [await town.phone('he'), await town.phone('zhou')];
    expect(await he.sees(errandCard, ids.errand)).toMatchObject({ buildingName: '3栋', kind: 'medicine' });
    const claimed = await he.does(claimErrand, { errandId: ids.errand });
    expect(await he.word(claimed)).toBe('unsent');
    expect(await he.sees(errandCard, ids.errand)).toMatchObject({ claimedBy: people.he });
    await he.sync();
    expect(await he.sees(errandCard, ids.errand)).toBeUndefined();
    expect(await he.sees(errand, ids.errand)).toMatchObject({
      door: '3-1-402',
      medicines: [{ name: '苯磺酸氨氯地平' }],
    });
    await zhou.sync();
    expect(await zhou.sees(errandCard, ids.errand)).toBeUndefined();
    await li.sync();
    expect(await li.sees(errand, ids.errand)).toMatchObject({ state: 'claimed', claimedByName: '何志远' });
  });
});

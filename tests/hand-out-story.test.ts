import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../src/domain/day.ts';
import { bag, handOutRun } from '../src/pillars/group-buy/hand-out/schema.ts';
import {
  handOut,
  notHandedOut,
  releaseRun,
  takeRun,
  undoHandOut,
} from '../src/pillars/group-buy/hand-out/mutations.ts';
import { order } from '../src/pillars/group-buy/schema.ts';
import type { HandOutBags, HandOutReport } from '../src/pillars/group-buy/hand-out/report.ts';
import type { HandOutRun } from '../src/pillars/group-buy/hand-out/schema.ts';
import type { HttpDevice } from './support/http-device.ts';
import type { StoryPhone } from './support/story-phone.ts';
import { homes, openTown, people, type Town } from './support/town.ts';

const groupBuyId = '019f0000-0000-7000-8000-000000000001';
const rice = '019f0000-0000-7000-8000-0000000000a1';
const stairs = { wang: `${groupBuyId}/3栋/2`, li: `${groupBuyId}/3栋/1`, chen: `${groupBuyId}/1栋/1` };

/** The story's clock runs on while the test does. */
const SLOW_MS = 20_000;

let town: Town;
let tian: HttpDevice;
let he: StoryPhone, zhou: StoryPhone, wang: StoryPhone;

beforeEach(async () => {
  town = await openTown();
  tian = await town.device('tian');
  he = await town.phone('he');
  zhou = await town.phone('zhou');
  wang = await town.phone('wang');
  const now = town.world.now();
  await yes('groupBuy.open', {
    id: groupBuyId,
    title: '大米团',
    opensAt: now,
    closesAt: now + 60 * MINUTE_MS,
    slots: [
      { id: 'door', kind: 'delivery', from: now + 90 * MINUTE_MS, to: now + 120 * MINUTE_MS },
      { id: 'gate', kind: 'pickUp', from: now + 90 * MINUTE_MS, to: now + 120 * MINUTE_MS, place: '北门' },
    ],
    items: [
      { id: rice, name: '东北大米', unit: '袋', contents: '一袋10斤', priceFen: 4_500, stock: 9, perHousehold: 3 },
    ],
  });
  await orders('wang', { note: '放门口小凳子上', slotId: 'door' });
  await orders('li', { slotId: 'gate' });
  await orders('chen', { slotId: 'door' });
  await yes('groupBuy.close', { groupBuyId });
  await yes('groupBuy.markOrdered', { groupBuyId });
  await yes('groupBuy.arrive', { groupBuyId, items: [] });
  await yes('groupBuy.startHandingOut', { groupBuyId });
  await Promise.all([he.sync(), zhou.sync(), wang.sync()]);
});
afterEach(() => town.close());

/** The desk does it, and it is accepted. */
async function yes(name: string, args: unknown): Promise<void> {
  expect(await tian.act(name, args)).toMatchObject({ outcome: 'accepted' });
}
async function orders(who: 'wang' | 'li' | 'chen', more: object): Promise<void> {
  const device = await town.device(who);
  const lines = [{ itemId: rice, quantity: 1, ifShort: 'drop' }];
  const args = { groupBuyId, householdId: homes[who], lines, ...more };
  expect(await device.act('groupBuy.placeOrder', args)).toMatchObject({ outcome: 'accepted' });
}
/** What the desk is answered; the status where it is none. */
async function asks<T>(device: HttpDevice, path: string): Promise<T | number> {
  const response = await device.request(`/api/desk/group-buys/${groupBuyId}/${path}`);
  return response.status === 200 ? ((await response.json()) as T) : response.status;
}
const at = (...who: ('wang' | 'li' | 'chen')[]) => ({ groupBuyId, householdIds: who.map((one) => homes[one]) });
const wangsOrder = (phone: StoryPhone) => phone.sees(order, `${groupBuyId}/${homes.wang}`);
const wangsBag = (phone: StoryPhone) => phone.sees(bag, `${groupBuyId}/${homes.wang}`);
const takes = async (phone: StoryPhone, runId: string) => {
  const id = await phone.does(takeRun, { runId });
  await phone.sync();
  return id;
};

describe('a stairway', () => {
  it('is there for everybody who may carry, without those who fetch their bag, and for nobody else', async () => {
    const runs = await zhou.seesAll(handOutRun);
    expect(runs.map(({ id, doors, done }) => [id, doors, done]).sort()).toEqual([
      [stairs.chen, 1, 0],
      [stairs.wang, 1, 0],
    ]);
    expect(await wang.seesAll(handOutRun)).toEqual([]);
    expect(await zhou.seesAll(bag)).toEqual([]);
  });

  it('goes to one of two who want it at once; its bags come with the yes, and no price and no name in them', async () => {
    zhou.goOffline();
    await he.does(takeRun, { runId: stairs.wang });
    const second = await zhou.does(takeRun, { runId: stairs.wang });
    await he.sync();
    zhou.goOnline();
    await zhou.sync();
    expect(await zhou.refusal(second)).toMatchObject({ code: 'alreadyClaimed', details: { name: '何志远' } });
    expect(await zhou.seesAll(bag)).toEqual([]);
    const [held, ...others] = await he.seesAll(bag);
    expect(others).toEqual([]);
    expect(held).toMatchObject({
      door: '3-2-501',
      contents: [{ name: '东北大米', unit: '袋', quantity: 1 }],
      note: '放门口小凳子上',
    });
    expect(JSON.stringify(held)).not.toMatch(/Fen|王秀兰|17000000001/);
  });

  it('is carried by people on phones of their own: not by a family, nor on a phone that only says 我是周敏', async () => {
    const chen = await town.device('chen');
    for (const device of [chen, await town.device('wang')]) {
      expect(await device.act('groupBuy.takeRun', { runId: stairs.wang })).toMatchObject({ code: 'notAllowed' });
      expect(await device.act('groupBuy.handOut', { ...at('wang'), how: 'atDoor' })).toMatchObject({
        code: 'notAllowed',
      });
    }
  });

  it('goes back with what was done in it, and its doors leave the phone', async () => {
    await takes(he, stairs.wang);
    await he.does(handOut, { ...at('wang'), how: 'atDoor' });
    await he.does(releaseRun, { runId: stairs.wang });
    await he.sync();
    expect(await he.seesAll(bag)).toEqual([]);
    await zhou.sync();
    expect(await zhou.sees(handOutRun, stairs.wang)).toMatchObject({ done: 1 });
    expect((await zhou.sees(handOutRun, stairs.wang))?.personId).toBeUndefined();
    await takes(zhou, stairs.wang);
    expect(await wangsBag(zhou)).toMatchObject({ handedOut: { personId: people.he } });
  });

  it('leaves the phone when the round is settled; what was done before, without a network, still counts', async () => {
    await takes(he, stairs.wang);
    he.goOffline();
    await he.does(handOut, { ...at('wang'), how: 'inPerson' });
    town.world.pass(5 * MINUTE_MS);
    const handedAt = town.world.now();
    await yes('groupBuy.settle', { groupBuyId });
    town.world.pass(3 * MINUTE_MS);
    const late = await he.does(undoHandOut, at('wang'));
    he.goOnline();
    await he.sync();
    expect(await he.refusal(late)).toMatchObject({ code: 'wrongStep' });
    expect(await he.seesAll(bag)).toEqual([]);
    await wang.sync();
    expect((await wangsOrder(wang))?.handedOut?.at).toBeLessThan(handedAt);
  });
});

describe('a bag', () => {
  beforeEach(() => takes(he, stairs.wang));

  it('is handed over without a network; the household reads when it was and by whom', async () => {
    he.goOffline();
    town.world.pass(MINUTE_MS);
    const done = town.world.now();
    await he.does(handOut, { ...at('wang'), how: 'atDoor' });
    expect(await wangsBag(he)).toMatchObject({ handedOut: { how: 'atDoor' } });
    expect(await he.sees(handOutRun, stairs.wang)).toMatchObject({ done: 1 });
    town.world.pass(30 * MINUTE_MS);
    he.goOnline();
    await he.sync();
    await wang.sync();
    const { handedOut } = (await wangsOrder(wang))!;
    expect(handedOut).toMatchObject({ how: 'atDoor', personId: people.he, name: '何志远' });
    expect(Math.abs(handedOut!.at - done)).toBeLessThan(SLOW_MS);
    expect(await he.sees(handOutRun, stairs.wang)).toMatchObject({ done: 1 });
  });

  it('handed over, taken back and handed over again without a network comes to one result', async () => {
    he.goOffline();
    await he.does(handOut, { ...at('wang'), how: 'atDoor' });
    town.world.pass(4 * MINUTE_MS);
    await he.does(undoHandOut, at('wang'));
    expect((await wangsBag(he))?.handedOut).toBeUndefined();
    town.world.pass(3 * MINUTE_MS);
    const last = town.world.now();
    await he.does(handOut, { ...at('wang'), how: 'inPerson' });
    town.world.pass(60 * MINUTE_MS);
    he.goOnline();
    await he.sync();
    await wang.sync();
    const { handedOut } = (await wangsOrder(wang))!;
    expect(handedOut).toMatchObject({ how: 'inPerson' });
    expect(Math.abs(handedOut!.at - last)).toBeLessThan(SLOW_MS);
    expect(await he.sees(handOutRun, stairs.wang)).toMatchObject({ done: 1 });
    expect(await tian.act('groupBuy.undoHandOut', at('wang'))).toMatchObject({ code: 'tooLate' });
  });

  it('is taken back within ten minutes by the times of both taps, whenever they arrive', async () => {
    he.goOffline();
    await he.does(handOut, { ...at('wang'), how: 'atDoor' });
    town.world.pass(9 * MINUTE_MS);
    const inTime = await he.does(undoHandOut, at('wang'));
    await he.does(handOut, { ...at('wang'), how: 'atDoor' });
    town.world.pass(11 * MINUTE_MS);
    const tooLate = await he.tries(undoHandOut, at('wang'));
    expect(tooLate).toMatchObject({ kind: 'advice', refusal: { code: 'tooLate' } });
    he.goOnline();
    await he.sync();
    expect(await he.word(inTime)).toBe('done');
  });

  it('that could not be handed over stays open with the reason, and the next hand-over ends it', async () => {
    await he.does(notHandedOut, { ...at('wang'), what: 'missingPiece', text: '少一袋' });
    await he.sync();
    await wang.sync();
    expect(await wangsOrder(wang)).toMatchObject({ handOutProblem: { what: 'missingPiece', text: '少一袋' } });
    expect((await wangsOrder(wang))?.handedOut).toBeUndefined();
    expect(await asks<HandOutReport>(tian, 'hand-out')).toMatchObject({
      doors: 2,
      done: 0,
      problems: [{ door: '3-2-501', what: 'missingPiece', text: '少一袋' }],
    });
    await he.does(handOut, { ...at('wang'), how: 'inPerson' });
    await he.sync();
    await wang.sync();
    expect((await wangsOrder(wang))?.handOutProblem).toBeUndefined();
    expect(await asks<HandOutReport>(tian, 'hand-out')).toMatchObject({ done: 1, problems: [] });
  });

  it('that the organiser gave out meanwhile stays with the organiser; the volunteer is told who and when', async () => {
    he.goOffline();
    const late = await he.does(handOut, { ...at('wang'), how: 'atDoor' });
    await yes('groupBuy.handOut', { ...at('wang'), how: 'pickedUp' });
    he.goOnline();
    await he.sync();
    expect(await he.refusal(late)).toMatchObject({
      code: 'alreadyAnswered',
      details: { door: '3-2-501', name: '田建国' },
    });
    expect(await wangsBag(he)).toMatchObject({ handedOut: { how: 'pickedUp', personId: people.tian } });
    expect(await he.sees(handOutRun, stairs.wang)).toMatchObject({ done: 1 });
  });

  it('on a stairway of somebody else, or of nobody, is not theirs: one word for that and for a door that is not there', async () => {
    const device = await town.device('zhou');
    const refused = { code: 'notAllowed' };
    for (const householdIds of [[homes.wang], [homes.chen], [homes.li], [homes.he], ['nobody']]) {
      const args = { groupBuyId, householdIds };
      expect(await device.act('groupBuy.handOut', { ...args, how: 'atDoor' })).toMatchObject(refused);
      expect(await device.act('groupBuy.notHandedOut', { ...args, what: 'notAtHome' })).toMatchObject(refused);
      expect(await device.act('groupBuy.undoHandOut', args)).toMatchObject(refused);
    }
  });

  it('costs what it cost: the book hears nothing of it', async () => {
    const booked = () => town.db.query('select id from ledger_entry order by id');
    const before = await booked();
    expect(before.length).toBeGreaterThan(0);
    await he.does(handOut, { ...at('wang'), how: 'atDoor' });
    await he.sync();
    expect(await booked()).toEqual(before);
    await wang.sync();
    expect(await wangsOrder(wang)).toMatchObject({ totalFen: 4_500 });
  });
});

describe('the organiser', () => {
  it('sees who carries what and how far they are, and gives out what is fetched', async () => {
    await takes(he, stairs.wang);
    await he.does(handOut, { ...at('wang'), how: 'atDoor' });
    await he.sync();
    await yes('groupBuy.handOut', { ...at('li'), how: 'pickedUp' });
    expect(await asks<HandOutReport>(tian, 'hand-out')).toMatchObject({
      title: '大米团',
      state: 'handingOut',
      doors: 2,
      done: 1,
      fetched: 1,
      fetchedDone: 1,
      stairways: [
        { building: '1栋', unit: '1', doors: 1, done: 0 },
        { building: '3栋', unit: '2', doors: 1, done: 1, personName: '何志远' },
      ],
    });
    const fetched = (await asks<HandOutBags>(tian, 'bags?fetched')) as HandOutBags;
    expect(fetched.bags.map(({ door }) => door)).toEqual(['3-1-402']);
    const path = `bags?building=${encodeURIComponent('3栋')}&unit=2`;
    const there = (await asks<HandOutBags>(tian, path)) as HandOutBags;
    expect(there.bags.map(({ door, handedOut }) => [door, handedOut?.name])).toEqual([['3-2-501', '何志远']]);
    expect(JSON.stringify(there)).not.toMatch(/Fen/);
  });

  it('takes a stairway out of somebody else’s hands; nobody else can', async () => {
    await takes(he, stairs.wang);
    const other = await town.device('zhou');
    expect(await other.act('groupBuy.releaseRun', { runId: stairs.wang })).toMatchObject({ code: 'notAllowed' });
    await yes('groupBuy.releaseRun', { runId: stairs.wang });
    await he.sync();
    expect(await he.seesAll(bag)).toEqual([]);
    expect((await he.sees(handOutRun, stairs.wang)) as HandOutRun).not.toHaveProperty('personId');
  });

  it('alone is answered: for others there is no such page', async () => {
    for (const who of ['wang', 'he'] as const) {
      const device = await town.device(who);
      expect(await asks(device, 'hand-out')).toBe(404);
      expect(await asks(device, 'bags?fetched')).toBe(404);
    }
    const elsewhere = await tian.request('/api/desk/group-buys/none/hand-out');
    expect(elsewhere.status).toBe(404);
  });
});

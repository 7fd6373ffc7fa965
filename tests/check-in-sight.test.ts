import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS, MINUTE_MS, timeOn } from '../src/domain/day.ts';
import { healthScope, householdDayScope, householdScope } from '../src/domain/scope.ts';
import { followUp, followUpCard } from '../src/pillars/check-in/follow-up/schema.ts';
import { submit } from '../src/pillars/check-in/mutations.ts';
import { checkIn } from '../src/pillars/check-in/schema.ts';
import type { CheckIn, LifeSign } from '../src/pillars/check-in/schema.ts';
import type { HttpDevice } from './support/http-device.ts';
import { roster } from './support/town-roster.ts';
import { homes, openTown, people, type Town } from './support/town.ts';

const day = '2026-11-22';
const next = '2026-11-23';
let town: Town;
let wang: HttpDevice, he: HttpDevice, tian: HttpDevice, secretary: HttpDevice;

beforeEach(async () => {
  town = await openTown();
  wang = await town.device('wang');
  he = await town.device('he');
  tian = await town.device('tian');
  secretary = await town.device('secretary');
});
afterEach(() => town.close());

const ill = { personId: people.wang, feels: 'unwell', symptoms: ['chestPain'], needs: ['medicine'] };
const fine = { personId: people.wang, feels: 'well' };
const say = (device: HttpDevice, entry: object, more: object = {}) =>
  device.act('checkIn.submit', { householdId: homes.wang, day, slot: 'morning', entries: [entry], ...more });
const helpWang = (until = town.world.now() + 30 * DAY_MS) =>
  wang.act('people.grantCare', {
    id: town.world.newId(),
    householdId: homes.wang,
    helperId: people.he,
    powers: ['check-in'],
    until,
  });

async function holds<R extends { id: string }>(device: HttpDevice, entity: string): Promise<R[]> {
  await device.pull();
  return device.held<R>(entity);
}

describe('who reads what was said of somebody’s health', () => {
  it('the household and its grid worker; the secretary’s phone holds no word of it', async () => {
    expect(await say(wang, ill)).toMatchObject({ outcome: 'accepted' });
    expect(await holds<CheckIn>(wang, 'checkIn')).toMatchObject([{ symptoms: ['chestPain'] }]);
    expect(await holds<CheckIn>(tian, 'checkIn')).toMatchObject([{ symptoms: ['chestPain'] }]);
    expect(tian.scopes()).toContain(healthScope('一格'));
    await Promise.all([secretary.pull(), he.pull()]);
    for (const device of [secretary, he]) {
      expect(device.held('checkIn')).toEqual([]);
      expect(device.held('followUp')).toEqual([]);
      expect(JSON.stringify([...device.rows])).not.toMatch(/chestPain|"medicine"/);
    }
    // That somebody has to look after her, and how it goes, every desk of the grid knows.
    expect(secretary.held('followUpCard')).toMatchObject([{ personName: '王秀兰', level: 'alert' }]);
  });

  it('a grid worker of another grid reads nothing, one of every grid reads all', async () => {
    const role = { personId: people.tian, kind: 'gridWorker' };
    await say(wang, ill);
    expect(await holds(tian, 'checkIn')).toHaveLength(1);
    await secretary.act('people.giveRole', { ...role, grid: '二格' });
    expect(await holds(tian, 'checkIn')).toEqual([]);
    expect(tian.held('followUp')).toEqual([]);
    await secretary.act('people.giveRole', role);
    expect(await holds(tian, 'checkIn')).toHaveLength(1);
    await secretary.act('people.endRole', role);
    expect(await holds(tian, 'checkIn')).toEqual([]);
  });

  it('the grid worker loses it when the need ends; the household keeps it', async () => {
    await say(wang, ill);
    expect(await holds(tian, 'checkIn')).toHaveLength(1);
    await say(wang, { ...fine, recovered: true });
    expect(await holds(tian, 'checkIn')).toEqual([]);
    expect(await holds<CheckIn>(wang, 'checkIn')).toMatchObject([{ history: [{ symptoms: ['chestPain'] }] }]);
  });

  it('the grid worker loses what nobody corrected after three days, also without a network', async () => {
    await say(wang, ill);
    expect(await holds(tian, 'checkIn')).toHaveLength(1);
    const gone = timeOn(next) + 2 * DAY_MS;
    expect((await tian.pull()).until[healthScope('一格', day)]).toBe(gone);
    town.world.pass(gone - town.world.now() - MINUTE_MS);
    expect(await holds(tian, 'checkIn')).toHaveLength(1);
    town.world.pass(MINUTE_MS);
    expect((await tian.pull()).dropped).toContain(healthScope('一格', day));
    expect(tian.held('checkIn')).toEqual([]);
    expect(await holds(wang, 'checkIn')).toHaveLength(1);
  });

  it('a household that moves to another grid takes all of it along', async () => {
    await say(wang, ill);
    expect(await holds(tian, 'followUp')).toHaveLength(1);
    await say(tian, ill, { how: 'phoned' });
    await tian.act('checkIn.takeCall', { householdId: homes.wang, day });
    const ofWang = () =>
      ['checkIn', 'followUp', 'followUpCard', 'call']
        .flatMap((entity) => tian.held<CheckIn>(entity))
        .filter((row) => row.householdId === homes.wang);
    await tian.pull();
    expect(ofWang()).toHaveLength(4);
    const households = roster.households.map((h) => (h.room === '501' ? { ...h, grid: '二格' } : h));
    const order = { id: town.world.newId(), name: 'people.importRoster', args: { ...roster, households } };
    expect(await town.server.operate(town.communityId, [order])).toMatchObject([{ outcome: 'accepted' }]);
    await tian.pull();
    expect(ofWang()).toEqual([]);
    await secretary.pull();
    expect(secretary.held('call')).toMatchObject([{ grid: '二格' }]);
  });
});

describe('a helper who may check in', () => {
  it('reads what was said today and no other day; the household keeps its history', async () => {
    await helpWang();
    await say(wang, ill);
    expect(await holds<CheckIn>(he, 'checkIn')).toMatchObject([{ day }]);
    expect(he.held('followUpCard')).toHaveLength(1);
    expect(he.held('followUp')).toEqual([]);
    expect(he.scopes()).not.toContain(householdScope(homes.wang, 'check-in'));

    town.world.pass(DAY_MS);
    const { dropped } = await he.pull();
    expect(dropped).toContain(householdDayScope(homes.wang, day));
    expect(he.held('checkIn')).toEqual([]);
    expect(he.held('followUpCard')).toEqual([]);
    await say(he, fine, { day: next, how: 'seen' });
    expect(await holds<CheckIn>(he, 'checkIn')).toMatchObject([{ day: next, how: 'seen' }]);
    expect((await holds<CheckIn>(wang, 'checkIn')).map((row) => row.day).sort()).toEqual([day, next]);
  });

  it('is told until when: a quarter of an hour past midnight, but never past the grant', async () => {
    await helpWang();
    const midnight = timeOn(next);
    expect((await he.pull()).until[householdDayScope(homes.wang, day)]).toBe(midnight + 15 * MINUTE_MS);
    town.world.pass(midnight + 10 * MINUTE_MS - town.world.now());
    const { until } = await he.pull();
    expect(until[householdDayScope(homes.wang, day)]).toBe(midnight + 15 * MINUTE_MS);
    expect(until[householdDayScope(homes.wang, next)]).toBe(midnight + DAY_MS + 15 * MINUTE_MS);
    town.world.pass(6 * MINUTE_MS);
    expect((await he.pull()).until).not.toHaveProperty([householdDayScope(homes.wang, day)]);
  });

  it('whose grant ends today loses the day with it', async () => {
    const ends = town.world.now() + 60 * MINUTE_MS;
    await helpWang(ends);
    await say(wang, ill);
    expect((await he.pull()).until[householdDayScope(homes.wang, day)]).toBe(ends);
    town.world.pass(61 * MINUTE_MS);
    expect(await holds(he, 'checkIn')).toEqual([]);
  });

  it('loses yesterday without a network, by the phone’s own clock', async () => {
    await helpWang();
    const phone = await town.phone('he');
    await say(wang, ill);
    await phone.sync();
    expect(await phone.seesAll(checkIn)).toHaveLength(1);
    phone.goOffline();
    town.world.pass(timeOn(next) + 16 * MINUTE_MS - town.world.now());
    phone.close();
    await phone.open();
    expect(await phone.seesAll(checkIn)).toEqual([]);
    expect(await phone.seesAll(followUpCard)).toEqual([]);
  });

  it('goes on without a network the next day, on what the phone holds', async () => {
    await helpWang();
    const phone = await town.phone('he');
    await say(wang, fine);
    await phone.sync();
    phone.goOffline();
    town.world.pass(DAY_MS);
    const entries = [{ personId: people.wang, feels: 'well' as const }];
    await phone.does(submit, { householdId: homes.wang, day: next, slot: 'morning', how: 'seen', entries });
    phone.goOnline();
    await phone.sync();
    expect(await phone.seesAll(checkIn)).toMatchObject([{ day: next, by: { name: '何志远' } }]);
  });
});

describe('不用天天报', () => {
  it('a sign of life by her own phone is the day’s word; by nobody else’s', async () => {
    const sign = { householdId: homes.wang, personId: people.wang, day };
    await helpWang();
    await wang.act('people.sayWho', { personId: people.wang });
    // Before she opted in nothing is kept.
    expect(await wang.act('checkIn.sign', sign)).toMatchObject({ outcome: 'accepted' });
    expect(await holds(wang, 'lifeSign')).toEqual([]);
    const opted = await wang.act('people.setGreeting', { personId: people.wang, quiet: true });
    expect(opted).toMatchObject({ outcome: 'accepted' });

    for (const device of [he, tian, await town.device('wang'), await town.device('li')]) {
      expect(await device.act('checkIn.sign', sign)).toMatchObject({ code: 'onlyThemselves' });
    }
    expect(await wang.act('checkIn.sign', { ...sign, day: next })).toMatchObject({ code: 'notToday' });
    const earlier = town.world.now() - 30 * MINUTE_MS;
    expect(await wang.act('checkIn.sign', sign)).toMatchObject({ outcome: 'accepted' });
    expect(await wang.act('checkIn.sign', sign)).toMatchObject({ outcome: 'accepted' });
    await wang.push({ name: 'checkIn.sign', args: sign, at: earlier });
    const signs = await holds<LifeSign>(wang, 'lifeSign');
    expect(signs).toMatchObject([{ personId: people.wang, day }]);
    expect(Math.abs(signs[0]!.happenedAt - earlier)).toBeLessThan(1000);
    expect(await holds(he, 'lifeSign')).toHaveLength(1);
    expect(await holds(tian, 'lifeSign')).toEqual([]);
  });
});

describe('a phone of the household', () => {
  it('shows offline that nobody has seen an alert yet, and holds no follow-up of the desk', async () => {
    const phone = await town.phone('wang');
    phone.goOffline();
    const entries = [{ personId: people.wang, feels: 'unwell' as const, symptoms: ['fell'] }];
    await phone.does(submit, { householdId: homes.wang, day, slot: 'morning', entries });
    const [card] = await phone.seesAll(followUpCard);
    expect(card).toMatchObject({ personId: people.wang, level: 'alert', day });
    expect(card?.seenAt).toBeUndefined();
    phone.goOnline();
    await phone.sync();
    expect(await phone.seesAll(followUpCard)).toHaveLength(1);
    expect(await phone.seesAll(followUp)).toEqual([]);
  });
});

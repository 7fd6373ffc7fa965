import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dayOf, MINUTE_MS } from '../src/domain/day.ts';
import type { Coverage } from '../src/pillars/check-in/desk/schema.ts';
import { submit as submitAnswer } from '../src/pillars/check-in/mutations.ts';
import type { CheckIn } from '../src/pillars/check-in/schema.ts';
import { registry } from '../src/pillars/registry.server.ts';
import type { HttpDevice } from './support/http-device.ts';
import { StoryPhone } from './support/story-phone.ts';
import { StoryWorld } from './support/story-world.ts';
import { homes, openTown, people, type Town } from './support/town.ts';

const day = '2026-11-22';
let town: Town;
let li: HttpDevice, wang: HttpDevice, chen: HttpDevice, tian: HttpDevice, secretary: HttpDevice;

beforeEach(async () => {
  town = await openTown();
  li = await town.device('li');
  wang = await town.device('wang');
  chen = await town.device('chen');
  tian = await town.device('tian');
  secretary = await town.device('secretary');
});
afterEach(() => town.close());

const family = [people.li, people.chenFang, people.lele, people.grandma];
const well = (...ids: string[]) => ids.map((personId) => ({ personId, feels: 'well' }));
const saying = (householdId: string, entries: object[], more: object = {}) => ({
  householdId,
  day,
  slot: 'morning',
  entries,
  ...more,
});
const submit = (device: HttpDevice, householdId: string, entries: object[], more: object = {}) =>
  device.act('checkIn.submit', saying(householdId, entries, more));

async function said(device: HttpDevice): Promise<Map<string, CheckIn>> {
  await device.pull();
  return new Map(device.held<CheckIn>('checkIn').map((row) => [row.personId, row]));
}

async function coverage(device: HttpDevice): Promise<Coverage> {
  const response = await device.request('/api/desk/coverage');
  expect(response.status).toBe(200);
  return (await response.json()) as Coverage;
}

describe('家里都好', () => {
  it('answers for everybody at home, once, and says when it happened and when it was received', async () => {
    const tapped = town.world.now() - 20 * MINUTE_MS;
    const { verdicts } = await li.push({ name: 'checkIn.submit', args: saying(homes.li, well(...family)), at: tapped });
    expect(verdicts[0]).toMatchObject({ outcome: 'accepted' });
    const rows = await said(li);
    expect([...rows.keys()].sort()).toEqual([...family].sort());
    const row = rows.get(people.grandma)!;
    expect(Math.abs(row.happenedAt - tapped)).toBeLessThan(1000);
    expect(row.receivedAt - row.happenedAt).toBeGreaterThan(19 * MINUTE_MS);
    expect(row).toMatchObject({
      level: 'ok',
      late: false,
      by: { deviceId: li.deviceId, actingFor: false },
      history: [],
    });
    expect(await said(chen)).toEqual(new Map());
    expect(await said(tian)).toEqual(new Map());
  });

  it('never overwrites somebody reported unwell; 现在好了 does, and keeps what was said', async () => {
    await submit(li, homes.li, [
      { personId: people.grandma, feels: 'unwell', temperatureC: 38.2, needs: ['medicine'] },
    ]);
    expect((await said(tian)).get(people.grandma)).toMatchObject({ level: 'alert', temperatureC: 38.2 });
    expect(await submit(li, homes.li, well(...family))).toMatchObject({ outcome: 'accepted' });
    expect((await said(li)).get(people.grandma)).toMatchObject({ feels: 'unwell' });
    expect(await submit(li, homes.li, well(people.grandma))).toMatchObject({ code: 'reportedUnwell' });

    const better = [{ personId: people.grandma, feels: 'well', recovered: true }];
    expect(await submit(li, homes.li, better)).toMatchObject({ outcome: 'accepted' });
    const row = (await said(li)).get(people.grandma)!;
    expect(row).toMatchObject({ feels: 'well', level: 'ok', recovered: true });
    expect(row.temperatureC).toBeUndefined();
    expect(row.history.map((answer) => answer.temperatureC)).toEqual([38.2]);
    expect(await said(tian)).toEqual(new Map());
    await submit(li, homes.li, [{ personId: people.li, feels: 'unwell' }]);
    const knew = (await said(li)).get(people.li)!.happenedAt;
    await submit(li, homes.li, [{ personId: people.li, feels: 'well', knew }]);
    expect((await said(li)).get(people.li)).toMatchObject({ level: 'ok', recovered: true });
  });

  it('is taken back within ten minutes by the phone that said it, and by no other', async () => {
    await submit(li, homes.li, well(...family));
    const args = { householdId: homes.li, day, slot: 'morning', personIds: family };
    expect(await tian.act('checkIn.retract', args)).toMatchObject({ code: 'changedMeanwhile' });
    expect(await li.act('checkIn.retract', args)).toMatchObject({ outcome: 'accepted' });
    expect(await said(li)).toEqual(new Map());

    await submit(li, homes.li, well(...family));
    town.world.pass(11 * MINUTE_MS);
    expect(await li.act('checkIn.retract', args)).toMatchObject({ code: 'tooLate' });
    expect((await said(li)).size).toBe(4);
  });
});

describe('what is refused', () => {
  it('another day, another slot, somebody of another household, and who may not', async () => {
    const entries = well(people.li);
    expect(await li.act('checkIn.submit', { ...saying(homes.li, entries), day: '2026-11-23' })).toMatchObject({
      code: 'notToday',
    });
    expect(await li.act('checkIn.submit', { ...saying(homes.li, entries), day: '2026-11-21' })).toMatchObject({
      code: 'notToday',
    });
    expect(await submit(li, homes.li, entries, { slot: 'evening' })).toMatchObject({ code: 'noSuchSlot' });
    expect(await submit(li, homes.li, well(people.wang))).toMatchObject({ code: 'notFound' });
    expect(await submit(chen, homes.li, entries)).toMatchObject({ code: 'notAllowed' });
    expect(await submit(li, homes.li, [])).toMatchObject({ code: 'malformed' });
  });

  it('more people than any household has, and temperatures that nobody has; thirty people are taken to be looked at', async () => {
    const many = (count: number) => well(...Array.from({ length: count }, (_, i) => `p${i}`));
    expect(await submit(li, homes.li, many(31))).toMatchObject({ code: 'malformed' });
    // None of them lives there: the answer is read as far as that.
    expect(await submit(li, homes.li, many(30))).toMatchObject({ code: 'notFound' });
    for (const temperatureC of [3.7, 367, 33.9, 43.1, 36.55, -1, '36.5', null]) {
      const entries = [{ personId: people.li, feels: 'well', temperatureC }];
      expect(await submit(li, homes.li, entries), String(temperatureC)).toMatchObject({ code: 'malformed' });
    }
    for (const [temperatureC, level] of [
      [34, 'ok'],
      [37.2, 'ok'],
      [37.3, 'alert'],
      [43, 'alert'],
    ] as const) {
      const knew = (await said(li)).get(people.li)?.happenedAt;
      const entries = [{ personId: people.li, feels: 'well', temperatureC, ...(knew && { knew }) }];
      expect(await submit(li, homes.li, entries), String(temperatureC)).toMatchObject({ outcome: 'accepted' });
      expect((await said(li)).get(people.li)).toMatchObject({ temperatureC, level });
    }
    expect(await submit(li, homes.li, [...well(people.li), ...well(people.li)])).toMatchObject({ code: 'malformed' });
    expect(await submit(li, homes.li, well(people.li), { slot: 'noon' })).toMatchObject({ code: 'malformed' });
    expect(await submit(li, homes.li, well(people.li), { day: '2026-13-01' })).toMatchObject({ code: 'malformed' });
  });

  it('a day that a wrong clock thinks it is; the tap itself is taken for what it is', async () => {
    const ahead = 2 * 24 * 60 * MINUTE_MS;
    const now = town.world.now();
    const envelope = wang.envelope([
      {
        name: 'checkIn.submit',
        args: { ...saying(homes.wang, well(people.wang)), day: '2026-11-24' },
        at: now + ahead,
      },
      { name: 'checkIn.submit', args: saying(homes.wang, well(people.wang)), at: now + ahead - 5 * MINUTE_MS },
    ]);
    const response = await wang.post('/api/push', { ...envelope, sentAt: now + ahead });
    expect(await response.json()).toMatchObject({ verdicts: [{ code: 'notToday' }, { outcome: 'accepted' }] });
    const row = (await said(wang)).get(people.wang)!;
    expect([row.day, row.late]).toEqual([day, false]);
    expect(Math.abs(row.happenedAt - (now - 5 * MINUTE_MS))).toBeLessThan(1000);
  });

  it('a phone two days ahead answers for today all the same', async () => {
    const world = new StoryWorld();
    world.pass(2 * 24 * 60 * MINUTE_MS);
    const phone = await StoryPhone.join(town.server.app, registry, world, town.code('wang'));
    const today = dayOf(phone.phone.now());
    expect(today).toBe(day);
    await phone.does(submitAnswer, {
      householdId: homes.wang,
      day: today,
      slot: 'morning',
      entries: [{ personId: people.wang, feels: 'well' }],
    });
    await phone.sync();
    phone.close();
    expect((await said(wang)).get(people.wang)).toMatchObject({ day, late: false });
  });

  it('a tap of yesterday that arrives today is taken, and marked late', async () => {
    const at = town.world.now() - 12 * 60 * MINUTE_MS;
    const args = { ...saying(homes.wang, well(people.wang)), day: '2026-11-21' };
    const { verdicts } = await wang.push({ name: 'checkIn.submit', args, at });
    expect(verdicts[0]).toMatchObject({ outcome: 'accepted' });
    expect((await said(wang)).get(people.wang)).toMatchObject({ day: '2026-11-21', late: true });
  });

  it('speaking for others without saying how one knows', async () => {
    expect(await submit(tian, homes.wang, well(people.wang))).toMatchObject({ code: 'howNeeded' });
    expect(await submit(tian, homes.wang, well(people.wang), { how: 'phoned' })).toMatchObject({ outcome: 'accepted' });
    expect((await said(wang)).get(people.wang)).toMatchObject({
      how: 'phoned',
      by: { personId: people.tian, name: '田建国', actingFor: true },
    });
  });
});

describe('two phones of a family at once', () => {
  const grandma = (entry: object) => [{ personId: people.grandma, ...entry }];
  const fever = grandma({ feels: 'unwell', temperatureC: 38.2 });
  const cough = grandma({ feels: 'unwell', symptoms: ['cough'] });
  let other: HttpDevice;
  beforeEach(async () => {
    other = await town.device('li');
  });
  const tapped = (device: HttpDevice, entries: object[], minutesAgo: number) =>
    device.push({
      name: 'checkIn.submit',
      args: saying(homes.li, entries),
      at: town.world.now() - minutesAgo * MINUTE_MS,
    });

  it.each([
    ['the graver arrives first', true],
    ['the milder arrives first', false],
  ])('show the worse until one who saw it settles it, and lose nothing: %s', async (_, graverFirst) => {
    const taps = [() => tapped(li, fever, 5), () => tapped(other, cough, 4)];
    for (const tap of graverFirst ? taps : taps.reverse()) {
      expect((await tap()).verdicts).toMatchObject([{ outcome: 'accepted' }]);
    }
    const row = (await said(other)).get(people.grandma)!;
    expect(row).toMatchObject({ level: 'alert', temperatureC: 38.2, disputed: true });
    expect(row.history).toMatchObject([{ symptoms: ['cough'], by: { deviceId: other.deviceId } }]);
    expect((await said(tian)).get(people.grandma)).toMatchObject({ level: 'alert', disputed: true });

    expect(await submit(other, homes.li, cough)).toMatchObject({ outcome: 'accepted' });
    expect((await said(li)).get(people.grandma)).toMatchObject({ level: 'alert', disputed: true });
    const knowing = grandma({ feels: 'unwell', symptoms: ['cough'], knew: row.happenedAt });
    expect(await submit(other, homes.li, knowing)).toMatchObject({ outcome: 'accepted' });
    const settled = (await said(li)).get(people.grandma)!;
    expect(settled).toMatchObject({ level: 'watch', symptoms: ['cough'] });
    expect(settled.disputed).toBeUndefined();
    expect(settled.history).toHaveLength(3);
  });

  it.each([
    ['家里都好 arrives first', false],
    ['家里都好 arrives last', true],
  ])('one says all well, the other reports a fever: %s', async (_, feverFirst) => {
    const taps = [() => tapped(li, fever, 5), () => tapped(other, well(...family), 4)];
    for (const tap of feverFirst ? taps : taps.reverse()) {
      expect((await tap()).verdicts).toMatchObject([{ outcome: 'accepted' }]);
    }
    const rows = await said(li);
    expect(rows.size).toBe(4);
    expect(rows.get(people.grandma)).toMatchObject({ level: 'alert', disputed: true, history: [{ feels: 'well' }] });
  });

  it('taking back one of two that disagree leaves the other', async () => {
    await tapped(li, fever, 5);
    await tapped(other, cough, 4);
    const args = { householdId: homes.li, day, slot: 'morning', personIds: [people.grandma] };
    expect(await other.act('checkIn.retract', args)).toMatchObject({ outcome: 'accepted' });
    const holds = (await said(li)).get(people.grandma)!;
    expect([holds.level, holds.history, holds.disputed]).toEqual(['alert', [], undefined]);

    await tapped(other, cough, 1);
    expect(await li.act('checkIn.retract', args)).toMatchObject({ outcome: 'accepted' });
    const left = (await said(li)).get(people.grandma)!;
    expect(left).toMatchObject({ level: 'watch', symptoms: ['cough'], history: [] });
    expect(left.temperatureC).toBeUndefined();
  });
});

describe('the coverage of the desk', () => {
  it('begins with who is missing, from real rows, for the own grid', async () => {
    await submit(li, homes.li, well(people.li, people.chenFang, people.lele));
    let seen = await coverage(tian);
    expect(seen.grids).toEqual(['一格']);
    expect(seen.counts).toMatchObject({ doors: 2, missing: 2, done: 0 });
    expect(seen.calls.map((call) => call.door)).toEqual(['3-2-501', '3-1-402']);
    expect(seen.calls[0]!.reasons).toEqual(['livesAlone', 'over80', 'chronic', 'neverHeard']);
    expect(seen.calls[0]!.persons[0]).toMatchObject({ name: '王秀兰', age: 86, phone: '17000000001' });

    await submit(wang, homes.wang, well(people.wang));
    await submit(li, homes.li, [{ personId: people.grandma, feels: 'unwell', symptoms: ['chestPain'] }]);
    seen = await coverage(tian);
    expect(seen.counts).toMatchObject({ doors: 2, missing: 0, done: 1, alert: 1 });
    expect(seen.buildings.map((building) => building.name)).toEqual(['3栋']);
    expect(seen.buildings[0]!.squares.map((square) => [square.door, square.state])).toEqual([
      ['3-1-402', 'alert'],
      ['3-2-501', 'done'],
    ]);
    expect(seen.calls[0]!.persons[0]).toMatchObject({ name: '赵桂芳', symptoms: ['chestPain'] });
  });

  it('shows the secretary every grid, empty flats apart, and residents nothing', async () => {
    const seen = await coverage(secretary);
    expect(seen.counts).toMatchObject({ doors: 5, vacant: 1, missing: 4 });
    expect((await li.request('/api/desk/coverage')).status).toBe(404);
    expect((await (await town.device('he')).request('/api/desk/coverage')).status).toBe(404);
  });

  it('counts the days since anybody of a door was heard of', async () => {
    await submit(wang, homes.wang, well(people.wang));
    town.world.pass(3 * 24 * 60 * MINUTE_MS);
    const call = (await coverage(tian)).calls.find((one) => one.householdId === homes.wang);
    expect(call).toMatchObject({ state: 'missing', silentDays: 3 });
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../src/domain/day.ts';
import type { CheckIn, Coverage } from '../src/pillars/check-in/schema.ts';
import type { HttpDevice } from './support/http-device.ts';
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

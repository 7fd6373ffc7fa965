import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addDays, DAY_MS, MINUTE_MS, timeOn } from '../src/domain/day.ts';
import type { Coverage, DayReport, DoorCall, ShiftSummary } from '../src/pillars/check-in/desk/schema.ts';
import type { HttpDevice } from './support/http-device.ts';
import { roster } from './support/town-roster.ts';
import { homes, openTown, people, type Town } from './support/town.ts';

const day = '2026-11-22';
const accepted = { outcome: 'accepted' };
let town: Town;
let li: HttpDevice, wang: HttpDevice, tian: HttpDevice, secretary: HttpDevice;

beforeEach(async () => {
  town = await openTown();
  li = await town.device('li');
  wang = await town.device('wang');
  tian = await town.device('tian');
  secretary = await town.device('secretary');
});
afterEach(() => town.close());

const submit = (device: HttpDevice, householdId: string, entries: object[], on = day) =>
  device.act('checkIn.submit', { householdId, day: on, slot: 'morning', entries });
const well = (...ids: string[]) => ids.map((personId) => ({ personId, feels: 'well' }));
const passTo = (clock: string, on = day) => town.world.pass(timeOn(on, clock) - town.world.now());
const operate = async (name: string, args: unknown) => {
  const [verdict] = await town.server.operate(town.communityId, [{ id: town.world.newId(), name, args }]);
  expect(verdict).toMatchObject(accepted);
};

async function answer<T>(device: HttpDevice, path: string): Promise<T> {
  const response = await device.request(`/api/desk/${path}`);
  expect(response.status).toBe(200);
  return (await response.json()) as T;
}
const coverage = (device: HttpDevice, on?: string) =>
  answer<Coverage>(device, on === undefined ? 'coverage' : `coverage?day=${on}`);
const callTo = async (device: HttpDevice, householdId: string): Promise<DoorCall | undefined> =>
  (await coverage(device)).calls.find((call) => call.householdId === householdId);
const stateOf = async (device: HttpDevice, householdId: string, on?: string) =>
  (await coverage(device, on)).buildings
    .flatMap((building) => building.squares)
    .find((square) => square.householdId === householdId)?.state;

it('answers staff and nobody else', async () => {
  const volunteer = await town.device('he');
  for (const path of ['coverage', 'report', 'shift', `coverage?day=${addDays(day, -1)}`]) {
    for (const device of [li, wang, volunteer]) expect((await device.request(`/api/desk/${path}`)).status).toBe(404);
    for (const device of [tian, secretary]) expect((await device.request(`/api/desk/${path}`)).status).toBe(200);
  }
  await operate('people.endRole', { personId: people.tian, kind: 'gridWorker' });
  expect((await tian.request('/api/desk/coverage')).status).toBe(404);
});

it('tells the grid worker what ails somebody, and the secretary only how grave it is and why to call', async () => {
  const ill = { personId: people.grandma, feels: 'unwell', symptoms: ['urgent', 'chestPain'], needs: ['medicine'] };
  await submit(li, homes.li, [{ ...ill, temperatureC: 38.4 }, ...well(people.li, people.chenFang, people.lele)]);
  const [told] = (await coverage(tian)).calls;
  expect(told).toMatchObject({
    householdId: homes.li,
    state: 'alert',
    reasons: ['urgent', 'needsMedicine', 'chronic'],
    followUps: [{ personId: people.grandma, stage: 'onDuty' }],
  });
  expect(told?.persons[0]).toMatchObject({ name: '赵桂芳', symptoms: ['urgent', 'chestPain'], temperatureC: 38.4 });

  const seen = await coverage(secretary);
  expect(seen.calls[0]).toMatchObject({ reasons: ['urgent', 'needsMedicine', 'chronic'], state: 'alert' });
  expect(seen.calls[0]?.persons[0]).toMatchObject({ level: 'alert', symptoms: [], needs: [] });
  for (const path of ['coverage', 'report', 'shift']) {
    const text = JSON.stringify(await answer(secretary, path));
    expect(text).not.toMatch(/chestPain|38\.4/u);
  }
});

describe('two workers of one grid', () => {
  let he: HttpDevice;
  beforeEach(async () => {
    await operate('people.giveRole', { personId: people.he, kind: 'gridWorker', grid: '一格' });
    he = await town.device('he');
  });

  it('do not ring the same door: who calls is shown, and the door sinks for the other', async () => {
    expect((await coverage(he)).calls.map((call) => call.householdId)).toEqual([homes.wang, homes.li]);
    expect(await tian.act('checkIn.takeCall', { householdId: homes.wang, day })).toMatchObject(accepted);
    const seen = await coverage(he);
    expect(seen.calls.map((call) => call.householdId)).toEqual([homes.li, homes.wang]);
    expect(seen.calls[1]?.calling).toMatchObject({ by: people.tian, name: '田建国' });
    expect((await coverage(tian)).calls[0]?.householdId).toBe(homes.wang);
    expect(await he.act('checkIn.takeCall', { householdId: homes.wang, day })).toMatchObject({ code: 'beingCalled' });

    town.world.pass(15 * MINUTE_MS);
    expect(await callTo(he, homes.wang)).not.toHaveProperty('calling');
    expect(await he.act('checkIn.takeCall', { householdId: homes.wang, day })).toMatchObject(accepted);
  });

  it('see each other’s tries; a door that nobody opened rests for an hour', async () => {
    await tian.act('checkIn.recordCall', { householdId: homes.wang, day, outcome: 'noAnswer', note: '响了很久' });
    const [first, second] = (await coverage(he)).calls;
    expect([first?.householdId, second?.householdId]).toEqual([homes.li, homes.wang]);
    expect(second?.attempts).toMatchObject([{ byName: '田建国', outcome: 'noAnswer', note: '响了很久' }]);
    town.world.pass(61 * MINUTE_MS);
    expect((await coverage(he)).calls[0]?.householdId).toBe(homes.wang);
  });
});

it('measures the time from an alert to the first contact, and lets the door go once it is closed', async () => {
  await submit(li, homes.li, [
    { personId: people.grandma, feels: 'unwell', symptoms: ['shortBreath'] },
    ...well(people.li, people.chenFang, people.lele),
  ]);
  expect(await coverage(tian)).not.toHaveProperty('contactMinutes');
  town.world.pass(9 * MINUTE_MS);
  await tian.act('checkIn.recordCall', { householdId: homes.li, day, outcome: 'answered' });
  expect(await coverage(tian)).toMatchObject({ contactMinutes: 9 });
  const followUpId = (await callTo(tian, homes.li))?.followUps[0]?.id;
  expect(await tian.act('checkIn.closeFollowUp', { followUpId, result: 'called' })).toMatchObject(accepted);
  expect(await callTo(tian, homes.li)).toBeUndefined();
  expect(await stateOf(tian, homes.li)).toBe('alert');
});

it('keeps on the list what somebody asked for yesterday and nobody has looked after', async () => {
  await submit(wang, homes.wang, [{ personId: people.wang, feels: 'well', needs: ['visit'] }]);
  town.world.pass(DAY_MS);
  const today = addDays(day, 1);
  await submit(wang, homes.wang, well(people.wang), today);
  expect(await stateOf(tian, homes.wang)).toBe('watch');
  const call = await callTo(tian, homes.wang);
  expect(call).toMatchObject({ state: 'watch', followUps: [{ reasons: ['visit'] }] });
  expect(call?.reasons[0]).toBe('needsVisit');
  await tian.act('checkIn.closeFollowUp', { followUpId: call?.followUps[0]?.id, result: 'visited' });
  expect(await stateOf(tian, homes.wang)).toBe('done');
});

it('away and in hospital are neither missing nor well, and the day of return asks again', async () => {
  await submit(li, homes.li, well(people.li, people.chenFang, people.lele, people.grandma));
  const tomorrow = addDays(day, 1);
  const away = { personId: people.wang, presence: 'away', until: addDays(day, 2) };
  expect(await wang.act('people.setPresence', away)).toMatchObject(accepted);
  expect((await coverage(tian)).counts).toMatchObject({ missing: 0, away: 1, done: 1 });
  town.world.pass(2 * DAY_MS);
  expect(await stateOf(tian, homes.wang)).toBe('missing');
  expect(await stateOf(tian, homes.wang, tomorrow)).toBe('away');
  const hospital = { personId: people.wang, presence: 'hospital' };
  expect(await tian.act('people.setPresence', hospital)).toMatchObject(accepted);
  expect(await stateOf(tian, homes.wang)).toBe('away');
});

it('shows a past day as it was, whatever has happened since', async () => {
  await submit(li, homes.li, well(people.li, people.chenFang, people.lele, people.grandma));
  town.world.pass(DAY_MS);
  const gone = { personId: people.wang, presence: 'movedOut' };
  expect(await tian.act('people.setPresence', gone)).toMatchObject(accepted);
  expect(await stateOf(tian, homes.wang)).toBe('vacant');
  const then = await coverage(tian, day);
  expect(then).toMatchObject({ day, counts: { doors: 2, missing: 1, done: 1 } });
  expect(then.calls).toMatchObject([{ householdId: homes.wang, persons: [{ name: '王秀兰' }] }]);
  expect(await coverage(tian, '2999-01-01')).toMatchObject({ day: addDays(day, 1) });
});

it('a sign of life counts as heard, and silence of who need not report is found once it is due', async () => {
  const phone = await town.device('he');
  expect(await phone.act('people.setGreeting', { personId: people.he, quiet: true })).toMatchObject(accepted);
  await submit(phone, homes.he, well(people.zhou));
  expect(await stateOf(secretary, homes.he)).toBe('done');
  passTo('10:01');
  expect(await stateOf(secretary, homes.he)).toBe('missing');
  const sign = { householdId: homes.he, personId: people.he, day };
  expect(await phone.act('checkIn.sign', sign)).toMatchObject(accepted);
  expect(await stateOf(secretary, homes.he)).toBe('done');
  town.world.pass(DAY_MS);
  expect((await callTo(secretary, homes.he))?.silentDays).toBe(1);
});

it('keeps unrelated households behind one door apart', async () => {
  const shared = { building: '3栋', unit: '2', floor: 5, room: '503', grid: '一格' };
  const households = (['甲', '乙'] as const).map((share) => ({
    ...shared,
    share,
    persons: [{ name: `租客${share}` }],
  }));
  await operate('people.importRoster', { ...roster, households: [...roster.households, ...households] });
  const calls = (await coverage(tian)).calls.filter((call) => call.door.startsWith('3-2-503'));
  expect(calls.map((call) => [call.door, call.persons.map((one) => one.name)])).toEqual([
    ['3-2-503甲', ['租客甲']],
    ['3-2-503乙', ['租客乙']],
  ]);
});

describe('the usual time of a door', () => {
  it('is learned from a fortnight of its own answers, and passes an hour after it', async () => {
    for (let ago = 7; ago >= 1; ago--) {
      const on = addDays(day, -ago);
      passTo(ago % 2 === 0 ? '07:20' : '07:30', on);
      // The usual time is told in full minutes: not at the edge of one.
      town.world.pass(MINUTE_MS / 3);
      expect(await submit(wang, homes.wang, well(people.wang), on)).toMatchObject(accepted);
    }
    passTo('08:30');
    expect(await callTo(tian, homes.wang)).not.toHaveProperty('usualBy');
    passTo('08:32');
    expect(await callTo(tian, homes.wang)).toMatchObject({ usualBy: '08:31', silentDays: 1 });
    expect((await callTo(tian, homes.wang))?.reasons).toContain('usualTimePassed');
    expect(await callTo(tian, homes.li)).not.toHaveProperty('usualBy');
    await submit(wang, homes.wang, well(people.wang));
    expect(await callTo(tian, homes.wang)).toBeUndefined();
  });

  it('is not when a worker rang', async () => {
    for (let ago = 7; ago >= 1; ago--) {
      const on = addDays(day, -ago);
      passTo('07:00', on);
      const args = { householdId: homes.wang, day: on, slot: 'morning', how: 'phoned', entries: well(people.wang) };
      expect(await tian.act('checkIn.submit', args)).toMatchObject(accepted);
    }
    passTo('09:00');
    expect(await callTo(tian, homes.wang)).not.toHaveProperty('usualBy');
  });
});

describe('the report', () => {
  it('is made from the day, with counts, silent doors and time to contact', async () => {
    await submit(li, homes.li, [
      { personId: people.grandma, feels: 'unwell', symptoms: ['fell'] },
      ...well(people.li, people.chenFang, people.lele),
    ]);
    town.world.pass(4 * MINUTE_MS);
    await tian.act('checkIn.recordCall', { householdId: homes.li, day, outcome: 'met' });
    await tian.act('checkIn.recordCall', { householdId: homes.wang, day, outcome: 'knocked' });
    const report = await answer<DayReport>(tian, 'report');
    expect(report).toMatchObject({
      day,
      communityName: '湖畔小区',
      grids: ['一格'],
      counts: { doors: 2, alert: 1, missing: 1 },
      silent: [{ door: '3-2-501', tries: 1 }],
      alerts: { opened: 1, seen: 1, closed: 0, medianContactMinutes: 4 },
      calls: { made: 2, reached: 1, knocked: 1 },
      observed: 0,
    });
    expect(JSON.stringify(report)).not.toMatch(/王秀兰|赵桂芳|fell/u);
    expect(await answer<DayReport>(secretary, 'report')).toMatchObject({ grids: [], counts: { doors: 5 } });
    town.world.pass(DAY_MS);
    expect(await answer<DayReport>(tian, `report?day=${day}`)).toMatchObject({ day, alerts: { opened: 1 } });
  });
});

describe('交班小结', () => {
  it('counts from the beginning of the own shift, else from midnight', async () => {
    await tian.act('checkIn.recordCall', { householdId: homes.wang, day, outcome: 'noAnswer' });
    expect(await answer<ShiftSummary>(tian, 'shift')).toMatchObject({
      since: timeOn(day),
      calls: { made: 1 },
      open: [],
    });
    town.world.pass(MINUTE_MS);
    const from = town.world.now();
    const shift = { id: town.world.newId(), personId: people.tian, grid: '一格', from, to: from + 8 * 60 * MINUTE_MS };
    expect(await tian.act('checkIn.startDuty', shift)).toMatchObject(accepted);
    await submit(li, homes.li, [{ personId: people.grandma, feels: 'unwell', symptoms: ['fell'] }]);
    await submit(wang, homes.wang, [{ personId: people.wang, feels: 'well', needs: ['talk'] }]);
    await tian.act('checkIn.recordCall', { householdId: homes.wang, day, outcome: 'answered' });
    const wangs = (await callTo(tian, homes.wang))?.followUps[0]?.id;
    await tian.act('checkIn.closeFollowUp', { followUpId: wangs, result: 'called' });
    const summary = await answer<ShiftSummary>(tian, 'shift');
    expect(summary).toMatchObject({
      since: from,
      calls: { made: 1, reached: 1, knocked: 0 },
      followUps: { opened: 2, closed: 1 },
      open: [{ door: '3-1-402', personName: '赵桂芳', reasons: ['alert'] }],
    });
    expect(await answer<ShiftSummary>(secretary, 'shift')).toMatchObject({ since: timeOn(day), calls: { made: 2 } });
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE_MS, timeOn } from '../src/domain/day.ts';
import type { Coverage, ShiftSummary } from '../src/pillars/check-in/desk/schema.ts';
import { tendAlerts } from '../src/pillars/check-in/duty/duty.server.ts';
import type { Call, FollowUp, FollowUpCard } from '../src/pillars/check-in/follow-up/schema.ts';
import type { CheckIn } from '../src/pillars/check-in/schema.ts';
import type { Person } from '../src/people/schema.ts';
import type { HttpDevice } from './support/http-device.ts';
import { homes, openTown, people, type Town } from './support/town.ts';

const day = '2026-11-22';
const accepted = { outcome: 'accepted' };
let town: Town;
let li: HttpDevice, wang: HttpDevice, chen: HttpDevice, tian: HttpDevice, zhou: HttpDevice, secretary: HttpDevice;

beforeEach(async () => {
  town = await openTown();
  li = await town.device('li');
  wang = await town.device('wang');
  chen = await town.device('chen');
  tian = await town.device('tian');
  zhou = await town.device('zhou');
  secretary = await town.device('secretary');
});
afterEach(() => town.close());

const now = () => town.world.now();
const passTo = (clock: string, on = day) => town.world.pass(timeOn(on, clock) - now());
const unwell = (personId: string, more: object = {}) => ({ personId, feels: 'unwell', ...more });
const submit = (device: HttpDevice, householdId: string, entry: object, more: object = {}) =>
  device.act('checkIn.submit', { householdId, day, slot: 'morning', entries: [entry], ...more });
async function held<R extends { id: string }>(device: HttpDevice, entity: string): Promise<readonly R[]> {
  await device.pull();
  return device.held<R>(entity);
}
async function answer<T>(device: HttpDevice, path: string): Promise<T> {
  const response = await device.request(`/api/desk/${path}`);
  expect(response.status).toBe(200);
  return (await response.json()) as T;
}
const stateOf = async (householdId: string) =>
  (await answer<Coverage>(tian, 'coverage')).buildings
    .flatMap((building) => building.squares)
    .find((square) => square.householdId === householdId)?.state;

async function worker(personId: string, grid: string) {
  expect(await secretary.act('people.giveRole', { personId, kind: 'gridWorker', grid })).toMatchObject(accepted);
}
async function onDuty(personId: string, grid = '一格') {
  const shift = { id: town.world.newId(), personId, grid, from: now() - MINUTE_MS, to: now() + 600 * MINUTE_MS };
  expect(await secretary.act('checkIn.startDuty', shift)).toMatchObject(accepted);
}

it('a family phone marked as a worker opens no follow-up of theirs', async () => {
  await worker(people.chen, '二格');
  expect(await chen.act('people.sayWho', { personId: people.chen })).toMatchObject(accepted);
  await onDuty(people.chen);
  await submit(li, homes.li, unwell(people.grandma, { symptoms: ['chestPain'] }));
  const id = `${people.grandma}/${day}`;
  expect(await held<FollowUp>(tian, 'followUp')).toMatchObject([{ assignedTo: people.chen }]);
  expect(await held(chen, 'followUp')).toEqual([]);
  expect(await chen.act('checkIn.seeFollowUp', { followUpId: id })).toMatchObject({ code: 'notFound' });
  expect(await chen.act('checkIn.closeFollowUp', { followUpId: id, result: 'called' })).toMatchObject({
    code: 'notFound',
  });
  const record = { householdId: homes.li, day, outcome: 'answered' };
  expect(await chen.act('checkIn.recordCall', record)).toMatchObject({ code: 'notAllowed' });
});

it('a taken back 很急 leaves the fever of a reading with whoever looks after it', async () => {
  const observationId = town.world.newId();
  expect(
    await tian.act('checkIn.startObservation', { id: observationId, personId: people.grandma, days: 7 }),
  ).toMatchObject(accepted);
  await li.act('checkIn.takeReading', { observationId, day, slot: 'morning', temperatureC: 38.4 });
  town.world.pass(MINUTE_MS);
  await submit(li, homes.li, unwell(people.grandma, { symptoms: ['urgent'] }));
  const said = { householdId: homes.li, day, slot: 'morning', personIds: [people.grandma] };
  expect(await li.act('checkIn.retract', said)).toMatchObject(accepted);
  expect(await held<FollowUp>(tian, 'followUp')).toMatchObject([{ level: 'alert', reasons: ['alert', 'urgent'] }]);
});

it('who is observed and in hospital is neither missing nor called', async () => {
  const id = town.world.newId();
  await tian.act('checkIn.startObservation', { id, personId: people.wang, days: 7 });
  await wang.act('people.setPresence', { personId: people.wang, presence: 'hospital' });
  passTo('12:30');
  expect(await stateOf(homes.wang)).toBe('away');
});

it.each(['2025-13-45', '2025-02-30', '0000-00-00', "2025-01-01'"])(
  'a day that is none (%s) is answered as today',
  async (text) => {
    for (const path of ['coverage', 'report']) {
      expect(await answer(tian, `${path}?day=${encodeURIComponent(text)}`)).toMatchObject({ day });
    }
  },
);

it('a guardian of another household who is gone answers for nobody', async () => {
  await tian.act('people.setGuardian', { personId: people.lele, guardianId: people.wang });
  expect(await tian.act('people.setPresence', { personId: people.wang, presence: 'deceased' })).toMatchObject(accepted);
  const lele = (await held<Person>(li, 'person')).find((one) => one.id === people.lele);
  expect(lele?.guardianId ?? null).toBe(null);
  expect(lele?.guardianName ?? null).toBe(null);
});

describe('what is said after a follow-up was closed', () => {
  it('wants a call again', async () => {
    await submit(wang, homes.wang, unwell(people.wang, { symptoms: ['cough'], needs: ['medicine'] }));
    const followUpId = `${people.wang}/${day}`;
    expect(await tian.act('checkIn.closeFollowUp', { followUpId, result: 'called' })).toMatchObject(accepted);
    expect((await answer<Coverage>(tian, 'coverage')).calls.map((one) => one.householdId)).not.toContain(homes.wang);
    town.world.pass(60 * MINUTE_MS);
    await submit(wang, homes.wang, unwell(people.wang, { symptoms: ['dizzy'] }));
    expect((await answer<Coverage>(tian, 'coverage')).calls.map((one) => one.householdId)).toContain(homes.wang);
  });
});

it('交班小结 tells of an alert of another grid that is the asker’s by now', async () => {
  await worker(people.zhou, '二格');
  await onDuty(people.tian);
  await submit(li, homes.li, unwell(people.grandma, { symptoms: ['chestPain'] }));
  town.world.pass(15 * MINUTE_MS);
  await tendAlerts(town.communityId, town.db, town.server.operate, now());
  expect(await held<FollowUp>(zhou, 'followUp')).toMatchObject([{ assignedTo: people.zhou }]);
  expect((await answer<ShiftSummary>(zhou, 'shift')).open).toMatchObject([{ id: `${people.grandma}/${day}` }]);
});

it('what was read of somebody leaves the worker’s phone some days after the observation’s last, offline too', async () => {
  const id = town.world.newId();
  await tian.act('checkIn.startObservation', { id, personId: people.grandma, days: 2 });
  await li.act('checkIn.takeReading', { observationId: id, day, slot: 'morning', temperatureC: 36.6 });
  passTo('09:00', '2026-11-25');
  expect(await held(tian, 'observation')).toHaveLength(1);
  expect(await held(tian, 'reading')).toHaveLength(1);
  expect((await tian.pull()).until[`observation:${id}`]).toBe(timeOn('2026-11-26'));
  passTo('00:01', '2026-11-26');
  expect(await held(tian, 'observation')).toEqual([]);
  expect(await held(tian, 'reading')).toEqual([]);
  expect(await held(li, 'reading')).toHaveLength(1);
});

it('taking back what was said in the evening leaves the morning’s', async () => {
  expect(
    await secretary.act('people.changeSettings', {
      slots: ['morning', 'evening'],
      dueAt: { morning: '10:00', evening: '20:00' },
    }),
  ).toMatchObject(accepted);
  await submit(wang, homes.wang, { personId: people.wang, feels: 'unwell', symptoms: ['cough'] });
  town.world.pass(60 * MINUTE_MS);
  await submit(wang, homes.wang, { personId: people.wang, feels: 'well', recovered: true }, { slot: 'evening' });
  const takeBack = (slot: string) =>
    wang.act('checkIn.retract', { householdId: homes.wang, day, slot, personIds: [people.wang] });
  expect(await takeBack('morning')).toMatchObject({ code: 'tooLate' });
  expect(await takeBack('evening')).toMatchObject(accepted);
  expect(await held<CheckIn>(wang, 'checkIn')).toMatchObject([{ slot: 'morning', level: 'watch' }]);
  // Taken back already: nothing changes.
  expect(await takeBack('evening')).toMatchObject(accepted);
});

it('whoever names somebody of another household learns nothing, nor changes anything', async () => {
  expect(
    await wang.act('checkIn.retract', { householdId: homes.li, day, slot: 'morning', personIds: [people.li] }),
  ).toMatchObject({ code: 'notAllowed' });
  expect(
    await wang.act('checkIn.retract', { householdId: 'h-none', day, slot: 'morning', personIds: [people.li] }),
  ).toMatchObject({ code: 'notAllowed' });
  await submit(li, homes.li, { personId: people.li, feels: 'well' });
  expect(
    await wang.act('checkIn.retract', { householdId: homes.wang, day, slot: 'morning', personIds: [people.li] }),
  ).toMatchObject(accepted);
  expect(await held<CheckIn>(li, 'checkIn')).toHaveLength(1);
  for (const personId of [people.wang, 'p-none']) {
    expect(await submit(li, homes.li, { personId, feels: 'well' })).toMatchObject({ code: 'notFound' });
    expect(await wang.act('people.setGuardian', { personId: people.li, guardianId: personId })).toMatchObject({
      code: 'notAllowed',
    });
  }
});

it('nobody finds out by 出门 who lives elsewhere', async () => {
  for (const personId of [people.li, 'p-none']) {
    expect(await wang.act('people.setPresence', { personId, presence: 'away' })).toMatchObject({ code: 'notAllowed' });
  }
});

it('an alert of before midnight stands first on the next day’s list', async () => {
  town.world.pass(timeOn(day, '23:50') - now());
  await submit(wang, homes.wang, { personId: people.wang, feels: 'unwell', symptoms: ['chestPain'] });
  town.world.pass(20 * MINUTE_MS);
  const seen = await answer<Coverage>(tian, 'coverage');
  expect(seen.day).toBe('2026-11-23');
  expect(seen.calls[0]).toMatchObject({ householdId: homes.wang, followUps: [{ personId: people.wang }] });
  expect(await held<FollowUpCard>(wang, 'followUpCard')).toHaveLength(1);
});

it('what was noted of a call is read by who works for the grid, not by the secretary', async () => {
  await submit(wang, homes.wang, { personId: people.wang, feels: 'unwell', symptoms: ['chestPain'] });
  await tian.act('checkIn.recordCall', { householdId: homes.wang, day, outcome: 'answered', note: '胸口疼了一夜' });
  expect(await held<Call>(secretary, 'call')).toMatchObject([{ attempts: [{ outcome: 'answered' }] }]);
  const rows = JSON.stringify([...secretary.rows]);
  expect(rows).not.toMatch(/胸口疼/u);
  for (const path of ['coverage', 'report', 'shift'])
    expect(await (await secretary.request(`/api/desk/${path}`)).text()).not.toMatch(/胸口疼/u);
  expect(JSON.stringify(await held<FollowUp>(tian, 'followUp'))).toMatch(/胸口疼/u);
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS, MINUTE_MS, timeOn } from '../src/domain/day.ts';
import type { FollowUp, FollowUpCard } from '../src/pillars/check-in/follow-up/schema.ts';
import { observationJobs, tendObservations } from '../src/pillars/check-in/observation/observation.server.ts';
import type { Observation, Reading } from '../src/pillars/check-in/observation/schema.ts';
import type { HttpDevice } from './support/http-device.ts';
import { homes, openTown, people, type Town } from './support/town.ts';

const day = '2026-11-22';
const accepted = { outcome: 'accepted' };
let town: Town;
let li: HttpDevice, chen: HttpDevice, he: HttpDevice, tian: HttpDevice, secretary: HttpDevice;

beforeEach(async () => {
  town = await openTown();
  li = await town.device('li');
  chen = await town.device('chen');
  he = await town.device('he');
  tian = await town.device('tian');
  secretary = await town.device('secretary');
});
afterEach(() => town.close());

const start = (device: HttpDevice, more: object = {}) =>
  device.act('checkIn.startObservation', { id: town.world.newId(), personId: people.grandma, days: 7, ...more });

/** 田建国 begins to look after 赵桂芳 for seven days. @returns the observation's id */
async function underObservation(more: object = {}): Promise<string> {
  const id = town.world.newId();
  expect(await start(tian, { id, reason: '接触过病例', ...more })).toMatchObject(accepted);
  return id;
}

const read = (device: HttpDevice, observationId: string, temperatureC: number, more: object = {}) =>
  device.act('checkIn.takeReading', { observationId, day, slot: 'morning', temperatureC, ...more });

async function held<R extends { id: string }>(device: HttpDevice, entity: string): Promise<readonly R[]> {
  await device.pull();
  return device.held<R>(entity);
}

const cards = async () =>
  (await held<FollowUpCard>(li, 'followUpCard')).filter((one) => one.personId === people.grandma);
/** The follow-ups as the grid's worker holds them. */
const followUps = () => held<FollowUp>(tian, 'followUp');
const at = (clock: string, on = day) => timeOn(on, clock);
/** Turns the clock on to a time of the day. */
const passTo = (clock: string, on = day) => town.world.pass(at(clock, on) - town.world.now());
const tend = (asked?: Set<string>) =>
  tendObservations(town.communityId, town.db, town.server.operate, town.world.now(), asked);

describe('居家观察', () => {
  it('is begun by the grid’s worker and read by the household, its grid worker, and nobody else', async () => {
    const id = await underObservation();
    const expected = { personName: '赵桂芳', startDay: day, endDay: '2026-11-28', days: 7, startedByName: '田建国' };
    expect(await held<Observation>(li, 'observation')).toMatchObject([{ id, ...expected, reason: '接触过病例' }]);
    expect(await held(tian, 'observation')).toHaveLength(1);
    await read(li, id, 36.6, { mood: 'soso' });
    expect(await held(tian, 'reading')).toHaveLength(1);
    for (const device of [chen, he, secretary]) {
      expect(await held(device, 'observation')).toEqual([]);
      expect(await held(device, 'reading')).toEqual([]);
    }
  });

  it('opens its days to a helper as they come', async () => {
    const until = town.world.now() + 30 * DAY_MS;
    const grant = { id: town.world.newId(), householdId: homes.li, helperId: people.he, powers: ['check-in'], until };
    expect(await li.act('people.grantCare', grant)).toMatchObject(accepted);
    const id = await underObservation({ days: 1 });
    await read(li, id, 36.6);
    expect(await held(he, 'observation')).toHaveLength(1);
    expect(await held(he, 'reading')).toHaveLength(1);
    expect(await read(he, id, 36.9)).toMatchObject({ code: 'howNeeded' });
    expect(await read(he, id, 36.9, { how: 'seen' })).toMatchObject(accepted);
    passTo('09:00', '2026-11-23');
    expect(await held(he, 'observation')).toEqual([]);
    expect(await held(he, 'reading')).toEqual([]);
    expect(await held(li, 'reading')).toHaveLength(1);
  });

  it('is refused where it may not begin', async () => {
    expect(await start(li)).toMatchObject({ code: 'notAllowed' });
    expect(await start(he)).toMatchObject({ code: 'notAllowed' });
    expect(await start(tian, { personId: people.chen })).toMatchObject({ code: 'notAllowed' });
    expect(await start(tian, { personId: 'nobody' })).toMatchObject({ code: 'notAllowed' });
    for (const days of [0, 22, 1.5, '7']) expect(await start(tian, { days })).toMatchObject({ code: 'malformed' });
    await li.act('people.setPresence', { personId: people.grandma, presence: 'hospital' });
    expect(await start(tian)).toMatchObject({ code: 'notAtHome' });
    expect(await start(secretary, { personId: people.chen })).toMatchObject(accepted);
  });

  it('is one at a time, and another one after it', async () => {
    await underObservation({ days: 1 });
    expect(await start(tian)).toMatchObject({ code: 'alreadyThere' });
    expect(await start(tian, { personId: people.lele })).toMatchObject(accepted);
    passTo('08:00', '2026-11-23');
    expect(await start(tian)).toMatchObject(accepted);
  });

  it('begins in an emergency only, and goes on where that ends before it does', async () => {
    const id = await underObservation();
    expect(await secretary.act('people.changeSettings', { mode: 'ordinary' })).toMatchObject(accepted);
    expect(await start(tian, { personId: people.lele })).toMatchObject({ code: 'ordinaryMode' });
    expect(await read(li, id, 36.7)).toMatchObject(accepted);
    passTo('20:01');
    expect(await tend()).toBe(1);
  });

  it('is ended early with a reason, and takes no reading then', async () => {
    const id = await underObservation();
    const end = (device: HttpDevice, reason = '去了发热门诊') =>
      device.act('checkIn.endObservation', { observationId: id, reason });
    expect(await end(li)).toMatchObject({ code: 'notAllowed' });
    expect(await end(tian, ' ')).toMatchObject({ code: 'malformed' });
    expect(await end(tian)).toMatchObject(accepted);
    expect(await held<Observation>(li, 'observation')).toMatchObject([
      { endReason: '去了发热门诊', endedByName: '田建国' },
    ]);
    expect(await end(secretary)).toMatchObject({ code: 'alreadyClosed' });
    expect(await read(li, id, 36.6)).toMatchObject({ code: 'alreadyClosed' });
    passTo('20:01');
    expect(await tend()).toBe(0);
    expect(await start(tian)).toMatchObject(accepted);
  });
});

describe('a reading', () => {
  it('of 37.3 °C and more asks for somebody at once, also where a lower one is told after it', async () => {
    const shift = { id: 's', personId: people.tian, grid: '一格', from: town.world.now(), to: at('20:00') };
    await tian.act('checkIn.startDuty', shift);
    const id = await underObservation();
    await read(li, id, 37.2);
    expect(await cards()).toEqual([]);
    await read(li, id, 37.3);
    expect(await cards()).toMatchObject([{ level: 'alert', assignedName: '田建国' }]);
    expect(await followUps()).toMatchObject([{ reasons: ['alert'], level: 'alert' }]);
    await read(li, id, 36.9);
    const [row] = await held<Reading>(li, 'reading');
    expect(row).toMatchObject({ temperatureC: 36.9, level: 'ok' });
    expect(row!.history.map(({ temperatureC }) => temperatureC)).toEqual([37.2, 37.3]);
    expect(await cards()).toMatchObject([{ level: 'alert' }]);
    expect((await cards())[0]!.closedAt).toBeUndefined();
  });

  it('taken earlier and heard of later goes into the history; its fever is heard', async () => {
    const id = await underObservation();
    town.world.pass(30 * MINUTE_MS);
    const args = { observationId: id, day, slot: 'morning', temperatureC: 38.4, how: 'seen' };
    await read(li, id, 36.6);
    const { verdicts } = await tian.push({
      name: 'checkIn.takeReading',
      args,
      at: town.world.now() - 20 * MINUTE_MS,
    });
    expect(verdicts[0]).toMatchObject(accepted);
    const [row] = await held<Reading>(li, 'reading');
    expect(row).toMatchObject({ temperatureC: 36.6, history: [{ temperatureC: 38.4 }] });
    expect(await cards()).toMatchObject([{ level: 'alert' }]);
  });

  it('with a need asks for a look, and says who took it and how they know', async () => {
    const id = await underObservation();
    expect(await read(tian, id, 36.5)).toMatchObject({ code: 'howNeeded' });
    expect(await read(tian, id, 36.5, { how: 'phoned', needs: ['medicine', 'talk'], mood: 'low' })).toMatchObject(
      accepted,
    );
    expect(await held<Reading>(li, 'reading')).toMatchObject([
      { how: 'phoned', mood: 'low', needs: ['medicine', 'talk'], by: { name: '田建国', actingFor: true } },
    ]);
    expect(await followUps()).toMatchObject([{ level: 'watch', reasons: ['medicine', 'talk'] }]);
  });

  it.each([3.7, 367, 37.25, 33.9, 43.1, '37'])('of %s is not taken', async (temperatureC) => {
    const id = await underObservation();
    expect(await read(li, id, temperatureC as number)).toMatchObject({ code: 'malformed' });
    expect(await held(li, 'reading')).toEqual([]);
  });

  it('is refused for a day that has not come or was not, a slot that does not exist, and to other households', async () => {
    const id = await underObservation({ days: 1 });
    expect(await read(li, id, 36.6, { day: '2026-11-23' })).toMatchObject({ code: 'notToday' });
    expect(await read(li, id, 36.6, { day: '2026-11-21' })).toMatchObject({ code: 'notToday' });
    expect(await read(li, id, 36.6, { day: 'heute' })).toMatchObject({ code: 'malformed' });
    expect(await read(li, id, 36.6, { slot: 'noon' })).toMatchObject({ code: 'malformed' });
    expect(await read(chen, id, 36.6)).toMatchObject({ code: 'notAllowed' });
    expect(await read(chen, 'none', 36.6)).toMatchObject({ code: 'notAllowed' });
    passTo('08:00', '2026-11-23');
    expect(await read(li, id, 36.6, { day: '2026-11-23' })).toMatchObject({ code: 'alreadyClosed' });
    expect(await read(li, id, 36.6)).toMatchObject(accepted);
    expect(await held<Reading>(li, 'reading')).toMatchObject([{ day, late: true }]);
  });

  it('by a phone whose clock is two days ahead counts for when it was taken', async () => {
    const id = await underObservation();
    const ahead = 2 * DAY_MS;
    const sent = li.envelope([
      {
        name: 'checkIn.takeReading',
        args: { observationId: id, day, slot: 'morning', temperatureC: 36.6 },
        at: town.world.now() + ahead,
      },
    ]);
    const response = await li.post('/api/push', { ...sent, sentAt: town.world.now() + ahead });
    expect(((await response.json()) as { verdicts: unknown[] }).verdicts).toMatchObject([accepted]);
    const [row] = await held<Reading>(li, 'reading');
    expect(Math.abs(row!.happenedAt - town.world.now())).toBeLessThan(5000);
    expect(row!.late).toBe(false);
  });
});

describe('a reading that does not come', () => {
  it('is looked after from an hour past its time, once', async () => {
    await underObservation();
    passTo('10:59');
    expect(await tend()).toBe(0);
    passTo('11:00');
    expect(await tend()).toBe(1);
    expect(await followUps()).toMatchObject([{ level: 'watch', reasons: ['missedReading'], personName: '赵桂芳' }]);
    const followUpId = (await followUps())[0]!.id;
    expect(await tian.act('checkIn.closeFollowUp', { followUpId, result: 'called' })).toMatchObject(accepted);
    // Also by a server that was started anew and remembers nothing: the orders' ids tell.
    town.world.pass(10 * MINUTE_MS);
    await tend();
    await tend();
    expect(await followUps()).toEqual([]);

    passTo('20:00');
    await tend();
    expect(await followUps()).toMatchObject([{ id: followUpId, reasons: ['missedReading'] }]);
    expect((await cards())[0]!.result).toBeUndefined();
  });

  it('is asked for once by one process, and again by the next, which hears what it was told before', async () => {
    await underObservation();
    passTo('11:00');
    const asked = new Set<string>();
    expect(await tend(asked)).toBe(1);
    expect(await tend(asked)).toBe(0);
    const count = () => town.db.query("select 1 from verdict where id like 'checkIn.missReading/%'");
    await tend();
    expect(await count()).toHaveLength(1);
  });

  it('and comes late counts, and is marked; what came in time is not looked after', async () => {
    const id = await underObservation();
    passTo('12:00');
    expect(await read(li, id, 36.6)).toMatchObject(accepted);
    expect(await held<Reading>(li, 'reading')).toMatchObject([{ late: true }]);
    expect(await tend()).toBe(0);
    passTo('18:00');
    await read(li, id, 36.7, { slot: 'evening' });
    passTo('23:00');
    expect(await tend()).toBe(0);
    expect(await followUps()).toEqual([]);
  });

  it.each([
    ['the same day is in time', '12:00', day, false],
    ['the next day is late', '08:00', '2026-11-23', true],
  ])('that was taken in time without a network and arrives %s', async (_when, clock, arrives, late) => {
    const id = await underObservation();
    const tapped = at('09:00');
    passTo(clock, arrives);
    await tend();
    const args = { observationId: id, day, slot: 'morning', temperatureC: 36.6 };
    await li.push({ name: 'checkIn.takeReading', args, at: tapped });
    expect(await held<Reading>(li, 'reading')).toMatchObject([{ late }]);
  });

  it('is found by the clock’s own round', async () => {
    await underObservation();
    passTo('11:00');
    const [job] = observationJobs;
    const nobody = () => Promise.resolve({ ok: false });
    await job!.run({ db: town.db, world: town.world, operate: town.server.operate, post: nobody });
    expect(await followUps()).toMatchObject([{ reasons: ['missedReading'] }]);
  });

  it('before the observation began was never due, nor where the person is in hospital, nor after its end', async () => {
    passTo('15:00');
    await underObservation({ days: 1 });
    expect(await tend()).toBe(0);
    expect(await li.act('people.setPresence', { personId: people.grandma, presence: 'hospital' })).toMatchObject(
      accepted,
    );
    passTo('21:00');
    expect(await tend()).toBe(0);
    expect(await li.act('people.setPresence', { personId: people.grandma, presence: 'home' })).toMatchObject(accepted);
    passTo('12:00', '2026-11-23');
    // Yesterday's evening is found out today, where the server was down; today asks for none any more.
    expect(await tend()).toBe(1);
    expect((await followUps()).map((one) => one.day)).toEqual([day]);
  });

  it('is missed by the clock alone', async () => {
    const args = { observationId: await underObservation(), day, slot: 'morning' };
    expect(await tian.act('checkIn.missReading', args)).toMatchObject({ code: 'notAllowed' });
    const order = { id: 'early', name: 'checkIn.missReading', args };
    expect(await town.server.operate(town.communityId, [order])).toMatchObject([{ code: 'wrongStep' }]);
    await read(li, args.observationId, 36.6);
    passTo('11:00');
    expect(await town.server.operate(town.communityId, [{ ...order, id: 'late' }])).toMatchObject([
      { code: 'alreadyAnswered' },
    ]);
  });
});

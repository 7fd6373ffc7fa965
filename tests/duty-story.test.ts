import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../src/domain/day.ts';
import { dutyJobs, tendAlerts } from '../src/pillars/check-in/duty/duty.server.ts';
import { createRobotTeller } from '../src/pillars/check-in/duty/robot.server.ts';
import type { Duty, RobotCard } from '../src/pillars/check-in/duty/schema.ts';
import type { FollowUp, FollowUpCard } from '../src/pillars/check-in/follow-up/schema.ts';
import { observationJobs } from '../src/pillars/check-in/observation/observation.server.ts';
import { server } from '../src/pillars/check-in/server.ts';
import { registry } from '../src/pillars/registry.server.ts';
import { postJson } from '../src/server/server-world.ts';
import type { HttpDevice } from './support/http-device.ts';
import { testServer } from './support/test-server.ts';
import { roster } from './support/town-roster.ts';
import { homes, openTown, people, type Town } from './support/town.ts';

const day = '2026-11-22';
const HOUR = 60 * MINUTE_MS;
let town: Town;
let li: HttpDevice, wang: HttpDevice, he: HttpDevice, zhou: HttpDevice, tian: HttpDevice, secretary: HttpDevice;

beforeEach(async () => {
  town = await openTown();
  li = await town.device('li');
  wang = await town.device('wang');
  he = await town.device('he');
  zhou = await town.device('zhou');
  tian = await town.device('tian');
  secretary = await town.device('secretary');
});
afterEach(() => town.close());

const now = () => town.world.now();
const soon = (hours: number) => now() + hours * HOUR;
const accepted = { outcome: 'accepted' };

/** 周敏 of 二格 becomes its grid worker. */
async function zhouJoinsTheDesk(): Promise<void> {
  const role = { personId: people.zhou, kind: 'gridWorker', grid: '二格' };
  expect(await secretary.act('people.giveRole', role)).toMatchObject(accepted);
}

const shiftOf = (personId: string, more: object = {}) => ({
  id: town.world.newId(),
  personId,
  grid: '一格',
  from: now() - MINUTE_MS,
  to: soon(8),
  ...more,
});

async function onDuty(personId: string): Promise<string> {
  const shift = shiftOf(personId);
  expect(await secretary.act('checkIn.startDuty', shift)).toMatchObject(accepted);
  return shift.id;
}

async function isUnwell(device: HttpDevice, householdId: string, personId: string): Promise<string> {
  const entries = [{ personId, feels: 'unwell', temperatureC: 38.6, symptoms: ['chestPain'] }];
  const args = { householdId, day, slot: 'morning', entries };
  expect(await device.act('checkIn.submit', args)).toMatchObject(accepted);
  return `${personId}/${day}`;
}

async function held<R extends { id: string }>(device: HttpDevice, entity: string, id: string): Promise<R | undefined> {
  await device.pull();
  return device.held<R>(entity).find((row) => row.id === id);
}

/** The follow-up as the household's card of it shows it. */
const card = async (device: HttpDevice, id: string) => (await held<FollowUpCard>(device, 'followUpCard', id))!;
const tend = (operate = town.server.operate) => tendAlerts(town.communityId, town.db, operate, now());

describe('a shift', () => {
  it('is begun by the desk, and read by everybody with the number', async () => {
    const shift = shiftOf(people.tian);
    expect(await tian.act('checkIn.startDuty', shift)).toMatchObject(accepted);
    expect(await held<Duty>(li, 'duty', shift.id)).toMatchObject({
      personName: '田建国',
      phone: '17000000008',
      place: '一格',
      to: shift.to,
    });
    const all = shiftOf(people.secretary, { grid: undefined });
    expect(await secretary.act('checkIn.startDuty', all)).toMatchObject(accepted);
    // The secretary has no number on the roster: the duty phone is told.
    expect(await held<Duty>(wang, 'duty', all.id)).toMatchObject({ place: '', phone: '17000009999' });
  });

  it('is refused to whoever may not arrange it, for who is none of the staff, and beyond its bounds', async () => {
    const start = (device: HttpDevice, more: object, personId = people.tian) =>
      device.act('checkIn.startDuty', shiftOf(personId, more));
    expect(await start(li, {}, people.li)).toMatchObject({ code: 'notAllowed' });
    expect(await start(he, {}, people.he)).toMatchObject({ code: 'notAllowed' });
    expect(await start(tian, { grid: '二格' }, people.secretary)).toMatchObject({ code: 'notAllowed' });
    expect(await start(secretary, {}, people.he)).toMatchObject({ code: 'notOneOfUs' });
    expect(await start(secretary, {}, people.li)).toMatchObject({ code: 'notOneOfUs' });
    expect(await start(secretary, {}, 'nobody')).toMatchObject({ code: 'notFound' });
    expect(await start(secretary, { grid: '九格' })).toMatchObject({ code: 'notFound' });
    expect(await start(tian, { from: now(), to: soon(72.1) })).toMatchObject({
      code: 'overLimit',
      details: { hours: 72 },
    });
    expect(await start(tian, { from: now() - 2 * HOUR, to: now() - HOUR })).toMatchObject({ code: 'expired' });
    expect(await start(tian, { from: soon(2), to: soon(1) })).toMatchObject({ code: 'expired' });
    expect(await start(tian, { from: now(), to: -1 })).toMatchObject({ code: 'malformed' });
    expect(await town.db.query('select id from duty')).toEqual([]);
  });

  it('is not for somebody whose own duty has ended', async () => {
    await zhouJoinsTheDesk();
    await secretary.act('people.endRole', { personId: people.zhou, kind: 'gridWorker' });
    town.world.pass(1000);
    expect(await secretary.act('checkIn.startDuty', shiftOf(people.zhou))).toMatchObject({ code: 'notOneOfUs' });
  });

  it('ends once', async () => {
    const dutyId = await onDuty(people.tian);
    expect(await li.act('checkIn.endDuty', { dutyId })).toMatchObject({ code: 'notAllowed' });
    expect(await tian.act('checkIn.endDuty', { dutyId })).toMatchObject(accepted);
    expect(await tian.act('checkIn.endDuty', { dutyId })).toMatchObject({ code: 'notOnDuty' });
    const alert = await isUnwell(wang, homes.wang, people.wang);
    expect((await card(wang, alert)).assignedTo).toBeUndefined();
  });
});

it('whoever is none of the staff any more is not on duty any longer', async () => {
  await zhouJoinsTheDesk();
  const [tians, zhous] = [await onDuty(people.tian), await onDuty(people.zhou)];
  const [, , job] = dutyJobs;
  const run = () => job!.run({ db: town.db, world: town.world, operate: town.server.operate, post: postJson });
  await run();
  expect((await held<Duty>(li, 'duty', zhous))!.endedAt).toBeUndefined();
  await secretary.act('people.endRole', { personId: people.zhou, kind: 'gridWorker' });
  town.world.pass(1000);
  await run();
  await run();
  expect((await held<Duty>(li, 'duty', zhous))!.endedAt).toBeGreaterThan(0);
  expect((await held<Duty>(li, 'duty', tians))!.endedAt).toBeUndefined();
  const alert = await isUnwell(wang, homes.wang, people.wang);
  expect((await card(wang, alert)).assignedTo).toBe(people.tian);
});

describe('交班', () => {
  it('ends the shift, begins the next one’s, and takes along what is open', async () => {
    await zhouJoinsTheDesk();
    const dutyId = await onDuty(people.tian);
    const unseen = await isUnwell(wang, homes.wang, people.wang);
    const seen = await isUnwell(li, homes.li, people.grandma);
    await tian.act('checkIn.seeFollowUp', { followUpId: seen });
    const closed = await isUnwell(li, homes.li, people.lele);
    await tian.act('checkIn.closeFollowUp', { followUpId: closed, result: 'called' });
    const raisedAt = (await card(wang, unseen)).raisedAt;
    await zhou.pull();
    expect(zhou.held('followUp')).toEqual([]);

    town.world.pass(10 * MINUTE_MS);
    const args = { dutyId, nextId: town.world.newId(), toPersonId: people.zhou, to: soon(12) };
    expect(await tian.act('checkIn.handOverDuty', args)).toMatchObject(accepted);
    await zhou.pull();
    expect(new Set(zhou.held('followUp').map(({ id }) => id))).toEqual(new Set([unseen, seen]));
    const [first, second] = [await card(wang, unseen), await card(li, seen)];
    expect(first).toMatchObject({ assignedTo: people.zhou, assignedName: '周敏', stage: 'onDuty' });
    expect(first.raisedAt - raisedAt).toBeGreaterThanOrEqual(10 * MINUTE_MS);
    expect(second).toMatchObject({ assignedTo: people.zhou, seenByName: '田建国' });
    expect((await held<FollowUp>(zhou, 'followUp', unseen))!.passes.map(({ because }) => because)).toEqual([
      'opened',
      'handOver',
    ]);
    expect((await card(li, closed)).assignedTo).toBeUndefined();

    expect(await held<Duty>(li, 'duty', args.nextId)).toMatchObject({ personName: '周敏', place: '一格' });
    expect(await tian.act('checkIn.handOverDuty', { ...args, nextId: town.world.newId() })).toMatchObject({
      code: 'notOnDuty',
    });
    const later = await isUnwell(li, homes.li, people.chenFang);
    expect((await card(li, later)).assignedTo).toBe(people.zhou);
  });

  it('is for whoever has the shift, or the secretary; to one of us, and not to oneself', async () => {
    await zhouJoinsTheDesk();
    const dutyId = await onDuty(people.tian);
    const hand = (device: HttpDevice, toPersonId: string, more: object = {}) =>
      device.act('checkIn.handOverDuty', { dutyId, nextId: town.world.newId(), toPersonId, to: soon(8), ...more });
    expect(await hand(zhou, people.zhou)).toMatchObject({ code: 'notAllowed' });
    expect(await hand(li, people.zhou)).toMatchObject({ code: 'notAllowed' });
    expect(await hand(tian, people.he)).toMatchObject({ code: 'notOneOfUs' });
    expect(await hand(tian, people.tian)).toMatchObject({ code: 'alreadyThere' });
    expect(await hand(tian, people.zhou, { to: soon(73) })).toMatchObject({ code: 'overLimit' });
    expect(await hand(tian, people.zhou, { dutyId: 'none' })).toMatchObject({ code: 'notFound' });
    expect(await hand(secretary, people.zhou)).toMatchObject(accepted);
  });

  it('tapped in the shift without a network still counts when it arrives after its end; tapped later it does not', async () => {
    await zhouJoinsTheDesk();
    const shift = shiftOf(people.tian, { to: soon(1) });
    await tian.act('checkIn.startDuty', shift);
    const alert = await isUnwell(wang, homes.wang, people.wang);
    const tapped = now() + 50 * MINUTE_MS;
    town.world.pass(2 * HOUR);
    const args = { dutyId: shift.id, nextId: town.world.newId(), toPersonId: people.zhou, to: soon(8) };
    const late = await tian.act('checkIn.handOverDuty', { ...args, nextId: town.world.newId() });
    expect(late).toMatchObject({ code: 'notOnDuty' });
    const { verdicts } = await tian.push({ name: 'checkIn.handOverDuty', args, at: tapped });
    expect(verdicts[0]).toMatchObject(accepted);
    expect((await card(wang, alert)).assignedTo).toBe(people.zhou);
  });
});

describe('an alert that nobody opens', () => {
  it('goes to a colleague after fifteen minutes, to the secretary after fifteen more, and stays there', async () => {
    await zhouJoinsTheDesk();
    await onDuty(people.tian);
    const alert = await isUnwell(wang, homes.wang, people.wang);
    const { raisedAt } = await card(wang, alert);
    const tendAt = (at: number) => tendAlerts(town.communityId, town.db, town.server.operate, at);
    expect(await tendAt(raisedAt + 15 * MINUTE_MS - 1)).toBe(0);
    expect((await card(wang, alert)).assignedTo).toBe(people.tian);
    expect(await tendAt(raisedAt + 15 * MINUTE_MS)).toBe(1);
    expect(await card(wang, alert)).toMatchObject({
      assignedTo: people.zhou,
      assignedName: '周敏',
      stage: 'colleague',
      raisedAt: raisedAt + 15 * MINUTE_MS,
    });
    expect((await held<FollowUp>(zhou, 'followUp', alert))!.personName).toBe('王秀兰');

    expect(await tendAt(raisedAt + 30 * MINUTE_MS - 1)).toBe(0);
    expect(await tendAt(raisedAt + 30 * MINUTE_MS)).toBe(1);
    expect(await card(wang, alert)).toMatchObject({ assignedName: '孙书记', stage: 'secretary' });
    expect((await held<FollowUp>(secretary, 'followUp', alert))!.passes.map(({ to }) => to)).toEqual([
      people.tian,
      people.zhou,
      people.secretary,
    ]);
    expect(await held(zhou, 'followUp', alert)).toBeUndefined();
    expect(await tendAt(raisedAt + 500 * MINUTE_MS)).toBe(0);
  });

  it('stops where it is as soon as somebody has opened it, and a mere look-in never moves', async () => {
    await onDuty(people.tian);
    const alert = await isUnwell(wang, homes.wang, people.wang);
    const mild = { personId: people.li, feels: 'unwell', symptoms: ['cough'], needs: ['visit'] };
    await li.act('checkIn.submit', { householdId: homes.li, day, slot: 'morning', entries: [mild] });
    town.world.pass(14 * MINUTE_MS);
    await tian.act('checkIn.seeFollowUp', { followUpId: alert });
    town.world.pass(HOUR);
    expect(await tend()).toBe(0);
    expect(await card(wang, alert)).toMatchObject({ assignedTo: people.tian, seenByName: '田建国' });
    expect(await card(li, `${people.li}/${day}`)).toMatchObject({ level: 'watch', assignedTo: people.tian });
  });

  it('goes on once where two clocks run at once, and where the server was started anew in between', async () => {
    await zhouJoinsTheDesk();
    await onDuty(people.tian);
    const alert = await isUnwell(wang, homes.wang, people.wang);
    town.world.pass(15 * MINUTE_MS);
    const other = testServer(town.db, town.world, { registry });
    await Promise.all([tend(), tend(other.operate), tend()]);
    expect(await card(wang, alert)).toMatchObject({ assignedTo: people.zhou, stage: 'colleague' });
    town.world.pass(14 * MINUTE_MS);
    expect(await tend(other.operate)).toBe(0);
    town.world.pass(MINUTE_MS);
    const again = testServer(town.db, town.world, { registry });
    await tend(again.operate);
    const [row] = await town.db.query<{ passes: FollowUp['passes'] }>('select passes from follow_up where id = $1', [
      alert,
    ]);
    expect(row!.passes.map(({ to }) => to)).toEqual([people.tian, people.zhou, people.secretary]);
  });

  it('that was nobody’s has been at the desk of its grid: it goes to another’s', async () => {
    await zhouJoinsTheDesk();
    const alert = await isUnwell(wang, homes.wang, people.wang);
    expect((await card(wang, alert)).assignedTo).toBeUndefined();
    expect(await held(tian, 'followUp', alert)).toBeDefined();
    town.world.pass(15 * MINUTE_MS);
    expect(await tend()).toBe(1);
    expect(await card(wang, alert)).toMatchObject({ assignedTo: people.zhou, stage: 'colleague' });
  });

  it.each([
    ['whose duty has ended', 'people.endRole', { personId: people.zhou, kind: 'gridWorker' }],
    ['who has moved out', 'people.setPresence', { personId: people.zhou, presence: 'movedOut' }],
  ])('does not go to somebody %s', async (_who, name, args) => {
    await zhouJoinsTheDesk();
    await onDuty(people.tian);
    const alert = await isUnwell(wang, homes.wang, people.wang);
    expect(await secretary.act(name, args)).toMatchObject(accepted);
    town.world.pass(15 * MINUTE_MS);
    expect(await tend()).toBe(1);
    expect(await card(wang, alert)).toMatchObject({ assignedTo: people.secretary, stage: 'secretary' });
  });

  it('counts anew with whoever gets it with the shift', async () => {
    await zhouJoinsTheDesk();
    const dutyId = await onDuty(people.tian);
    const alert = await isUnwell(wang, homes.wang, people.wang);
    town.world.pass(14 * MINUTE_MS);
    const args = { dutyId, nextId: town.world.newId(), toPersonId: people.zhou, to: soon(8) };
    expect(await tian.act('checkIn.handOverDuty', args)).toMatchObject(accepted);
    town.world.pass(14 * MINUTE_MS);
    expect(await tend()).toBe(0);
    town.world.pass(MINUTE_MS);
    expect(await tend()).toBe(1);
    expect(await card(wang, alert)).toMatchObject({ stage: 'secretary', assignedTo: people.secretary });
  });

  it('is passed on by the clock alone', async () => {
    const alert = await isUnwell(wang, homes.wang, people.wang);
    const args = { followUpId: alert, stageBefore: 'onDuty', stage: 'secretary', toPersonId: people.secretary };
    expect(await tian.act('checkIn.passOn', args)).toMatchObject({ code: 'notAllowed' });
    const early = { id: 'early', name: 'checkIn.passOn', args };
    expect(await town.server.operate(town.communityId, [early])).toMatchObject([{ code: 'wrongStep' }]);
  });
});

describe('the group chat’s robot', () => {
  let service: Server;
  let address = '';
  let answers: readonly number[] = [];
  const heard: string[] = [];

  beforeEach(async () => {
    heard.length = 0;
    answers = [];
    service = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        heard.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)} ${body}`);
        response.writeHead(answers[heard.length - 1] ?? 200, { 'content-type': 'application/json' });
        response.end('{"errcode":0,"errmsg":"ok"}');
      });
    });
    await new Promise<void>((listening) => service.listen(0, '127.0.0.1', listening));
    address = `http://127.0.0.1:${(service.address() as AddressInfo).port}/cgi-bin/webhook/send?key=a-secret`;
    // A community to try things on: only there may the robot be on the own machine.
    const rehearsal = { ...roster, community: { ...roster.community, rehearsal: true } };
    await town.server.operate(town.communityId, [{ id: 'rehearsal', name: 'people.importRoster', args: rehearsal }]);
  });
  afterEach(async () => {
    service.closeAllConnections();
    await new Promise((closed) => service.close(closed));
  });

  const means = () => ({ db: town.db, operate: town.server.operate, post: postJson, now: now() });

  it('is told that somebody waits, once at each stage, and nothing of whom', async () => {
    await secretary.act('checkIn.setRobot', { kind: 'wecom', url: address });
    await onDuty(people.tian);
    await isUnwell(wang, homes.wang, people.wang);
    await isUnwell(li, homes.li, people.grandma);
    const run = async () => {
      for (const job of dutyJobs) await job.run({ ...means(), world: town.world });
    };
    await run();
    town.world.pass(14 * MINUTE_MS);
    await run();
    expect(heard).toEqual([]);

    town.world.pass(MINUTE_MS);
    await run();
    await run();
    expect(heard).toHaveLength(1);
    expect(heard[0]).toContain('守望：有 2 件要马上处理的事，等了 15 分钟还没人看。请打开工作台。');
    for (const known of [
      '王秀兰',
      '赵桂芳',
      '3-2-501',
      '3-1-402',
      '3栋',
      'chestPain',
      '38.6',
      people.wang,
      homes.wang,
    ]) {
      expect(heard[0]).not.toContain(known);
    }
  });

  it('is told again when it has gone on, and no more once somebody has opened it', async () => {
    await zhouJoinsTheDesk();
    await secretary.act('checkIn.setRobot', { kind: 'feishu', url: address });
    await onDuty(people.tian);
    const alert = await isUnwell(wang, homes.wang, people.wang);
    const tell = createRobotTeller();
    for (let minutes = 0; minutes < 40; minutes += 5) {
      await tend();
      await tell(town.communityId, means());
      town.world.pass(5 * MINUTE_MS);
    }
    expect(heard).toHaveLength(2);
    expect(heard[1]).toContain('"msg_type":"text"');

    const second = await isUnwell(li, homes.li, people.grandma);
    town.world.pass(10 * MINUTE_MS);
    await secretary.act('checkIn.seeFollowUp', { followUpId: second });
    await secretary.act('checkIn.seeFollowUp', { followUpId: alert });
    town.world.pass(HOUR);
    await tend();
    expect(await tell(town.communityId, means())).toBe(0);
    expect(heard).toHaveLength(2);
  });

  it('that does not take it is tried again, once a minute at most', async () => {
    await secretary.act('checkIn.setRobot', { kind: 'dingtalk', url: address });
    await isUnwell(wang, homes.wang, people.wang);
    town.world.pass(15 * MINUTE_MS);
    answers = [500, 429];
    const tell = createRobotTeller();
    expect(await tell(town.communityId, means())).toBe(0);
    expect(await tell(town.communityId, means())).toBe(0);
    expect(heard).toHaveLength(1);
    town.world.pass(MINUTE_MS);
    expect(await tell(town.communityId, means())).toBe(0);
    town.world.pass(MINUTE_MS);
    expect(await tell(town.communityId, means())).toBe(1);
    town.world.pass(MINUTE_MS);
    expect(await tell(town.communityId, means())).toBe(0);
    expect(heard).toHaveLength(3);
  });

  it('is the secretary’s to set; its address is on no phone and in no feed', async () => {
    expect(await tian.act('checkIn.setRobot', { kind: 'wecom', url: address })).toMatchObject({ code: 'notAllowed' });
    expect(await li.act('checkIn.setRobot', {})).toMatchObject({ code: 'notAllowed' });
    expect(await secretary.act('checkIn.setRobot', { kind: 'wecom', url: address })).toMatchObject(accepted);
    for (const device of [secretary, tian]) {
      expect(await held<RobotCard>(device, 'robotCard', town.communityId)).toMatchObject({
        kind: 'wecom',
        setByName: '孙书记',
      });
      expect(JSON.stringify([...device.rows.values()])).not.toContain('a-secret');
    }
    expect(await held(li, 'robotCard', town.communityId)).toBeUndefined();
    expect(await town.db.query("select 1 from feed where row::text like '%a-secret%'")).toEqual([]);

    expect(await secretary.act('checkIn.setRobot', {})).toMatchObject(accepted);
    expect(await held(secretary, 'robotCard', town.communityId)).toBeUndefined();
    await isUnwell(wang, homes.wang, people.wang);
    town.world.pass(15 * MINUTE_MS);
    expect(await createRobotTeller()(town.communityId, means())).toBe(0);
    expect(heard).toEqual([]);
  });

  it.each([
    ['a half of it', { kind: 'wecom' }, 'malformed'],
    ['no address', { kind: 'wecom', url: 'qyapi' }, 'malformed'],
    ['another host', { kind: 'wecom', url: 'https://example.org/cgi-bin/webhook/send?key=1' }, 'wrongAddress'],
    ['another kind’s host', { kind: 'feishu', url: 'https://oapi.dingtalk.com/robot/send' }, 'wrongAddress'],
    ['without encryption', { kind: 'wecom', url: 'http://qyapi.weixin.qq.com/cgi-bin/webhook/send' }, 'wrongAddress'],
  ])('is refused with %s', async (_what, args, code) => {
    expect(await secretary.act('checkIn.setRobot', args)).toMatchObject({ code });
  });
});

it('the server does all of this by its own clock', () => {
  expect(server.jobs).toEqual(expect.arrayContaining([...dutyJobs, ...observationJobs]));
  expect(dutyJobs.map(({ everyMs }) => everyMs)).toEqual([15_000, 15_000, MINUTE_MS]);
});

it('a robot on the own machine is for rehearsals alone', async () => {
  const args = { kind: 'wecom', url: 'http://127.0.0.1:9000/robot' };
  expect(await secretary.act('checkIn.setRobot', args)).toMatchObject({ code: 'wrongAddress' });
});

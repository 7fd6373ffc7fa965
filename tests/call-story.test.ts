import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../src/domain/day.ts';
import { closeFollowUp, recordCall, seeFollowUp, takeCall } from '../src/pillars/check-in/follow-up/mutations.ts';
import { call, followUp, followUpCard } from '../src/pillars/check-in/follow-up/schema.ts';
import type { Call, FollowUp, FollowUpCard } from '../src/pillars/check-in/follow-up/schema.ts';
import type { HttpDevice } from './support/http-device.ts';
import { homes, openTown, people, type Town } from './support/town.ts';

const day = '2026-11-22';
const accepted = { outcome: 'accepted' };
const id = `${people.wang}/${day}`;
const door = { householdId: homes.wang, day };
let town: Town;
let wang: HttpDevice, tian: HttpDevice, secretary: HttpDevice;

beforeEach(async () => {
  town = await openTown();
  wang = await town.device('wang');
  tian = await town.device('tian');
  secretary = await town.device('secretary');
});
afterEach(() => town.close());

const fell = { feels: 'unwell', symptoms: ['fell'] };
const ago = (minutes: number) => town.world.now() - minutes * MINUTE_MS;
const answer = (entry: object) => ({
  name: 'checkIn.submit',
  args: { ...door, slot: 'morning', entries: [{ personId: people.wang, ...entry }] },
});

async function says(entry: object, minutesAgo = 0): Promise<void> {
  const { verdicts } = await wang.push({ ...answer(entry), at: ago(minutesAgo) });
  expect(verdicts).toMatchObject([accepted]);
}

/** What the grid's worker reads of it: only while it is open. */
async function open(): Promise<FollowUp | undefined> {
  await tian.pull();
  return tian.held<FollowUp>('followUp').find((row) => row.id === id);
}

/** What the household reads of it. */
async function card(): Promise<FollowUpCard | undefined> {
  await wang.pull();
  return wang.held<FollowUpCard>('followUpCard').find((row) => row.id === id);
}

async function calls(device = tian): Promise<Call | undefined> {
  await device.pull();
  return device.held<Call>('call')[0];
}

describe('a door’s calls', () => {
  it('one worker at a time; free again after a quarter of an hour, or when it is recorded', async () => {
    expect(await tian.act('checkIn.takeCall', door)).toMatchObject(accepted);
    expect(await secretary.act('checkIn.takeCall', door)).toMatchObject({
      code: 'beingCalled',
      details: { name: '田建国' },
    });
    expect(await tian.act('checkIn.takeCall', door)).toMatchObject(accepted);
    expect(await calls(secretary)).toMatchObject({ callingName: '田建国' });
    expect(await tian.act('checkIn.recordCall', { ...door, outcome: 'noAnswer' })).toMatchObject(accepted);
    expect((await calls())?.callingBy).toBeUndefined();
    expect(await secretary.act('checkIn.takeCall', door)).toMatchObject(accepted);
    expect(await tian.act('checkIn.takeCall', door)).toMatchObject({ code: 'beingCalled' });
    town.world.pass(15 * MINUTE_MS);
    expect(await tian.act('checkIn.takeCall', door)).toMatchObject(accepted);
    // Somebody else's note does not free the door.
    expect(await secretary.act('checkIn.recordCall', { ...door, outcome: 'knocked' })).toMatchObject(accepted);
    expect(await calls()).toMatchObject({ callingName: '田建国' });
    const late = await secretary.push({ name: 'checkIn.takeCall', args: { householdId: homes.li, day }, at: ago(20) });
    expect(late.verdicts).toMatchObject([accepted]);
    expect((await secretary.pull(), secretary.held<Call>('call')).length).toBe(1);
  });

  it('tries come together in any order; who was reached was reached for what is open', async () => {
    await says(fell, 40);
    const record = (device: HttpDevice, outcome: string, minutes: number, note?: string) =>
      device.push({ name: 'checkIn.recordCall', args: { ...door, outcome, note }, at: ago(minutes) });
    await record(secretary, 'answered', 5, '说腿疼');
    await record(tian, 'noAnswer', 30);
    await record(tian, 'answered', 60, '还没摔的时候');
    expect((await calls())?.attempts.map((one) => one.outcome)).toEqual(['answered', 'noAnswer', 'answered']);
    let row = (await open())!;
    expect(row.contacts.map((one) => one.outcome)).toEqual(['noAnswer', 'answered']);
    expect(Math.abs(row.firstContactAt! - ago(5))).toBeLessThan(2000);
    expect(row).toMatchObject({ seenByName: '孙书记' });
    await record(tian, 'met', 20);
    row = (await open())!;
    expect(row.contacts.map((one) => one.outcome)).toEqual(['noAnswer', 'met', 'answered']);
    expect(Math.abs(row.firstContactAt! - ago(20))).toBeLessThan(2000);
    expect(row).toMatchObject({ seenByName: '田建国' });
    expect(await card()).toMatchObject({ firstContactAt: row.firstContactAt });
  });

  it('nobody answering is not having been seen', async () => {
    await says(fell);
    await tian.act('checkIn.recordCall', { ...door, outcome: 'noAnswer' });
    expect((await card())?.seenAt).toBeUndefined();
    expect((await card())?.firstContactAt).toBeUndefined();
    expect(await open()).toMatchObject({ contacts: [{ outcome: 'noAnswer', byName: '田建国' }] });
  });

  it.each([
    ['another day', { day: '2026-11-21' }, 'notToday'],
    ['a day to come', { day: '2026-11-23' }, 'notToday'],
    ['an outcome that is none', { outcome: 'perhaps' }, 'malformed'],
    ['a note too long', { note: '长'.repeat(121) }, 'malformed'],
  ])('refused: %s', async (_, more, code) => {
    expect(await tian.act('checkIn.recordCall', { ...door, outcome: 'answered', ...more })).toMatchObject({ code });
  });
});

describe('without a network', () => {
  it('the grid worker sees, calls, records and closes; all of it is there afterwards', async () => {
    await says(fell, 10);
    const phone = await town.phone('tian');
    phone.goOffline();
    await phone.does(seeFollowUp, { followUpId: id });
    expect(await phone.sees(followUpCard, id)).toMatchObject({ seenByName: '田建国' });
    await phone.does(takeCall, door);
    await phone.does(recordCall, { ...door, outcome: 'answered' });
    expect(await phone.sees(followUp, id)).toMatchObject({ contacts: [{ outcome: 'answered' }] });
    expect((await phone.seesAll(call))[0]?.callingBy).toBeUndefined();
    await phone.does(closeFollowUp, { followUpId: id, result: 'called' });
    expect(await phone.sees(followUpCard, id)).toMatchObject({ result: 'called' });
    phone.goOnline();
    await phone.sync();
    expect(await card()).toMatchObject({ seenByName: '田建国', result: 'called' });
    expect(await phone.sees(followUp, id)).toBeUndefined();
  });

  it('the secretary, who holds the card alone, does the same', async () => {
    await says(fell, 10);
    const phone = await town.phone('secretary');
    phone.goOffline();
    expect(await phone.sees(followUp, id)).toBeUndefined();
    await phone.does(seeFollowUp, { followUpId: id });
    expect(await phone.sees(followUpCard, id)).toMatchObject({ seenByName: '孙书记' });
    await phone.does(recordCall, { ...door, outcome: 'met' });
    await phone.does(closeFollowUp, { followUpId: id, result: 'feverClinic' });
    expect(await phone.sees(followUpCard, id)).toMatchObject({ result: 'feverClinic' });
    phone.goOnline();
    await phone.sync();
    expect(await card()).toMatchObject({ seenByName: '孙书记', result: 'feverClinic' });
  });
});

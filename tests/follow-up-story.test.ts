import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../src/domain/day.ts';
import type { FollowUp, FollowUpCard } from '../src/pillars/check-in/follow-up/schema.ts';
import type { HttpDevice } from './support/http-device.ts';
import { homes, openTown, people, type Town } from './support/town.ts';

const day = '2026-11-22';
const accepted = { outcome: 'accepted' };
const id = `${people.wang}/${day}`;
const door = { householdId: homes.wang, day };
let town: Town;
let wang: HttpDevice, tian: HttpDevice, secretary: HttpDevice, li: HttpDevice;

beforeEach(async () => {
  town = await openTown();
  wang = await town.device('wang');
  li = await town.device('li');
  tian = await town.device('tian');
  secretary = await town.device('secretary');
});
afterEach(() => town.close());

const fell = { feels: 'unwell', symptoms: ['fell'] };
const better = { feels: 'well', recovered: true };
const ago = (minutes: number) => town.world.now() - minutes * MINUTE_MS;
const answer = (entry: object, more: object = {}) => ({
  name: 'checkIn.submit',
  args: { ...door, slot: 'morning', entries: [{ personId: people.wang, ...entry }], ...more },
});

async function says(entry: object, minutesAgo = 0, device = wang): Promise<void> {
  const { verdicts } = await device.push({ ...answer(entry), at: ago(minutesAgo) });
  expect(verdicts).toMatchObject([accepted]);
}

/** What the grid's worker reads of it: only while it is open. */
async function open(device = tian): Promise<FollowUp | undefined> {
  await device.pull();
  return device.held<FollowUp>('followUp').find((row) => row.id === id);
}

/** What the household reads of it. */
async function card(): Promise<FollowUpCard | undefined> {
  await wang.pull();
  return wang.held<FollowUpCard>('followUpCard').find((row) => row.id === id);
}

describe('what opens a follow-up', () => {
  it('an alert or a need, in the same act; nothing of the symptom is in it', async () => {
    await says({ feels: 'unwell', temperatureC: 38.4, symptoms: ['chestPain', 'urgent'], needs: ['medicine', 'talk'] });
    expect(await open()).toMatchObject({
      personName: '王秀兰',
      door: '3-2-501',
      phone: '17000000001',
      level: 'alert',
      reasons: ['urgent', 'alert', 'medicine', 'talk'],
      stage: 'onDuty',
      contacts: [],
    });
    expect(JSON.stringify(await open())).not.toMatch(/chestPain|38\.4|temperature/);
    expect(await card()).toMatchObject({ level: 'alert' });
    expect((await card())?.seenAt).toBeUndefined();
    expect(JSON.stringify(await card())).not.toMatch(/reasons|medicine|note|1700000/);
  });

  it.each([
    ['a cough alone', { feels: 'unwell', symptoms: ['cough'] }, undefined],
    ['all well', { feels: 'well' }, undefined],
    ['well, and out of food', { feels: 'well', needs: ['food'] }, { level: 'watch', reasons: ['food'] }],
    [
      'a cough, and somebody should come',
      { feels: 'unwell', needs: ['visit'] },
      { level: 'watch', reasons: ['visit'] },
    ],
    ['a word of a later version', { feels: 'unwell', needs: ['a need of a later version'] }, undefined],
  ])('%s', async (_, entry, opened) => {
    await says(entry);
    if (opened) expect(await open()).toMatchObject(opened);
    else expect(await open()).toBeUndefined();
  });

  it('goes to whoever is on duty for the grid, else for the community, else to nobody', async () => {
    await says({ feels: 'well', needs: ['talk'] });
    expect((await open())?.assignedTo).toBeUndefined();
    const now = town.world.now();
    const shift = { from: now - 60_000, to: now + 8 * 60 * MINUTE_MS };
    const duty = (args: object) => secretary.act('checkIn.startDuty', { id: town.world.newId(), ...shift, ...args });
    expect(await duty({ personId: people.secretary })).toMatchObject(accepted);
    await says(fell);
    expect(await open()).toMatchObject({ assignedTo: people.secretary, assignedName: '孙书记', level: 'alert' });
    // Whoever has it reads it, also where their desk as such does not.
    expect(await open(secretary)).toMatchObject({ reasons: ['talk', 'alert'] });

    expect(await duty({ personId: people.tian, grid: '一格' })).toMatchObject(accepted);
    await says({ ...fell, symptoms: ['fell', 'urgent'] });
    expect(await open()).toMatchObject({
      assignedTo: people.tian,
      passes: [{ because: 'opened' }, { to: people.tian }],
    });
    expect(await open(secretary)).toBeUndefined();
  });

  it('a later word adds to it; graver, it is raised anew, for nobody has seen that', async () => {
    await says({ feels: 'well', needs: ['food'] }, 30);
    expect(await tian.act('checkIn.seeFollowUp', { followUpId: id })).toMatchObject(accepted);
    const first = await open();
    await says({ feels: 'unwell', needs: ['food', 'talk'] }, 20);
    expect(await open()).toMatchObject({ reasons: ['food', 'talk'], seenAt: first?.seenAt, openedAt: first?.openedAt });
    await says(fell, 10);
    const raised = await open();
    expect(raised).toMatchObject({ level: 'alert', reasons: ['food', 'talk', 'alert'] });
    expect(raised?.seenAt).toBeUndefined();
    expect(raised!.openedAt).toBeGreaterThan(first!.openedAt);
    await says({ ...fell, temperatureC: 39 });
    expect((await open())?.openedAt).toBe(raised?.openedAt);
  });

  it('a late word of an earlier day opens one only where it is an alert', async () => {
    const yesterday = (entry: object) =>
      wang.push({ ...answer(entry, { day: '2026-11-21' }), at: town.world.now() - 12 * 60 * MINUTE_MS });
    expect((await yesterday({ feels: 'well', needs: ['food'] })).verdicts).toMatchObject([accepted]);
    await tian.pull();
    expect(tian.held('followUp')).toEqual([]);
    expect((await yesterday(fell)).verdicts).toMatchObject([accepted]);
    await tian.pull();
    expect(tian.held('followUp')).toMatchObject([{ day: '2026-11-21', level: 'alert', reasons: ['alert'] }]);
  });

  it('is the same whatever arrives first: 现在好了 ahead of the alert leaves it to a person', async () => {
    await says(better, 5);
    await says(fell, 15, await town.device('wang'));
    expect(await open()).toMatchObject({ level: 'alert' });
    await says(better);
    expect(await open()).toMatchObject({ level: 'alert' });
  });
});

describe('taking the answer back', () => {
  const retract = () => wang.act('checkIn.retract', { ...door, slot: 'morning', personIds: [people.wang] });

  it('is a false alarm while nobody has seen it', async () => {
    await says(fell);
    expect(await retract()).toMatchObject(accepted);
    expect(await open()).toBeUndefined();
    expect(await card()).toMatchObject({ result: 'falseAlarm' });
    // The next one is raised as the first was.
    await says(fell);
    expect(await open()).toMatchObject({ level: 'alert', reasons: ['alert'] });
    expect((await card())?.result).toBeUndefined();
  });

  it('leaves it to whoever has seen it, or where something is left that asks for one', async () => {
    await says({ feels: 'well', needs: ['food'] }, 5);
    await says(fell);
    expect(await retract()).toMatchObject(accepted);
    expect(await open()).toMatchObject({ reasons: ['food', 'alert'] });
    expect(await tian.act('checkIn.seeFollowUp', { followUpId: id })).toMatchObject(accepted);
    expect(await retract()).toMatchObject(accepted);
    expect(await open()).toMatchObject({ seenByName: '田建国' });
  });
});

describe('working on it', () => {
  it('opening it is seeing it: the household reads who and when; the first holds whatever arrives first', async () => {
    await says(fell, 30);
    const see = (device: HttpDevice, minutes: number) =>
      device.push({ name: 'checkIn.seeFollowUp', args: { followUpId: id }, at: ago(minutes) });
    await see(secretary, 5);
    expect(await card()).toMatchObject({ seenByName: '孙书记' });
    await see(tian, 10);
    const seen = await card();
    expect(seen).toMatchObject({ seenByName: '田建国' });
    await see(secretary, 2);
    expect(await card()).toEqual(seen);
  });

  it('what was seen before it was raised anew does not count for that', async () => {
    await says({ feels: 'well', needs: ['food'] }, 60);
    const { openedAt } = (await open())!;
    await says(fell, 40);
    for (const args of [{ followUpId: id, openedAt }, { followUpId: id }]) {
      const { verdicts } = await tian.push({ name: 'checkIn.seeFollowUp', args, at: ago(50) });
      expect(verdicts).toMatchObject([accepted]);
      expect((await card())?.seenAt).toBeUndefined();
    }
    const close = { followUpId: id, result: 'called' };
    expect(await tian.act('checkIn.closeFollowUp', { ...close, openedAt })).toMatchObject({ code: 'changedMeanwhile' });
    const blind = await tian.push({ name: 'checkIn.closeFollowUp', args: close, at: ago(50) });
    expect(blind.verdicts).toMatchObject([{ code: 'changedMeanwhile' }]);
    const raised = (await open())!.openedAt;
    expect(await tian.act('checkIn.closeFollowUp', { ...close, openedAt: raised })).toMatchObject(accepted);
  });

  it('closing says what came of it, and takes it off the desk; only once', async () => {
    await says(fell, 12);
    const args = { followUpId: id, result: 'visited', note: '扶起来了，没伤着' };
    expect(await tian.act('checkIn.closeFollowUp', { ...args, result: 'nothing' })).toMatchObject({
      code: 'malformed',
    });
    expect(await tian.act('checkIn.closeFollowUp', args)).toMatchObject(accepted);
    expect(await open()).toBeUndefined();
    expect(await card()).toMatchObject({ result: 'visited', seenByName: '田建国' });
    expect(JSON.stringify(await card())).not.toMatch(/没伤着/);
    expect(await secretary.act('checkIn.closeFollowUp', args)).toMatchObject({ code: 'alreadyClosed' });
    // Said before the visit, heard of after it: it has been looked after. Said after it: it begins anew.
    await says({ feels: 'unwell', temperatureC: 38 }, 6, await town.device('wang'));
    expect(await open()).toBeUndefined();
    town.world.pass(MINUTE_MS);
    await says({ ...fell, temperatureC: 38.5 });
    expect(await open()).toMatchObject({ level: 'alert', contacts: [] });
    expect((await open())?.note).toBeUndefined();
  });

  it('is for the desk of the grid and who has it; whoever tries ids learns nothing', async () => {
    await says(fell);
    const chen = await town.device('chen');
    for (const device of [wang, li, chen, await town.device('he')]) {
      for (const followUpId of [id, 'nobody/2026-11-22']) {
        expect(await device.act('checkIn.seeFollowUp', { followUpId })).toMatchObject({ code: 'notFound' });
        const close = { followUpId, result: 'called' };
        expect(await device.act('checkIn.closeFollowUp', close)).toMatchObject({ code: 'notFound' });
      }
      for (const householdId of [homes.wang, 'h-nobody']) {
        const args = { householdId, day };
        expect(await device.act('checkIn.takeCall', args)).toMatchObject({ code: 'notAllowed' });
        const record = { ...args, outcome: 'answered' };
        expect(await device.act('checkIn.recordCall', record)).toMatchObject({ code: 'notAllowed' });
      }
    }
    const otherGrid = { householdId: homes.chen, day };
    expect(await tian.act('checkIn.takeCall', otherGrid)).toMatchObject({ code: 'notAllowed' });
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addTexts } from '../src/client/i18n/i18n.ts';
import { dayOf } from '../src/domain/day.ts';
import { naturalKey } from '../src/domain/entity.ts';
import { changeSettings, sayWho, setGreeting, setPresence } from '../src/people/mutations.ts';
import { community } from '../src/people/schema.ts';
import { signOfLife } from '../src/pillars/check-in/accompany.client.ts';
import { retract, submit } from '../src/pillars/check-in/mutations.ts';
import { checkIn, lifeSign } from '../src/pillars/check-in/schema.ts';
import { cancelErrand, claimErrand, requestErrand } from '../src/pillars/errands/mutations.ts';
import { errand } from '../src/pillars/errands/schema.ts';
import { decideCode, proposeCode } from '../src/pillars/group-buy/money/mutations.ts';
import { codeProposal, collectionCode } from '../src/pillars/group-buy/money/schema.ts';
import { notice } from '../src/pillars/notices/schema.ts';
import { companionsOf } from '../src/shell/companions.ts';
import { gatherTexts } from '../src/shell/messages.ts';
import type { StoryPhone } from './support/story-phone.ts';
import { homes, openTown, people, type Town } from './support/town.ts';

/** What the phone's composition root gives to every phone. */
const accompany = companionsOf([{ routes: [], accompany: [signOfLife] }]);
const names = async (phone: StoryPhone) => (await phone.phone.readEntries()).map((entry) => entry.name);

addTexts(gatherTexts());

describe('不用天天报', () => {
  let town: Town;
  let wang: StoryPhone;
  const today = () => dayOf(town.world.now());
  const needs = () => ({
    id: town.world.newId(),
    householdId: homes.wang,
    kind: 'parcel' as const,
    packet: [],
    handOver: 'door' as const,
  });

  beforeAll(async () => {
    town = await openTown();
    wang = await town.phone('wang', accompany);
    await wang.does(sayWho, { personId: people.wang });
    await wang.sync();
    await wang.does(setGreeting, { personId: people.wang, quiet: true });
    await wang.sync();
  });
  afterAll(() => town.close());

  it('what is done about people is no sign of life', async () => {
    await wang.does(setPresence, { personId: people.wang, presence: 'home' });
    expect(await names(wang)).toEqual(['people.setPresence']);
    await wang.sync();
    expect(await wang.seesAll(lifeSign)).toEqual([]);
  });

  it('the first thing done on a day goes along with its sign, in one transaction, and no other does', async () => {
    wang.goOffline();
    await wang.does(requestErrand, needs());
    expect(await names(wang)).toEqual(['errands.request', 'checkIn.sign']);
    await wang.does(requestErrand, needs());
    expect(await names(wang)).toEqual(['errands.request', 'checkIn.sign', 'errands.request']);
    wang.goOnline();
    await wang.sync();
    await wang.sync();
    expect(await names(wang)).toEqual([]);
    const signs = await town.db.query('select person_id, day from life_sign');
    expect(signs).toEqual([{ person_id: people.wang, day: today() }]);
    expect(await wang.sees(lifeSign, naturalKey(people.wang, today()))).toBeDefined();
    await wang.does(requestErrand, needs());
    expect(await names(wang)).toEqual(['errands.request']);
  });

  it('the next day has its own', async () => {
    town.world.pass(86_400_000);
    await wang.does(requestErrand, needs());
    expect((await names(wang)).filter((name) => name === 'checkIn.sign')).toHaveLength(1);
    await wang.sync();
    expect((await wang.seesAll(lifeSign)).map((sign) => sign.day)).toContain(today());
  });

  it('nobody else’s phone gives a sign, whatever is done on it', async () => {
    const li = await town.phone('li', accompany);
    await li.does(requestErrand, { ...needs(), householdId: homes.li });
    expect(await names(li)).toEqual(['errands.request']);
  });
});

describe('a need that is said while reporting', () => {
  let town: Town;
  let li: StoryPhone;
  let tian: StoryPhone;

  beforeAll(async () => {
    town = await openTown();
    li = await town.phone('li', accompany);
    tian = await town.phone('tian', accompany);
  });
  afterAll(() => town.close());

  const says = (phone: StoryPhone, householdId: string, personId: string, ...wanted: string[]) =>
    phone.does(submit, {
      householdId,
      day: dayOf(town.world.now()),
      slot: 'morning',
      ...(householdId === homes.li && phone === li ? {} : { how: 'phoned' as const }),
      entries: [{ personId, feels: 'unwell', symptoms: ['cough'], needs: wanted }],
    });
  const open = async (phone: StoryPhone) =>
    (await phone.seesAll(errand)).filter((it) => it.state === 'waiting' || it.state === 'claimed');

  it('asks for the errand in the same step, shown before the network has heard of it', async () => {
    li.goOffline();
    await says(li, homes.li, people.grandma, 'medicine', 'talk');
    expect(await names(li)).toEqual(['checkIn.submit', 'errands.request']);
    expect(await open(li)).toMatchObject([
      { kind: 'medicine', personId: people.grandma, text: '报平安时说要买药', handOver: 'callFirst' },
    ]);
    li.goOnline();
    await li.sync();
    await li.sync();
    expect(await names(li)).toEqual([]);
    expect(await open(li)).toMatchObject([{ kind: 'medicine', state: 'waiting', personName: '赵桂芳' }]);
  });

  it('takes the errand back with the answer, while nobody has it', async () => {
    const who = { householdId: homes.chen, personIds: [people.chen], day: dayOf(town.world.now()) };
    const chen = await town.phone('chen', accompany);
    await chen.does(submit, {
      householdId: homes.chen,
      day: who.day,
      slot: 'morning',
      entries: [{ personId: people.chen, feels: 'unwell', symptoms: ['cough'], needs: ['medicine'] }],
    });
    await chen.sync();
    const before = await open(chen);
    expect(before).toMatchObject([{ kind: 'medicine', state: 'waiting' }]);
    town.world.pass(60_000);
    // Asked for on its own, it stays.
    const id = town.world.newId();
    await chen.does(requestErrand, { id, householdId: homes.chen, kind: 'parcel', packet: [], handOver: 'door' });
    await chen.does(retract, { ...who, slot: 'morning' });
    expect(await names(chen)).toEqual(['errands.request', 'checkIn.retract', 'errands.cancel']);
    await chen.sync();
    await chen.sync();
    expect((await open(chen)).map((it) => it.kind)).toEqual(['parcel']);
    expect(await chen.sees(errand, before[0]!.id)).toMatchObject({ state: 'cancelled' });
  });

  it('asks for nothing twice, and again once it is over', async () => {
    await says(li, homes.li, people.grandma, 'medicine', 'food');
    expect(await names(li)).toEqual(['checkIn.submit', 'errands.request']);
    await li.sync();
    const both = await open(li);
    expect(both.map((it) => [it.kind, it.text]).sort()).toEqual([
      ['groceries', '家里没吃的'],
      ['medicine', '报平安时说要买药'],
    ]);
    await li.does(cancelErrand, { errandId: both.find((it) => it.kind === 'groceries')!.id });
    await says(li, homes.li, people.lele, 'food');
    expect(await names(li)).toEqual(['errands.cancel', 'checkIn.submit', 'errands.request']);
    await li.sync();
  });

  it('a volunteer can take it and bring it, although no medicine is named', async () => {
    const he = await town.phone('he');
    const medicine = (await open(li)).find((it) => it.kind === 'medicine')!;
    const claimed = await he.does(claimErrand, { errandId: medicine.id });
    await he.sync();
    await he.sync();
    expect(await he.word(claimed)).toBe('done');
    expect(await he.sees(errand, medicine.id)).toMatchObject({ state: 'claimed', text: '报平安时说要买药' });
  });

  it('the grid worker may ask for the household too', async () => {
    await says(tian, homes.wang, people.wang, 'food');
    expect(await names(tian)).toEqual(['checkIn.submit', 'errands.request']);
    await tian.sync();
    await tian.sync();
    expect(await names(tian)).toEqual([]);
  });

  it('whoever only helps with reporting asks for none, and says it all the same', async () => {
    const { db, world, server, communityId } = town;
    const until = world.now() + 30 * 86_400_000;
    const given = { id: world.newId(), householdId: homes.chen, helperId: people.zhou, powers: ['check-in'], until };
    const [verdict] = await server.operate(communityId, [{ id: world.newId(), name: 'people.grantCare', args: given }]);
    expect(verdict).toMatchObject({ outcome: 'accepted' });
    const zhou = await town.phone('zhou', accompany);
    const said = await says(zhou, homes.chen, people.chen, 'food');
    expect(await names(zhou)).toEqual(['checkIn.submit']);
    await zhou.sync();
    const rows = await db.query('select 1 from check_in where person_id = $1', [people.chen]);
    expect([rows.length, await zhou.word(said)]).toEqual([1, 'done']);
  });
});

describe('who switches the mode', () => {
  let town: Town;
  let secretary: StoryPhone;

  beforeAll(async () => {
    town = await openTown();
    secretary = await town.phone('secretary', accompany);
  });
  afterAll(() => town.close());

  it('tells everybody in the same step: who is asked from now on', async () => {
    await secretary.does(changeSettings, { mode: 'ordinary', modeReason: '流感过去了', modeUntil: null });
    expect(await names(secretary)).toEqual(['people.changeSettings', 'notices.publish']);
    await secretary.sync();
    const li = await town.phone('li');
    const [told, ...others] = await li.seesAll(notice);
    expect(others).toEqual([]);
    expect(told).toMatchObject({ title: '不用天天报平安了', level: 'important', scope: 'community' });
    expect(told!.body).toContain('流感过去了');
    expect(told!.body).toContain('每日问候');
    expect(await li.sees(community, town.communityId)).toMatchObject({ mode: 'ordinary' });
  });

  it('and back: why, until when, by what hour; the notice ends with the emergency', async () => {
    await secretary.does(changeSettings, { mode: 'emergency', modeReason: '暴雨停电', modeUntil: '2026-12-05' });
    await secretary.sync();
    const li = await town.phone('li');
    const told = (await li.seesAll(notice)).find((one) => one.title.includes('12月5日'));
    expect(told?.body).toContain('暴雨停电');
    expect(told?.body).toContain('每天 10:00 前');
    expect(told?.expiresAt).toBe(Date.parse('2026-12-06T00:00:00+08:00'));
  });

  it('a longer emergency is told too; whatever else is set is not', async () => {
    await secretary.does(changeSettings, { modeUntil: '2026-12-09' });
    expect(await names(secretary)).toEqual(['people.changeSettings', 'notices.publish']);
    await secretary.sync();
    await secretary.does(changeSettings, { dutyName: '门卫', mode: 'emergency', modeUntil: '2026-12-09' });
    expect(await names(secretary)).toEqual(['people.changeSettings']);
    await secretary.sync();
  });

  it('what the phone’s own rules refuse brings nothing along', async () => {
    const refused = await secretary.tries(changeSettings, { modeUntil: '2026-01-01' });
    expect(refused.kind).toBe('advice');
    expect(await names(secretary)).toEqual([]);
  });
});

describe('a collection code that replaces another', () => {
  let town: Town;
  beforeAll(async () => void (town = await openTown()));
  afterAll(() => town.close());

  it('is told to everybody by who confirms it, with both payees; the first one needs no notice', async () => {
    const [tian, secretary, li] = [
      await town.phone('tian', accompany),
      await town.phone('secretary', accompany),
      await town.phone('li', accompany),
    ];
    const passes = async (payee: string, confirm: boolean) => {
      await tian.does(proposeCode, { payee, channel: 'wechat', photoId: town.world.newId() });
      await tian.sync();
      await secretary.sync();
      const { revision } = (await secretary.sees(codeProposal, people.tian))!;
      await secretary.does(decideCode, { codeId: people.tian, revision, confirm });
      const queued = await names(secretary);
      await secretary.sync();
      return queued;
    };
    expect(await passes('田建国', true)).toEqual(['groupBuy.decideCode']);
    expect(await passes('田小妹', false)).toEqual(['groupBuy.decideCode']);
    expect(await passes('田小妹', true)).toEqual(['groupBuy.decideCode', 'notices.publish']);
    await li.sync();
    const [told] = await li.seesAll(notice);
    expect(told).toMatchObject({ title: '田建国的收款码换了', level: 'important', category: 'groupBuy' });
    expect(told?.body).toContain('以前收款人是“田建国”，现在是“田小妹”');
    expect(await li.sees(collectionCode, people.tian)).toMatchObject({ payee: '田小妹', formerPayee: '田建国' });
  });
});

describe('what goes along', () => {
  let town: Town;
  beforeAll(async () => void (town = await openTown()));
  afterAll(() => town.close());
  const wants = (id: string) => ({
    id,
    householdId: homes.li,
    kind: 'parcel' as const,
    packet: [],
    handOver: 'door' as const,
  });

  it('never stops the act itself: refused by the phone’s rules it is left out, and so is what stumbles or never comes', async () => {
    const id = town.world.newId();
    const li = await town.phone('li', [
      // A door hand-over of medicine is refused by the errands' own rules.
      () => Promise.resolve([{ name: 'errands.request', args: { ...wants(town.world.newId()), kind: 'medicine' } }]),
      () => Promise.reject(new Error('a bug')),
      () => new Promise(() => {}),
    ]);
    const asked = await li.does(requestErrand, wants(id));
    expect(await names(li)).toEqual(['errands.request']);
    await li.sync();
    await li.sync();
    expect(await li.sees(errand, id)).toMatchObject({ state: 'waiting' });
    expect(await li.word(asked)).toBe('done');
  });

  it('goes with its act or not at all', async () => {
    const li = await town.phone('li', [
      () => Promise.resolve([{ name: 'errands.request', args: wants(town.world.newId()) }]),
    ]);
    const refused = await li.tries(requestErrand, { ...wants(town.world.newId()), kind: 'medicine' });
    expect(refused.kind).toBe('advice');
    expect(await names(li)).toEqual([]);
    expect(await li.seesAll(checkIn)).toEqual([]);
  });
});

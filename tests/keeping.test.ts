import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addDays, DAY_MS, MINUTE_MS } from '../src/domain/day.ts';
import { keepCommunity } from '../src/pillars/check-in/keeping/keeping.server.ts';
import { checkIn } from '../src/pillars/check-in/schema.ts';
import type { CheckIn } from '../src/pillars/check-in/schema.ts';
import type { HttpDevice } from './support/http-device.ts';
import type { StoryPhone } from './support/story-phone.ts';
import { homes, openTown, people, type Town } from './support/town.ts';

const day = '2026-11-22';
const accepted = { outcome: 'accepted' };
/** Every word that tells of somebody's health, as the stories below say it. */
const SAID = /chestPain|cough|38\.[0-9]|37\.[0-9]|36\.[0-9]|腿疼|扶起来|密接|转阴|"mood":|"medicine"\]/;
let town: Town;
let wang: HttpDevice, tian: HttpDevice, secretary: HttpDevice;
let phone: StoryPhone;

beforeEach(async () => {
  town = await openTown();
  wang = await town.device('wang');
  tian = await town.device('tian');
  secretary = await town.device('secretary');
  phone = await town.phone('wang');
});
afterEach(() => town.close());

const keep = () => keepCommunity(town.communityId, town.db, town.server.operate, town.world.now());
const count = async (table: string, where = 'true') => {
  const [row] = await town.db.query<{ n: number }>(
    `select count(*)::int as n from ${table} where community_id = $1 and ${where}`,
    [town.communityId],
  );
  return row!.n;
};

/** All that the rows, the feed, and phones of the household and the desk hold, as text. */
async function everythingKept(): Promise<string> {
  const tables = ['check_in', 'follow_up', 'door_call', 'reading', 'observation', 'life_sign', 'feed'];
  const texts = await Promise.all(
    tables.map((table) =>
      town.db.query<{ text: string }>(`select t::text as text from ${table} t where community_id = $1`, [
        town.communityId,
      ]),
    ),
  );
  await Promise.all([tian.pull(), wang.pull(), phone.sync()]);
  const rows = await phone.phone.database.rows.toArray();
  return JSON.stringify([...texts.flat().map((row) => row.text), rows, [...tian.rows], [...wang.rows]]);
}

async function does(device: HttpDevice, name: string, args: object): Promise<void> {
  expect(await device.act(name, args), name).toMatchObject(accepted);
}

const answer = (dayOfAnswer: string, entry: object) => ({
  householdId: homes.wang,
  day: dayOfAnswer,
  slot: 'morning',
  entries: [{ personId: people.wang, ...entry }],
});

/** A day on which a lot is said: an alert that is corrected, a call, a follow-up, an observation with a reading, a shift. */
async function aDay(): Promise<void> {
  const now = town.world.now();
  const shift = { from: now, to: now + 8 * 60 * MINUTE_MS };
  await does(secretary, 'checkIn.startDuty', { id: town.world.newId(), personId: people.tian, grid: '一格', ...shift });
  await does(wang, 'checkIn.submit', answer(day, { feels: 'unwell', symptoms: ['cough'], temperatureC: 36.9 }));
  const grave = { feels: 'unwell', symptoms: ['chestPain'], temperatureC: 38.4, needs: ['medicine'] };
  await does(wang, 'checkIn.submit', answer(day, grave));
  const door = { householdId: homes.wang, day };
  await does(tian, 'checkIn.recordCall', { ...door, outcome: 'answered', note: '说腿疼' });
  const observationId = town.world.newId();
  const watched = { id: observationId, personId: people.wang, days: 2, reason: '密接' };
  await does(tian, 'checkIn.startObservation', watched);
  const reading = { observationId, day, slot: 'morning', temperatureC: 36.6, mood: 'low', needs: ['medicine'] };
  await does(wang, 'checkIn.takeReading', reading);
  await does(tian, 'checkIn.endObservation', { observationId, reason: '转阴' });
  const closed = { followUpId: `${people.wang}/${day}`, result: 'visited', note: '扶起来了' };
  await does(tian, 'checkIn.closeFollowUp', closed);
  await does(wang, 'people.sayWho', { personId: people.wang });
  await does(wang, 'people.setGreeting', { personId: people.wang, quiet: true });
  await does(wang, 'checkIn.sign', { householdId: homes.wang, personId: people.wang, day });
}

describe('what was said of somebody’s health', () => {
  it('is forgotten after 90 days, everywhere; that it was said, and how grave, stays for a year', async () => {
    await aDay();
    expect(await everythingKept()).toMatch(SAID);
    // A shift is gone two days after its end: until then, and no longer, everybody has the number of who had it.
    town.world.pass(DAY_MS);
    expect([await keep(), await count('duty')]).toEqual([0, 1]);
    town.world.pass(DAY_MS);
    expect([await keep(), await count('duty')]).toEqual([1, 0]);
    town.world.pass(87 * DAY_MS);
    expect(await keep()).toBe(0);
    expect(await everythingKept()).toMatch(SAID);

    // The last day of the observation is a day later.
    town.world.pass(2 * DAY_MS);
    const today = addDays(day, 91);
    await does(wang, 'checkIn.submit', answer(today, { feels: 'unwell', symptoms: ['tired'], temperatureC: 37.9 }));
    await does(tian, 'checkIn.recordCall', { householdId: homes.wang, day: today, outcome: 'met', note: '喝水了' });
    expect(await keep()).toBeGreaterThan(0);
    const kept = await everythingKept();
    const young = /"37\.9"|37\.9/g;
    expect(kept).toMatch(young);
    expect(kept).toMatch(/喝水了/);
    expect(kept.replace(young, '')).not.toMatch(SAID);

    const row = await phone.sees(checkIn, `${people.wang}/${day}/morning`);
    expect(row).toMatchObject({ feels: 'unwell', level: 'alert', forgotten: true, symptoms: [], needs: [] });
    expect(row?.history).toMatchObject([{ feels: 'unwell', level: 'watch', symptoms: [] }]);
    expect(row?.temperatureC).toBeUndefined();
    const own = wang.held<CheckIn>('checkIn').find((one) => one.day === today);
    expect(own).toMatchObject({ symptoms: ['tired'], temperatureC: 37.9 });
    expect(own?.forgotten).toBeUndefined();
    // What needs nobody any longer is not on the desk's phones.
    expect(tian.held<CheckIn>('checkIn').map((one) => one.day)).toEqual([today]);
    expect(await count('follow_up', `day = '${day}' and result = 'visited' and first_contact_at is not null`)).toBe(1);
    expect(await count('reading', `level = 'ok' and late is not null`)).toBe(1);
    expect(await count('door_call')).toBe(1);
    expect(await count('life_sign')).toBe(0);

    // Once more changes nothing: neither a row nor what phones are told.
    const [before] = await town.db.query('select seq from clock where community_id = $1', [town.communityId]);
    expect(await keep()).toBe(0);
    expect(await town.db.query('select seq from clock where community_id = $1', [town.communityId])).toEqual([before]);
  });

  it('goes whole after a year; what is a day younger stays', async () => {
    await aDay();
    await does(secretary, 'people.changeSettings', { modeUntil: addDays(day, 30) });
    town.world.pass(DAY_MS);
    await does(wang, 'checkIn.submit', answer(addDays(day, 1), { feels: 'well' }));
    // A phone that is never opened is asked to sign in again; this one is.
    for (let passed = 0; passed < 364; passed += 91) {
      town.world.pass(91 * DAY_MS);
      await phone.sync();
    }
    await keep();
    expect(await town.db.query('select day from check_in where community_id = $1', [town.communityId])).toEqual([
      { day: addDays(day, 1) },
    ]);
    expect([await count('follow_up'), await count('reading'), await count('observation')]).toEqual([0, 0, 1]);
    await phone.sync();
    expect((await phone.seesAll(checkIn)).map((row) => row.day)).toEqual([addDays(day, 1)]);
    town.world.pass(DAY_MS);
    await keep();
    expect([await count('check_in'), await count('observation')]).toEqual([0, 0]);
  });

  it('is forgotten once where two servers do it at the same time, however much there is', async () => {
    await aDay();
    const [{ grid }] = (await town.db.query<{ grid: string }>('select grid from check_in limit 1')) as [
      { grid: string },
    ];
    // More than one order's worth, as a large community has of a single day.
    await town.db.query(
      `insert into check_in select (r).* from (
         select json_populate_record(c, json_build_object('id', 'p' || n || '/' || c.day || '/morning', 'person_id', 'p' || n)) as r
         from check_in c, generate_series(1, 1200) n where c.community_id = $1 and c.grid = $2
       ) many`,
      [town.communityId, grid],
    );
    town.world.pass(100 * DAY_MS);
    const counts = await Promise.all([keep(), keep()]);
    for (const rows of counts) expect(rows).toBeGreaterThan(0);
    expect(await count('check_in', 'forgotten')).toBe(1201);
    expect(await everythingKept()).not.toMatch(SAID);
    expect(await count('verdict', `name in ('checkIn.forget', 'checkIn.erase') and outcome <> 'accepted'`)).toBe(0);
    expect(await keep()).toBe(0);
  });

  it('is nobody’s to forget but the community’s clock, and nothing younger even by that', async () => {
    await aDay();
    const args = { entity: 'checkIn', ids: [`${people.wang}/${day}/morning`] };
    for (const device of [wang, tian, secretary]) {
      for (const name of ['checkIn.forget', 'checkIn.erase']) {
        expect(await device.act(name, args)).toMatchObject({ code: 'notAllowed' });
      }
    }
    for (const name of ['checkIn.forget', 'checkIn.erase']) {
      await town.server.operate(town.communityId, [{ id: town.world.newId(), name, args }]);
    }
    expect(await everythingKept()).toMatch(/chestPain/);
  });
});

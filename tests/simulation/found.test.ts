import { afterAll, beforeAll, expect, test } from 'vitest';
import { dayOf } from '../../src/domain/day.ts';
import { testDatabase } from '../support/cluster.ts';
import type { TestDatabase } from '../support/cluster.ts';
import type { SimDevice } from './device.ts';
import type { History } from './history.ts';
import { live } from './simulate.ts';

// What the simulation has found, told again in its shortest form. Each of these broke a law once.

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

async function holds(seed: number, story: (history: History, li: SimDevice) => Promise<void>): Promise<void> {
  const history = await live(database.db, seed, async (one) => story(one, await one.addDevice('li')));
  expect(history.laws.violations).toEqual([]);
}

async function asks(history: History, device: SimDevice): Promise<void> {
  const id = history.chance.newId();
  const args = {
    id,
    householdId: history.town.households.li,
    kind: 'other',
    text: '换灯泡',
    handOver: 'door',
  } as const;
  await history.does(device, 'errands.request', args);
}

test('the answer to a sign-in as somebody else is cut: nobody reads as another, what was queued still goes out', () =>
  holds(1, async (history, li) => {
    li.line.faults.push('requestLost');
    await asks(history, li);
    await history.scheduler.pass(200);
    // The browser has taken the other's cookie; the phone has not heard who it is.
    li.line.faults.push('cutBody');
    await history.signIn(li, 'wang');
    await history.scheduler.pass(100_000);
    const rows = await history.until(li.phone!.database.rows.toArray(), 'the rows are read');
    expect(rows?.filter(({ scope }) => scope.includes(history.town.households.wang))).toEqual([]);
    await history.signIn(li, 'li');
  }));

test('a session is over and good again: the sender, which had given up, goes on', () =>
  holds(2, async (history, li) => {
    await history.backup(0);
    await history.sql('update session set seen_at = 0 where community_id = $1 and device_id = $2', li.identity);
    await history.scheduler.pass(6_000);
    await asks(history, li);
    await history.scheduler.pass(400);
    expect(li.phone?.status.value.state).toBe('signInAgain');
    // The server is set back to where the session was good.
    await history.afterDeed();
    await history.scheduler.pass(100_000);
    expect(li.phone?.status.value).toMatchObject({ state: 'fine', unsent: 0 });
  }));

test('somebody signs in as another and then as before: what was sealed meanwhile goes out', () =>
  holds(3, async (history, li) => {
    li.goOffline();
    await asks(history, li);
    li.goOnline();
    li.line.faults.push('requestLost', 'requestLost');
    await history.scheduler.pass(50);
    li.line.faults.length = 0;
    await history.signIn(li, 'wang');
    await history.signIn(li, 'li');
  }));

test('an answer is corrected and the correction taken back: nothing of it is left', () =>
  holds(4, async (history, li) => {
    const ground = { householdId: history.town.households.li, day: dayOf(history.scheduler.now), slot: 'morning' };
    const personId = history.town.persons['li'];
    const entries = [{ personId, feels: 'well' }];
    await history.does(li, 'checkIn.submit', { ...ground, entries });
    await history.scheduler.pass(2_000);
    const unwell = [{ personId, feels: 'unwell', temperatureC: 38.5 }];
    await history.does(li, 'checkIn.submit', { ...ground, entries: unwell });
    await history.scheduler.pass(2_000);
    await history.does(li, 'checkIn.retract', { ...ground, personIds: [personId] });
    await history.scheduler.pass(2_000);
    const left = 'select level, temperature_c as degrees from check_in where community_id = $1 and person_id = $2';
    expect(await history.sql(left, personId)).toEqual([{ level: 'ok', degrees: null }]);
  }));

test('a phone is ended while it is full: what was entrusted to it goes all the same', () =>
  holds(5, async (history, li) => {
    await history.does(li, 'people.endDevice', { deviceId: li.identity });
    // The verdict finds room; emptying the store does not, several times over.
    li.disk.fillAfter(2, 6);
    await history.scheduler.pass(12_000);
    expect(li.disk.fullTimes).toBeGreaterThan(1);
    await history.scheduler.pass(20_000);
  }));

test('whoever is on duty is dismissed, and an alert comes before the clock has looked: it goes to nobody who works no more', () =>
  holds(6, async (history, li) => {
    const { town, chance } = history;
    const secretary = await history.addDevice('secretary');
    const from = Math.floor(history.scheduler.now);
    const shift = { id: chance.newId(), personId: town.persons['tian'], grid: '一格', from, to: from + 8 * 3_600_000 };
    await history.does(secretary, 'checkIn.startDuty', shift);
    await history.scheduler.pass(2_000);
    await history.does(secretary, 'people.endRole', { personId: town.persons['tian'], kind: 'gridWorker' });
    await history.scheduler.pass(2_000);
    const ground = { householdId: town.households.li, day: dayOf(history.scheduler.now), slot: 'morning' };
    const entries = [{ personId: town.persons['li'], feels: 'unwell', temperatureC: 38.5 }];
    await history.does(li, 'checkIn.submit', { ...ground, entries });
    await history.scheduler.pass(2_000);
    const whose = 'select assigned_to as whose from follow_up where community_id = $1';
    expect(await history.sql(whose)).toEqual([{ whose: null }]);
  }));

test('"all well" is long on its way, "unwell" right after it is not: what was said later holds', () =>
  holds(7, async (history, li) => {
    const ground = { householdId: history.town.households.li, day: dayOf(history.scheduler.now), slot: 'morning' };
    const personId = history.town.persons['li'];
    li.line.faults.push('reordered');
    await history.does(li, 'checkIn.submit', { ...ground, entries: [{ personId, feels: 'well' }] });
    const unwell = [{ personId, feels: 'unwell', temperatureC: 38.9 }];
    await history.does(li, 'checkIn.submit', { ...ground, entries: unwell });
    await history.scheduler.pass(45_000);
    const left = 'select level, disputed from check_in where community_id = $1 and person_id = $2';
    expect(await history.sql(left, personId)).toEqual([{ level: 'alert', disputed: null }]);
  }));

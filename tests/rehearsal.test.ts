import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fillRehearsal } from '../src/rehearsal/fill-rehearsal.ts';
import type { RehearsalLink } from '../src/rehearsal/fill-rehearsal.ts';
import type { Server } from '../src/server/create-server.ts';
import { testDatabase } from './support/cluster.ts';
import type { TestDatabase } from './support/cluster.ts';
import { HttpDevice } from './support/http-device.ts';
import { StoryWorld } from './support/story-world.ts';
import { testServer } from './support/test-server.ts';

let database: TestDatabase;
let folder: string;
let server: Server;
const world = new StoryWorld();

beforeAll(async () => {
  database = await testDatabase();
  folder = await mkdtemp(join(tmpdir(), 'shouwang-rehearsal-'));
  server = testServer(database.db, world);
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

async function fill(baseUrl: string) {
  const { db } = database;
  const { operate } = server;
  return fillRehearsal({ db, operate, dataFolder: folder, baseUrl, now: world.now(), seed: 2020, out: () => {} });
}

const count = async (table: string) =>
  (await database.db.query<{ n: number }>(`select count(*)::int as n from ${table}`))[0]!.n;

async function rounds(): Promise<Record<string, number>> {
  const found = await database.db.query<{ state: string; n: number }>(
    'select state, count(*)::int as n from group_buy group by state',
  );
  return Object.fromEntries(found.map(({ state, n }) => [state, n]));
}

it('an empty database is filled once, and a second start only writes the links anew', async () => {
  const links = await fill('http://localhost:8787');
  expect(links.map((link) => link.key)).toEqual(
    expect.arrayContaining(['elder', 'family', 'volunteer', 'gridWorker', 'secretary']),
  );
  expect(await count('household')).toBe(517);
  expect(await count('notice')).toBe(30);
  expect(await rounds()).toEqual({
    arrived: 1,
    cancelled: 1,
    closed: 1,
    draft: 1,
    handingOut: 1,
    open: 2,
    ordered: 1,
    settled: 1,
  });
  expect(await count('errand')).toBe(16);
  expect(await count('check_in')).toBeGreaterThan(3_000);
  expect(await count(`follow_up where closed_at is null and seen_at is null`)).toBe(1);
  expect(await count(`follow_up where closed_at is null and seen_at is not null`)).toBe(2);
  expect(await count(`door_call where calling_by is not null`)).toBe(1);
  expect(await count(`duty where begins_at <= ${world.now()} and ends_at > ${world.now()} and place = ''`)).toBe(1);
  expect([await count('observation'), await count('reading')]).toEqual([1, 4]);
  expect(await count('sweep where closed_at is null')).toBe(1);
  expect(await count('life_sign')).toBe(4);
  expect(await count(`verdict where outcome = 'refused'`)).toBe(0);
  const verdicts = await count('verdict');

  const again = await fill('http://localhost:9999');
  expect(again.map(({ key, code }) => ({ key, code }))).toEqual(links.map(({ key, code }) => ({ key, code })));
  expect(await count('verdict')).toBe(verdicts);
  const written = JSON.parse(await readFile(join(folder, 'rehearsal.json'), 'utf8')) as RehearsalLink[];
  expect(written).toEqual(again);
  expect(written[0]?.link).toMatch(/^http:\/\/localhost:9999\/in#/u);
});

it('its rounds show every state of life, and their books add up', async () => {
  expect(await count(`waiting_place where state = 'waiting'`)).toBe(4);
  expect(await count('group_buy_item where sold > stock')).toBe(0);
  expect(await count(`group_buy_order where source is not null`)).toBe(2);
  expect(await count(`group_buy_order where listed_as is not null`)).toBeGreaterThan(20);
  expect(await count(`group_buy_order where lines::text like '%"similar"%'`)).toBeGreaterThan(0);
  expect(await count(`group_buy_order where lines::text like '%"weighed"%'`)).toBeGreaterThan(0);
  expect(await count('hand_out_run where person_id is not null and ended is not true')).toBe(3);
  expect(await count('hand_out_run where person_id is null')).toBe(2);
  expect(await count('group_buy_order where hand_out_problem is not null')).toBe(2);
  expect(await count('group_buy_claim')).toBe(3);
  expect(await count(`group_buy_refund where state = 'asked'`)).toBe(1);
  expect(await count(`group_buy_refund where state = 'paid'`)).toBeGreaterThan(2);
  expect([await count('supplier_receipt'), await count('collection_code'), await count('photo')]).toEqual([1, 1, 1]);
  const [book] = await database.db.query<{ sum: number }>(
    `select coalesce(sum((p ->> 'fen')::bigint), 0) as sum from ledger_entry e, jsonb_array_elements(e.postings) as p`,
  );
  expect(book!.sum).toBe(0);
  const apart = await database.db.query(
    `select o.id from group_buy_order o where o.total_fen <> coalesce((
       select sum((p ->> 'fen')::bigint) from ledger_entry e, jsonb_array_elements(e.postings) as p
        where e.household_id = o.household_id and e.group_buy_id = o.group_buy_id
          and e.kind not in ('payment', 'paymentBack', 'refund')
          and p ->> 'account' = 'household:' || o.household_id), 0)`,
  );
  expect(apart).toEqual([]);
});

it('each link lets in whom it names, with what they may see', async () => {
  const links = await fill('http://localhost:8787');
  const held = async (key: RehearsalLink['key']) => {
    const device = await HttpDevice.join(server.app, world, links.find((link) => link.key === key)!.code);
    await device.pull();
    return [...new Set([...device.rows.keys()].map((row) => row.split('|')[1]!))].sort();
  };
  expect(await held('elder')).toEqual(expect.arrayContaining(['errand', 'notice', 'person', 'groupBuy', 'item']));
  expect(await held('elder')).not.toContain('errandCard');
  expect(await held('volunteer')).toEqual(expect.arrayContaining(['errandCard', 'errand', 'handOutRun', 'bag']));
  expect(await held('gridWorker')).toEqual(
    expect.arrayContaining(['checkIn', 'followUp', 'observation', 'person', 'reading', 'role', 'sweptDoor']),
  );
});

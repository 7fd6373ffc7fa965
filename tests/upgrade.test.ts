import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { migrate, migrationsFolder } from '../src/server/database/migrate.ts';
import { testDatabase, type TestDatabase } from './support/cluster.ts';
import { bookFaults, stockFaults } from './support/ledger-laws.ts';
import { readBooks } from './support/ledger.ts';

let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  database = await testDatabase();
  folder = await mkdtemp(join(tmpdir(), 'shouwang-upgrade-'));
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

/** An empty database as it was made by the migrations up to this one. */
async function madeBy(last: string): Promise<void> {
  for (const schema of ['public', 'drizzle']) {
    await database.db.query(`drop schema ${schema} cascade`);
    if (schema === 'public') await database.db.query('create schema public');
  }
  await cp(migrationsFolder(), folder, { recursive: true });
  const path = join(folder, 'meta', '_journal.json');
  const journal = JSON.parse(await readFile(path, 'utf8')) as { entries: { tag: string }[] };
  const end = journal.entries.findIndex((entry) => entry.tag === last) + 1;
  await writeFile(path, JSON.stringify({ ...journal, entries: journal.entries.slice(0, end) }));
  await migrate(database.connection, folder);
}

it('what was said of people’s health leaves the desks of a community that is older than that rule', async () => {
  await madeBy('0001_sign-in-again');
  await database.db.query(`insert into clock (community_id, seq, epoch, tombstone_floor) values ('c', 7, 'e', 0)`);
  for (const [scope, entity, seq] of [
    ['desk:一格', 'checkIn', 5],
    ['desk:一格', 'household', 6],
    ['household:h/check-in', 'checkIn', 7],
  ]) {
    await database.db.query(
      `insert into feed (community_id, scope, entity, id, seq, row, changed_at) values ('c', $1, $2, 'x', $3, '{"id":"x"}', 0)`,
      [scope, entity, seq],
    );
  }
  await migrate(database.connection);
  expect(await database.db.query('select scope, entity from feed order by scope, entity')).toEqual([
    { scope: 'desk:一格', entity: 'household' },
    { scope: 'household:h/check-in', entity: 'checkIn' },
  ]);
  // Beyond every cursor there is: each phone reads its scopes anew. Once for this change, once for a later one.
  expect(await database.db.query('select seq, tombstone_floor as floor from clock')).toEqual([{ seq: 9, floor: 9 }]);
});

it('orders from before there were books are entered in them: what each says it costs, the book says too', async () => {
  await madeBy('0002_care');
  const { db } = database;
  await db.query(
    `insert into group_buy (community_id, id, title, opens_at, closes_at, state, households, portions)
     values ('c', 'r', '蛋团', 0, 9, 'open', 2, 3)`,
  );
  await db.query(
    `insert into group_buy_item (community_id, id, group_buy_id, name, unit, contents, price_fen, stock, sold, per_household, position)
     values ('c', 'egg', 'r', '鲜鸡蛋', '板', '', 3800, 5, 3, 2, 0)`,
  );
  const orders: [household: string, state: string, quantity: number][] = [
    ['wang', 'placed', 2],
    ['li', 'placed', 1],
    ['chen', 'cancelled', 2],
  ];
  for (const [household, state, quantity] of orders) {
    const line = { itemId: 'egg', name: '鲜鸡蛋', unit: '板', quantity, priceFen: 3_800, ifShort: 'drop' };
    await db.query(
      `insert into group_buy_order (community_id, id, group_buy_id, household_id, building_id, door, state, lines, total_fen,
         revision, changed_by, placed_at, changed_at, changes)
       values ('c', 'r/' || $1, 'r', $1, 'b', '3-1-402', $2, $3, $4, 'rev of ' || $1, 'd', 5, 6, '[]')`,
      [household, state, JSON.stringify([line]), quantity * 3_800],
    );
  }
  await db.query(
    `insert into feed (community_id, scope, entity, id, seq, row, changed_at)
     values ('c', 'household:chen/orders', 'order', 'r/chen', 3, '{"id":"r/chen","state":"cancelled","totalFen":7600}', 6)`,
  );
  await migrate(database.connection);
  expect(await db.query(`select row ->> 'totalFen' as total from feed where entity = 'order'`)).toEqual([
    { total: '0' },
  ]);
  const books = await readBooks({ communityId: 'c', db });
  expect(books.entries.map((one) => [one.householdId, one.kind, one.postings[0]?.fen, one.at])).toEqual([
    ['li', 'order', 3_800, 5],
    ['wang', 'order', 7_600, 5],
  ]);
  expect(bookFaults(books)).toEqual([]);
  expect(stockFaults(books)).toEqual([]);
});

import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { migrate, migrationsFolder } from '../src/server/database/migrate.ts';
import { testDatabase, type TestDatabase } from './support/cluster.ts';

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
  // Beyond every cursor there is: each phone reads its scopes anew.
  expect(await database.db.query('select seq, tombstone_floor as floor from clock')).toEqual([{ seq: 8, floor: 8 }]);
});

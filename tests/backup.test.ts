import { randomBytes } from 'node:crypto';
import { readFile, rm, stat, writeFile, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { runBackup, runRestore } from '../src/server/database/backup-commands.ts';
import { BackupRefused, tenantTables } from '../src/server/database/backup-format.ts';
import { backup } from '../src/server/database/backup.ts';
import type { Database } from '../src/server/database/database.ts';
import { restore } from '../src/server/database/restore.ts';
import { serverWorld } from '../src/server/server-world.ts';
import type { TestDatabase } from './support/cluster.ts';
import { testDatabase } from './support/cluster.ts';

/** What is hard to carry: quotes, a line separator, an emoji, a number beyond 2^53, json that is not in its shortest form. */
const text = `"双引号" \\ 反斜杠\u2028换行\t${'🥬'}`;
const values: Readonly<Record<string, string>> = {
  text: `'${text}'`,
  bigint: '9007199254740993',
  integer: '7',
  boolean: 'true',
  'double precision': '36.7',
  json: `'{"b": 1,\n  "a" :"换行 \\n"}'`,
  jsonb: `'{"names": ["王", null], "n": 12345678901234567890}'`,
  bytea: `'\\x00ff0a'`,
  date: `'2022-04-07'`,
};

let first: TestDatabase;
let second: TestDatabase;
let folder: string;
let file: string;

beforeAll(async () => {
  first = await testDatabase();
  second = await testDatabase();
  folder = await mkdtemp(join(tmpdir(), 'shouwang-backup-'));
  file = join(folder, 'all.ndjson.gz');
  for (const community of ['magnolia', 'willow']) await fill(first.db, community);
});

beforeEach(async () => {
  for (const { name } of (await tenantTables(second.db)).reverse()) await second.db.query(`delete from "${name}"`);
  await backup(first.db, 'all', file, 1_649_300_000_000);
});

afterAll(async () => {
  await first.drop();
  await second.drop();
  await rm(folder, { recursive: true, force: true });
});

describe('a backup', () => {
  test('brings every row of every tenant table into another database, and a new epoch', async () => {
    const done = await restore(second.db, file, { newId: () => 'epoch-after' });
    expect(done.communities).toEqual(['magnolia', 'willow']);
    expect(done.at).toBe(1_649_300_000_000);
    const before = await contents(first.db);
    expect(Object.keys(before)).toEqual(expect.arrayContaining(['clock', 'feed', 'session', 'slip_code', 'verdict']));
    for (const rows of Object.values(before)) expect(rows.length).toBeGreaterThan(0);
    expect(await contents(second.db)).toEqual(before);
    expect(await second.db.query('select distinct epoch from clock')).toEqual([{ epoch: 'epoch-after' }]);
    expect(await first.db.query('select 1 from clock where epoch = $1', ['epoch-after'])).toEqual([]);
  });

  test('keeps what a feed row says to the letter', async () => {
    await restore(second.db, file, { newId: () => 'epoch-after' });
    const rows = await second.db.query('select distinct row::text as row from feed');
    expect(rows).toEqual([{ row: '{"b": 1,   "a" :"换行 \\n"}' }]);
  });

  test('carries pictures to the byte', async () => {
    const bytes = randomBytes(100_000);
    await first.db.query(`update photo set bytes = $1 where community_id = 'magnolia'`, [bytes]);
    await backup(first.db, 'magnolia', file, 0);
    await restore(second.db, file, { newId: () => 'epoch-after' });
    const pictures = await second.db.query<{ bytes: Buffer }>('select bytes from photo');
    expect(pictures).toHaveLength(40);
    expect(pictures.every((picture) => picture.bytes.equals(bytes))).toBe(true);
    await first.db.query(`update photo set bytes = $1 where community_id = 'magnolia'`, [Buffer.of(0, 255, 10)]);
  });

  test('can be of one community alone, which leaves the others as they are', async () => {
    await fill(second.db, 'willow');
    const willow = await contents(second.db);
    await backup(first.db, 'magnolia', file, 0);
    await restore(second.db, file, { newId: () => 'epoch-after' });
    const after = await contents(second.db);
    for (const [table, rows] of Object.entries(willow)) expect(after[table]).toEqual(expect.arrayContaining(rows));
    expect(await second.db.query('select epoch from clock order by community_id')).toEqual([
      { epoch: 'epoch-after' },
      { epoch: text },
    ]);
  });

  test('does not overwrite a community unless asked to', async () => {
    await fill(second.db, 'magnolia', 3);
    const mine = await contents(second.db);
    await expect(restore(second.db, file, { newId: () => 'epoch-after' })).rejects.toThrow(BackupRefused);
    expect(await contents(second.db)).toEqual(mine);

    await restore(second.db, file, { replace: true, newId: () => 'epoch-after' });
    expect(await contents(second.db)).toEqual(await contents(first.db));
  });

  test('that was cut off anywhere is refused and changes nothing, even with --replace', async () => {
    await fill(second.db, 'magnolia', 3);
    const mine = await contents(second.db);
    const packed = await readFile(file);
    const lines = gunzipSync(packed).toString().split('\n').slice(0, -1);
    const damaged: Record<string, Buffer> = {
      'cut in the gzip': packed.subarray(0, packed.length - 20),
      'half of it': packed.subarray(0, packed.length / 2),
      empty: Buffer.alloc(0),
      'no gzip at all': Buffer.from('社区备份'),
      'the end missing': pack(lines.slice(0, -1)),
      'cut in a line': gzipSync(lines.join('\n').slice(0, -30)),
      'a chunk missing': pack([...lines.slice(0, 1), ...lines.slice(2)]),
      'a word changed': pack(lines.map((line) => line.replace('36.7', '39.9').replace('🥬', '🥕'))),
      'more behind the end': pack([...lines, '{"community":"magnolia","table":"clock","rows":[]}']),
      'a newer schema': pack([(lines[0] ?? '').replace('"epoch"', '"epoch","later"'), ...lines.slice(1)]),
    };
    for (const [what, bytes] of Object.entries(damaged)) {
      await writeFile(file, bytes);
      const outcome = await restore(second.db, file, { replace: true, newId: () => 'epoch-after' }).catch(
        (error: unknown) => error,
      );
      expect(outcome, what).toBeInstanceOf(BackupRefused);
      expect(await contents(second.db), what).toEqual(mine);
    }
  });

  test('is one moment, though the community goes on writing meanwhile', async () => {
    let writing = true;
    const neighbour = (async () => {
      for (let n = 1; writing; n++) {
        // Both rows change in one transaction: a backup that saw one without the other would be torn.
        await first.db.transaction(async (sql) => {
          await sql.query(`update clock set seq = $1 where community_id = 'magnolia'`, [n]);
          await sql.query(`update device_stream set last_seq = $1 where community_id = 'magnolia'`, [n]);
        });
      }
    })();
    for (let round = 0; round < 5; round++) {
      await backup(first.db, 'magnolia', file, 0);
      await restore(second.db, file, { replace: true, newId: () => 'epoch-after' });
      const torn = await second.db.query(
        'select 1 from clock c join device_stream d using (community_id) where c.seq <> d.last_seq',
      );
      expect(torn).toEqual([]);
    }
    writing = false;
    await neighbour;
  });
});

test('the commands say what they did, where the file is, and nothing of it is open to others', async () => {
  const said: string[] = [];
  const context = { world: serverWorld, dataFolder: folder, say: (line: string) => void said.push(line) };
  const named = join(folder, 'named.ndjson.gz');
  expect(await runBackup(['--community', 'willow', named], { ...context, db: first.db })).toBe(0);
  expect((await stat(named)).mode & 0o077).toBe(0);
  expect(said.at(-1)).toContain(named);
  expect(await runRestore([named], { ...context, db: second.db })).toBe(0);
  expect(await runRestore([named], { ...context, db: second.db })).toBe(1);
  expect(said.at(-1)).toContain('--replace');
  expect(await runRestore(['--replace', named], { ...context, db: second.db })).toBe(0);
  expect(await runBackup(['--community', 'elsewhere'], { ...context, db: first.db })).toBe(1);
  expect(await runRestore([], { ...context, db: second.db })).toBe(1);
});

/** Rows of all kinds of columns in every table there is: a new pillar's tables are tested without a line here. */
async function fill(db: Database, community: string, rows = 40): Promise<void> {
  for (const { name } of await tenantTables(db)) {
    const columns = await db.query<{ name: string; type: string }>(
      `select column_name as name, data_type as type from information_schema.columns
       where table_schema = 'public' and table_name = $1 order by ordinal_position`,
      [name],
    );
    const keys = await db.query<{ name: string }>(
      `select distinct a.attname as name from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
       where i.indrelid = $1::regclass and i.indisunique and a.attname <> 'community_id'`,
      [`public."${name}"`],
    );
    const unique = new Set(keys.map((key) => key.name));
    const selected = columns.map((column) => {
      if (column.name === 'community_id') return `'${community}'`;
      const value = values[column.type];
      if (value === undefined) throw new Error(`${name}.${column.name}: no sample for ${column.type}`);
      if (!unique.has(column.name)) return value;
      return column.type === 'text' ? `'${community}' || n || ${value}` : 'n';
    });
    const count = unique.size === 0 ? 1 : rows;
    const names = columns.map((column) => `"${column.name}"`).join(', ');
    await db.query(
      `insert into "${name}" (${names}) select ${selected.join(', ')} from generate_series(1, ${count}) n`,
    );
  }
}

/** All rows of all tenant tables as text, but the epoch, which a restore changes. */
async function contents(db: Database): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {};
  for (const { name, columns } of await tenantTables(db)) {
    const compared = columns.filter((column) => column !== 'epoch').map((column) => `"${column}"::text`);
    const rows = await db.query<{ row: string }>(
      `select row(${compared.join(', ')})::text as row from "${name}" order by 1`,
    );
    all[name] = rows.map(({ row }) => row.replaceAll('\n', ' '));
  }
  return all;
}

function pack(lines: readonly string[]): Buffer {
  return gzipSync(lines.map((line) => `${line}\n`).join(''));
}

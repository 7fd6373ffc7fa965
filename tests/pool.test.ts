import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database, Sql } from '../src/server/database/database.ts';
import { isDiskFull, isTransient, openPool } from '../src/server/database/pool.ts';
import type { TestDatabase } from './support/cluster.ts';
import { testDatabase } from './support/cluster.ts';

let database: TestDatabase;
let db: Database;

beforeAll(async () => {
  database = await testDatabase();
  db = database.db;
  await db.query('create table account (id text primary key, fen bigint)');
  await db.query(`insert into account values ('wang', 100), ('li', 100)`);
});

afterAll(() => database.drop());

test('values come back as the code counts and compares them', async () => {
  const [row] = await db.query(
    `select 9007199254740991::bigint as ms, sum(fen) as total, '2022-04-07'::date as day, '{"a":[1]}'::jsonb as list from account`,
  );
  expect(row).toEqual({ ms: Number.MAX_SAFE_INTEGER, total: 200, day: '2022-04-07', list: { a: [1] } });
});

test('a statement that comes often gives the same answers once it is prepared', async () => {
  for (let n = 0; n < 20; n++) expect(await db.query('select $1::int + 1 as next', [n])).toEqual([{ next: n + 1 }]);
  await db.transaction(async (sql) => {
    for (let n = 0; n < 6; n++) await sql.query('select 1 as often');
    expect(await sql.query(`select 1 from pg_prepared_statements where statement = 'select 1 as often'`)).toHaveLength(
      1,
    );
  });
});

test('what throws in a transaction is undone, and a swallowed error does not pass for a commit', async () => {
  const fault = new Error('our own');
  const failing = db.transaction(async (sql) => {
    await sql.query(`update account set fen = 0`);
    throw fault;
  });
  await expect(failing).rejects.toBe(fault);
  const swallowing = db.transaction(async (sql) => {
    await sql.query(`update account set fen = 0`);
    await sql.query('select 1 / 0').catch(() => undefined);
  });
  await expect(swallowing).rejects.toThrow();
  expect(await db.query('select distinct fen from account')).toEqual([{ fen: 100 }]);
});

test('a snapshot sees one moment and cannot write', async () => {
  await db.transaction(async (sql) => {
    const before = await sql.query('select count(*) as rows from account');
    await db.query(`insert into account values ('zhao', 100)`);
    expect(await sql.query('select count(*) as rows from account')).toEqual(before);
  }, 'snapshot');
  await db.query(`delete from account where id = 'zhao'`);
  const writing = db.transaction((sql) => sql.query('delete from account'), 'snapshot');
  await expect(writing).rejects.toMatchObject({ code: '25006' });
});

test('a connection that is cut off fails its work as transient, and the next one works', async () => {
  const cutInside = db.transaction(async (sql) => {
    const [{ pid } = { pid: 0 }] = await sql.query<{ pid: number }>('select pg_backend_pid() as pid');
    await db.query('select pg_terminate_backend($1)', [pid]);
    await sql.query('select 1');
  });
  expect(isTransient(await cutInside.catch((error: unknown) => error))).toBe(true);

  await db.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  expect(await db.query('select 1 as one')).toEqual([{ one: 1 }]);
});

test('a database that cannot be reached, a deadlock and a lock held too long are transient; a wrong statement is not', async () => {
  const nowhere = openPool({ ...database.connection, host: '/nowhere' });
  expect(isTransient(await caught(nowhere.query('select 1')))).toBe(true);
  await nowhere.close();

  const locks = async (sql: Sql, first: string, second: string): Promise<void> => {
    await sql.query('update account set fen = fen where id = $1', [first]);
    await meeting();
    await sql.query('update account set fen = fen where id = $1', [second]);
  };
  const meeting = rendezvous(2);
  const ends = await Promise.allSettled([
    db.transaction((sql) => locks(sql, 'wang', 'li')),
    db.transaction((sql) => locks(sql, 'li', 'wang')),
  ]);
  const losers = ends.filter((end) => end.status === 'rejected');
  expect(losers.map((end) => isTransient(end.reason))).toEqual([true]);

  const waiting = db.transaction(async (sql) => {
    await sql.query(`update account set fen = fen where id = 'wang'`);
    await db.transaction(async (other) => {
      await other.query(`set local lock_timeout = '50ms'`);
      await other.query(`update account set fen = fen where id = 'wang'`);
    });
  });
  expect(isTransient(await caught(waiting))).toBe(true);

  for (const wrong of ['select nothing from nowhere', 'select 1 / 0', `insert into account values ('wang')`]) {
    expect(isTransient(await caught(db.query(wrong))), wrong).toBe(false);
  }
  expect(isTransient(new Error('Connection terminated unexpectedly'))).toBe(false);
});

test('a full disk is known by its state, also inside another error', async () => {
  const full = await caught(db.query(`do $$ begin raise exception sqlstate '53100'; end $$`));
  expect(isDiskFull(full)).toBe(true);
  expect(isDiskFull(new Error('could not store', { cause: full }))).toBe(true);
  expect(isDiskFull(Object.assign(new Error('write'), { code: 'ENOSPC' }))).toBe(true);
  expect(isDiskFull(new Error('No space left on device'))).toBe(false);
});

test('of statements that fail together the first says why, not those that it took along', async () => {
  const failed = db.transaction(async (sql) => {
    // The one to blame is heard a moment later than the one beside it.
    const first = async (): Promise<unknown> => {
      const full = sql.query(`do $$ begin raise exception sqlstate '53100'; end $$`);
      return full.then(async (rows) => Promise.resolve(rows)).finally(() => Promise.resolve());
    };
    await Promise.all([first(), sql.query('select 1')]);
  });
  expect(isDiskFull(await caught(failed))).toBe(true);
});

function caught(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

/** Resolves for all when so many have arrived. */
function rendezvous(size: number): () => Promise<void> {
  let open: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (open = resolve));
  let arrived = 0;
  return () => {
    arrived += 1;
    if (arrived === size) open();
    return gate;
  };
}

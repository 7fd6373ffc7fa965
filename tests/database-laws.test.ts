import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registry } from '../src/pillars/registry.ts';
import { testDatabase, type TestDatabase } from './support/cluster.ts';

let database: TestDatabase;
/** Small tables that every community shares; they would stand on every machine of a cluster. */
const referenceTables = ['slip_code'];

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const names = async (sql: string): Promise<string[]> => {
  const rows = await database.db.query<{ name: string }>(sql);
  return rows.map((row) => row.name).sort();
};

/** Laws that let the tables be spread over machines by community, read from the catalog of what the migrations made. */
describe('every table', () => {
  it('has community_id first in its primary key', async () => {
    const wrong = await names(`
      select c.relname as name from pg_class c
      left join pg_index i on i.indrelid = c.oid and i.indisprimary
      left join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
      where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and a.attname is distinct from 'community_id'`);
    expect(wrong).toEqual(referenceTables);
  });

  it('leads every index with community_id', async () => {
    const wrong = await names(`
      select c.relname as name from pg_index i
      join pg_class c on c.oid = i.indexrelid
      join pg_class t on t.oid = i.indrelid
      join pg_attribute a on a.attrelid = t.oid and a.attnum = i.indkey[0]
      where t.relnamespace = 'public'::regnamespace and a.attname <> 'community_id'`);
    expect(wrong).toEqual(['slip_code_pkey']);
  });

  it('leads every foreign key with community_id', async () => {
    const wrong = await names(`
      select conname as name from pg_constraint k
      join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
      where contype = 'f' and k.connamespace = 'public'::regnamespace and a.attname <> 'community_id'`);
    expect(wrong).toEqual([]);
  });

  it('has no trigger, no exclusion and no deferrable constraint', async () => {
    expect(
      await names(`select tgname as name from pg_trigger where not tgisinternal
        union all select conname from pg_constraint where connamespace = 'public'::regnamespace and (contype = 'x' or condeferrable)`),
    ).toEqual([]);
  });

  it('takes its numbers and ids from the app: no sequence, no identity, no default', async () => {
    expect(
      await names(`select relname as name from pg_class where relkind = 'S' and relnamespace = 'public'::regnamespace
        union all
        select c.relname || '.' || a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0
          and (a.attidentity <> '' or a.atthasdef)`),
    ).toEqual([]);
  });

  it('is one that the registry or the platform knows', async () => {
    const tables = await names(
      `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
    );
    const platform = ['clock', 'feed', 'photo', 'verdict', 'device_stream', 'session', 'slip_code'];
    expect(tables.filter((table) => !platform.includes(table))).toHaveLength(registry.visibility.size);
  });
});

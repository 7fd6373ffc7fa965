import { createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { BackupHeader, BackupTrailer, TenantTable } from './backup-format.ts';
import { BackupRefused, lineDigest, quoted, tenantTables } from './backup-format.ts';
import type { Database, Sql } from './database.ts';
import { schemaOf } from './migrate.ts';

export interface BackupDone {
  readonly communities: readonly string[];
  readonly rows: number;
}

/** Rows are fetched so that a batch is about this many characters: pictures are large, receipts small. */
const batchSize = 1 << 20;

/**
 * Writes all rows of a community, or of all, into one file as one moment saw them. The server may go on working. The
 * file appears under its name when it is complete and on the disk; only its owner can read it.
 * @param which a community's id or `'all'`
 * @param now epoch ms, for the file's header
 * @throws BackupRefused where there is no such community
 */
export async function backup(db: Database, which: string, file: string, now: number): Promise<BackupDone> {
  const draft = `${file}.part`;
  await mkdir(dirname(file), { recursive: true });
  try {
    const done = await db.transaction(async (sql) => {
      // A slow disk makes pauses between fetches.
      await sql.query('set local idle_in_transaction_session_timeout = 0');
      const communities = await communitiesOf(sql, which);
      const tables = await tenantTables(sql);
      const header: BackupHeader = {
        format: 'shouwang-backup',
        version: 1,
        schema: await schemaOf(sql),
        at: now,
        communities,
        tables: Object.fromEntries(tables.map((table) => [table.name, table.columns])),
      };
      const count = { rows: 0 };
      const lines = Readable.from(linesOf(sql, header, tables, count), { highWaterMark: 2 });
      await pipeline(lines, createGzip(), createWriteStream(draft, { mode: 0o600 }));
      return { communities, rows: count.rows };
    }, 'snapshot');
    await flushed(draft);
    await rename(draft, file);
    return done;
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

async function communitiesOf(sql: Sql, which: string): Promise<string[]> {
  const rows = await sql.query<{ id: string }>('select community_id as id from clock order by community_id');
  const ids = rows.map((row) => row.id).filter((id) => which === 'all' || id === which);
  if (ids.length === 0) {
    const known = rows.map((row) => row.id).join('、') || '没有';
    throw new BackupRefused(which === 'all' ? '这里还没有小区。' : `没有小区 "${which}"（有：${known}）。`);
  }
  return ids;
}

async function* linesOf(
  sql: Sql,
  header: BackupHeader,
  tables: readonly TenantTable[],
  count: { rows: number },
): AsyncGenerator<string> {
  const digest = lineDigest();
  const rows: Record<string, number> = {};
  function line(text: string): string {
    const whole = `${text}\n`;
    digest.update(whole);
    return whole;
  }
  yield line(JSON.stringify(header));
  for (const community of header.communities) {
    for (const { name } of tables) {
      for await (const batch of batchesOf(sql, community, name)) {
        rows[name] = (rows[name] ?? 0) + batch.length;
        count.rows += batch.length;
        // The rows stay the text that PostgreSQL wrote: no number loses a digit on its way through JavaScript.
        yield line(
          `{"community":${JSON.stringify(community)},"table":${JSON.stringify(name)},"rows":[${batch.join(',')}]}`,
        );
      }
    }
  }
  const trailer: BackupTrailer = { end: true, rows, sha256: digest.digest('hex') };
  yield `${JSON.stringify(trailer)}\n`;
}

async function* batchesOf(sql: Sql, community: string, table: string): AsyncGenerator<string[]> {
  const literal = `'${community.replaceAll("'", "''")}'`;
  await sql.query(
    // to_json keeps what is stored as json to the letter. A line feed in it can only stand between its parts.
    `declare rows_of no scroll cursor for
     select replace(to_json(t)::text, e'\\n', ' ') as row from ${quoted(table)} t where community_id = ${literal}`,
  );
  for (let size = 16; ;) {
    const batch = (await sql.query<{ row: string }>(`fetch forward ${size} from rows_of`)).map(({ row }) => row);
    if (batch.length > 0) yield batch;
    if (batch.length < size) break;
    const length = batch.reduce((sum, row) => sum + row.length, 0);
    size = Math.min(5_000, Math.max(1, Math.floor((size * batchSize) / length)));
  }
  await sql.query('close rows_of');
}

async function flushed(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  await handle.sync();
  await handle.close();
}

import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import type { BackupChunk, BackupHeader, BackupTrailer } from './backup-format.ts';
import { BackupRefused, lineDigest, quoted, tenantTables } from './backup-format.ts';
import type { Database, Sql } from './database.ts';

export interface RestoreOptions {
  /** Removes what the database holds of these communities first. Without it, a community that exists refuses. */
  readonly replace?: boolean;
  /** Makes the new epoch, by which every phone learns to offer again what it may have sent since the backup. */
  readonly newId: () => string;
}

export interface RestoreDone {
  readonly communities: readonly string[];
  readonly rows: number;
  /** Epoch ms of the backup. */
  readonly at: number;
}

/**
 * Puts a backup's communities into the database, each with a new epoch. One transaction: a file that is incomplete,
 * changed or does not fit changes nothing. The schema may be newer than the backup's, as long as it has its columns.
 * @throws BackupRefused with the reason
 */
export async function restore(db: Database, file: string, options: RestoreOptions): Promise<RestoreDone> {
  return db.transaction(async (sql) => {
    await sql.query('set local idle_in_transaction_session_timeout = 0');
    const digest = lineDigest();
    const rows: Record<string, number> = {};
    let header: BackupHeader | undefined;
    let trailer: BackupTrailer | undefined;
    for await (const line of linesOf(file)) {
      if (trailer) throw new BackupRefused('The file goes on behind its end.');
      const value = parsed(line);
      if ('end' in value) {
        trailer = value as unknown as BackupTrailer;
        continue;
      }
      digest.update(`${line}\n`);
      if (header) {
        const chunk = value as unknown as BackupChunk;
        await store(sql, header, chunk, line);
        rows[chunk.table] = (rows[chunk.table] ?? 0) + chunk.rows.length;
      } else {
        header = await accepted(sql, value as unknown as BackupHeader, options.replace ?? false);
      }
    }
    if (!header || !trailer) throw new BackupRefused('The file is incomplete: its end is missing.');
    if (trailer.sha256 !== digest.digest('hex') || !sameCounts(trailer.rows, rows)) {
      throw new BackupRefused('The file was changed after it was written: its checksum does not fit.');
    }
    for (const community of header.communities) {
      await sql.query('update clock set epoch = $2 where community_id = $1', [community, options.newId()]);
    }
    return { communities: header.communities, rows: Object.values(rows).reduce((sum, n) => sum + n, 0), at: header.at };
  });
}

/** Checks that the file fits this database, and makes room for it. */
async function accepted(sql: Sql, header: BackupHeader, replace: boolean): Promise<BackupHeader> {
  if (header.format !== 'shouwang-backup') throw new BackupRefused('The file is not a backup of Shouwang.');
  if (header.version !== 1) throw new BackupRefused(`The file is of format ${String(header.version)}, which a newer Shouwang wrote.`);
  const tables = await tenantTables(sql);
  const here = new Map(tables.map((table) => [table.name, new Set(table.columns)]));
  for (const [table, columns] of Object.entries(header.tables)) {
    const missing = columns.filter((column) => !here.get(table)?.has(column));
    if (missing.length > 0) {
      throw new BackupRefused(`The backup (schema ${header.schema}) is newer than this Shouwang: ${table} lacks ${missing.join(', ')}.`);
    }
  }
  for (const community of header.communities) {
    // Waits for a write under way, and holds off the next one.
    const clocks = await sql.query('select 1 from clock where community_id = $1 for update', [community]);
    if (clocks.length > 0 && !replace) {
      throw new BackupRefused(`The community "${community}" exists here. Use --replace to put the backup in its place.`);
    }
    for (const { name } of [...tables].reverse()) await sql.query(`delete from ${quoted(name)} where community_id = $1`, [community]);
  }
  return header;
}

async function store(sql: Sql, header: BackupHeader, chunk: BackupChunk, line: string): Promise<void> {
  const columns = header.tables[chunk.table];
  if (!columns || !header.communities.includes(chunk.community)) throw new BackupRefused('The file holds rows that its header does not name.');
  const names = columns.map(quoted).join(', ');
  await sql.query(
    `insert into ${quoted(chunk.table)} (${names})
     select ${names} from json_populate_recordset(null::${quoted(chunk.table)}, $1::json -> 'rows')
     where community_id = $2`,
    [line, chunk.community],
  );
}

/** By line feeds alone: the readers that come with Node also split at U+2028, which may stand in a text. */
async function* linesOf(file: string): AsyncGenerator<string> {
  const source = createReadStream(file);
  const unpacked = source.pipe(createGunzip());
  source.on('error', (error) => unpacked.destroy(error));
  let pieces: Buffer[] = [];
  try {
    for await (const chunk of unpacked as AsyncIterable<Buffer>) {
      let from = 0;
      for (let to = chunk.indexOf(10); to >= 0; to = chunk.indexOf(10, from)) {
        yield Buffer.concat([...pieces, chunk.subarray(from, to)]).toString();
        pieces = [];
        from = to + 1;
      }
      pieces.push(chunk.subarray(from));
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new BackupRefused(`There is no file ${file}.`);
    throw new BackupRefused('The file is incomplete or damaged: it cannot be unpacked.', { cause: error });
  } finally {
    source.destroy();
  }
}

function parsed(line: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Said below: why it cannot be read tells the operator nothing.
  }
  throw new BackupRefused('The file is damaged: it holds a line that is no JSON object.');
}

function sameCounts(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): boolean {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((table) => (a[table] ?? 0) === (b[table] ?? 0));
}

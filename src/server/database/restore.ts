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
      if (trailer) throw new BackupRefused('备份文件在结尾之后还有内容。');
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
    if (!header || !trailer) throw new BackupRefused('备份文件不完整：缺少结尾。');
    if (trailer.sha256 !== digest.digest('hex') || !sameCounts(trailer.rows, rows)) {
      throw new BackupRefused('备份文件写好之后被改动过：校验和不符。');
    }
    for (const community of header.communities) {
      await sql.query('update clock set epoch = $2 where community_id = $1', [community, options.newId()]);
    }
    return { communities: header.communities, rows: Object.values(rows).reduce((sum, n) => sum + n, 0), at: header.at };
  });
}

/** Checks that the file fits this database, and makes room for it. */
async function accepted(sql: Sql, header: BackupHeader, replace: boolean): Promise<BackupHeader> {
  if (header.format !== 'shouwang-backup') throw new BackupRefused('这不是守望的备份文件。');
  if (header.version !== 1) throw new BackupRefused(`备份文件的格式是 ${String(header.version)}，由更新的版本写成。`);
  const tables = await tenantTables(sql);
  const here = new Map(tables.map((table) => [table.name, new Set(table.columns)]));
  for (const [table, columns] of Object.entries(header.tables)) {
    const missing = columns.filter((column) => !here.get(table)?.has(column));
    if (missing.length > 0) {
      throw new BackupRefused(`备份（${header.schema}）比这里的版本新：${table} 缺少 ${missing.join('、')}。`);
    }
  }
  for (const community of header.communities) {
    // Waits for a write under way, and holds off the next one.
    const clocks = await sql.query('select 1 from clock where community_id = $1 for update', [community]);
    if (clocks.length > 0 && !replace) {
      throw new BackupRefused(`小区 "${community}" 在这里已经有了。要用备份替换它，请加 --replace。`);
    }
    for (const { name } of [...tables].reverse())
      await sql.query(`delete from ${quoted(name)} where community_id = $1`, [community]);
  }
  return header;
}

async function store(sql: Sql, header: BackupHeader, chunk: BackupChunk, line: string): Promise<void> {
  const columns = header.tables[chunk.table];
  if (!columns || !header.communities.includes(chunk.community))
    throw new BackupRefused('备份文件里有开头没有写明的内容。');
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
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new BackupRefused(`没有文件 ${file}。`);
    throw new BackupRefused('备份文件不完整或已损坏，解不开。', { cause: error });
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
  throw new BackupRefused('备份文件已损坏：有一行读不懂。');
}

function sameCounts(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): boolean {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((table) => (a[table] ?? 0) === (b[table] ?? 0));
}

import { createHash } from 'node:crypto';
import type { Sql } from './database.ts';

/**
 * A backup is gzipped NDJSON: a header, then chunks of rows, then a trailer that counts and checks what came before, so
 * that a file that was cut off or changed is recognised.
 */
export interface BackupHeader {
  readonly format: 'shouwang-backup';
  readonly version: 1;
  /** The last migration of the database that was backed up. */
  readonly schema: string;
  /** Epoch ms. */
  readonly at: number;
  readonly communities: readonly string[];
  /** Each table's columns. */
  readonly tables: Readonly<Record<string, readonly string[]>>;
}

/** Rows of one community in one table, as PostgreSQL's to_json gives them. */
export interface BackupChunk {
  readonly community: string;
  readonly table: string;
  readonly rows: readonly unknown[];
}

export interface BackupTrailer {
  readonly end: true;
  /** How many rows there are of each table. */
  readonly rows: Readonly<Record<string, number>>;
  /** SHA-256 of all lines before, each with its line feed, in hex. */
  readonly sha256: string;
}

export interface TenantTable {
  readonly name: string;
  readonly columns: readonly string[];
}

/** The file is not a whole backup, or not one for this database. Its message is for the operator. */
export class BackupRefused extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BackupRefused';
  }
}

export function lineDigest() {
  return createHash('sha256');
}

/** For names that come from a file or the catalogue. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * Every table that holds a community's rows, by what the database itself knows: all of schema `public` with a column
 * community_id. A table comes after those that its foreign keys name.
 */
export async function tenantTables(sql: Sql): Promise<TenantTable[]> {
  const tables = await sql.query<{ oid: number; name: string; columns: string[]; needs: number[] }>(
    `select c.oid::int8 as oid, c.relname as name,
       array_agg(a.attname::text order by a.attnum) as columns,
       array(select confrelid::int8 from pg_constraint where conrelid = c.oid and contype = 'f' and confrelid <> c.oid)::int8[] as needs
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
     group by c.oid, c.relname having bool_or(a.attname = 'community_id') order by c.relname`,
  );
  const waiting = new Map(tables.map((table) => [Number(table.oid), table]));
  const ordered: TenantTable[] = [];
  while (waiting.size > 0) {
    const ready = [...waiting.values()].filter((table) => !table.needs.some((oid) => waiting.has(Number(oid))));
    if (ready.length === 0)
      throw new Error(`foreign keys in a ring: ${[...waiting.values()].map((t) => t.name).join(', ')}`);
    for (const { oid, name, columns } of ready) {
      waiting.delete(Number(oid));
      ordered.push({ name, columns });
    }
  }
  return ordered;
}

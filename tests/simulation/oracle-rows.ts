import { getTableColumns, getTableName } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Row } from '../../src/domain/entity.ts';
import type { Sql } from '../../src/server/database/database.ts';
import { serverSlices } from '../support/test-server.ts';
import type { Violation } from './book.ts';
import type { Rows } from './memory-tx.ts';

/** Each stored entity's table, by the entity's name, as the server gathers them. */
export const storedTables: Readonly<Record<string, PgTable>> = Object.fromEntries(
  serverSlices.flatMap((slice) => Object.entries(slice.tables)),
);

/** A mutation's end as the database has it. */
export interface StoredVerdict {
  readonly id: string;
  readonly name: string;
  readonly outcome: string;
  readonly code: string | null;
  readonly deviceId: string;
  readonly stream: string;
  readonly seq: number;
}

/** All that the database holds of a community. */
export interface Stored {
  readonly rows: Rows;
  readonly verdicts: readonly StoredVerdict[];
}

/**
 * Reads every stored entity of the community, and its verdicts, with one statement: one moment, one way to the database.
 * @param tables each stored entity's table, by the entity's name
 */
export async function readStored(
  sql: Sql,
  communityId: string,
  tables: Readonly<Record<string, PgTable>> = storedTables,
): Promise<Stored> {
  const { text, fields } = reading(tables);
  const records = await sql.query<{ entity: string; row: Record<string, unknown> }>(text, [communityId]);
  const rows = new Map<string, Map<string, Row>>(Object.keys(tables).map((name) => [name, new Map()]));
  const verdicts: StoredVerdict[] = [];
  for (const { entity, row } of records) {
    if (entity === '') verdicts.push(row as unknown as StoredVerdict);
    else {
      // As the server reads it: a column that is null is a field that is absent.
      const read = Object.fromEntries(
        fields
          .get(entity)!
          .map(([field, column]) => [field, row[column]] as const)
          .filter(([, value]) => value !== null),
      );
      rows.get(entity)!.set(read['id'] as string, read as unknown as Row);
    }
  }
  return { rows, verdicts };
}

interface Reading {
  readonly text: string;
  /** Field and column of each entity's table. */
  readonly fields: ReadonlyMap<string, readonly (readonly [field: string, column: string])[]>;
}

const readings = new WeakMap<object, Reading>();

function reading(tables: Readonly<Record<string, PgTable>>): Reading {
  const known = readings.get(tables);
  if (known) return known;
  const selects = Object.entries(tables).map(
    ([entity, table]) =>
      `select '${entity}' as entity, row_to_json(t) as row from "${getTableName(table)}" t where community_id = $1`,
  );
  const verdicts = `select '' as entity, row_to_json(v) as row from (
    select id, name, outcome, code, device_id as "deviceId", stream, seq from verdict where community_id = $1
    order by received_at, seq) v`;
  const fields = new Map(
    Object.entries(tables).map(([entity, table]) => {
      const columns = Object.entries(getTableColumns(table)).map(([field, column]) => [field, column.name] as const);
      return [entity, columns.filter(([field]) => field !== 'communityId')] as const;
    }),
  );
  const made = { text: [...selects, verdicts].join(' union all '), fields };
  readings.set(tables, made);
  return made;
}

/** Law `serverIsSerial`: the database holds exactly what the same mutations give one after the other. */
export function rowsAgree(replayed: Rows, stored: Rows): Violation[] {
  const details: string[] = [];
  for (const entity of new Set([...replayed.keys(), ...stored.keys()])) {
    const [wanted, found] = [replayed.get(entity), stored.get(entity)];
    for (const id of new Set([...(wanted?.keys() ?? []), ...(found?.keys() ?? [])])) {
      const difference = differenceOf(wanted?.get(id), found?.get(id));
      if (difference !== undefined) details.push(`${entity} ${id}: ${difference}`);
    }
  }
  return violations('serverIsSerial', details);
}

/** How two rows differ, in words; undefined where they are the same JSON. Absent, undefined and null are one. */
export function differenceOf(wanted: Row | undefined, found: Row | undefined): string | undefined {
  if (wanted === undefined || found === undefined) {
    if (wanted === found) return undefined;
    return wanted === undefined ? 'is there and should not be' : 'should be there and is not';
  }
  const fields = new Set([...Object.keys(wanted), ...Object.keys(found)]);
  const [left, right] = [wanted, found] as unknown as [Record<string, unknown>, Record<string, unknown>];
  const different = [...fields].filter((field) => !same(left[field], right[field]));
  if (different.length === 0) return undefined;
  return different
    .map((field) => `${field} should be ${JSON.stringify(left[field])} and is ${JSON.stringify(right[field])}`)
    .join(', ');
}

function same(a: unknown, b: unknown): boolean {
  if (a === b || ((a ?? null) === null && (b ?? null) === null)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [a, b] as [Record<string, unknown>, Record<string, unknown>];
  for (const key in left) if (!same(left[key], right[key])) return false;
  for (const key in right) if (!(key in left) && (right[key] ?? null) !== null) return false;
  return true;
}

/** Details of one law that are told, at most. */
const TOLD = 5;

/** A law's violations, the first few told in full. */
export function violations(law: string, details: readonly string[]): Violation[] {
  const told = details.slice(0, TOLD).map((detail) => ({ law, detail }));
  return details.length > TOLD ? [...told, { law, detail: `and ${details.length - TOLD} more` }] : told;
}

import { getTableColumns, getTableName } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Entity, Row } from '../domain/entity.ts';
import type { Registry } from '../domain/slice.ts';
import type { Sql } from './database/database.ts';

/** Reads and writes the rows of one entity in its table, many rows a statement. */
export class StoredEntity {
  private readonly table: string;
  private readonly fields: readonly { field: string; column: string }[];
  private readonly select: string;
  private readonly upsert: string;

  constructor(
    readonly entity: Entity,
    table: PgTable,
  ) {
    this.table = `"${getTableName(table)}"`;
    const columns = Object.entries(getTableColumns(table)).map(([field, column]) => ({ field, column: column.name }));
    this.fields = columns.filter(({ field }) => field !== 'communityId');
    this.select = `select ${this.fields.map((f) => `"${f.column}" as "${f.field}"`).join(', ')} from ${this.table} where community_id = $1`;
    const names = columns.map((c) => `"${c.column}"`).join(', ');
    const updates = this.fields.filter((f) => f.field !== 'id').map((f) => `"${f.column}" = excluded."${f.column}"`);
    this.upsert = `insert into ${this.table} (${names})
      select ${names} from json_populate_recordset(null::${this.table}, $1::json)
      on conflict (community_id, id) do ${updates.length > 0 ? `update set ${updates.join(', ')}` : 'nothing'}`;
  }

  async byIds(sql: Sql, communityId: string, ids: readonly string[]): Promise<Row[]> {
    const rows = await sql.query(`${this.select} and id = any($2) order by id`, [communityId, ids]);
    return rows.map(withoutNulls);
  }

  async byIndex(sql: Sql, communityId: string, field: string, values: readonly string[]): Promise<Row[]> {
    const column = this.fields.find((f) => f.field === field)?.column;
    if (column === undefined || !this.entity.indexes.includes(field as never)) {
      throw new Error(`${this.entity.name} declares no index "${field}"`);
    }
    const rows = await sql.query(`${this.select} and "${column}" = any($2) order by id`, [communityId, values]);
    return rows.map(withoutNulls);
  }

  async store(sql: Sql, communityId: string, rows: readonly Row[]): Promise<void> {
    const records = rows.map((row) => {
      const record: Record<string, unknown> = { community_id: communityId };
      for (const { field, column } of this.fields) record[column] = (row as unknown as Record<string, unknown>)[field];
      return record;
    });
    await sql.query(this.upsert, [JSON.stringify(records)]);
  }

  async delete(sql: Sql, communityId: string, ids: readonly string[]): Promise<void> {
    await sql.query(`delete from ${this.table} where community_id = $1 and id = any($2)`, [communityId, ids]);
  }
}

/** Pairs every entity that can be seen with the table that stores it. Throws where one is missing: a slice is incomplete. */
export function storedEntities(
  registry: Registry,
  tables: Readonly<Record<string, PgTable>>,
): ReadonlyMap<string, StoredEntity> {
  const stored = new Map<string, StoredEntity>();
  for (const { entity } of registry.visibility.values()) {
    const table = tables[entity.name];
    if (!table) throw new Error(`no table stores the entity "${entity.name}"`);
    stored.set(entity.name, new StoredEntity(entity, table));
  }
  return stored;
}

/** A column that is null is a field that is absent: rows read the same as the phone keeps them. */
function withoutNulls(record: Record<string, unknown>): Row {
  for (const key of Object.keys(record)) if (record[key] === null) delete record[key];
  return record as unknown as Row;
}

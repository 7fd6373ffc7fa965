import { pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { BuildExtraConfigColumns } from 'drizzle-orm';
import type { PgColumnBuilderBase, PgTableExtraConfigValue } from 'drizzle-orm/pg-core';

const key = { communityId: text('community_id').notNull(), id: text('id').notNull() };
type Keyed<C> = typeof key & C;

/**
 * A table of a community's rows. `community_id` comes first in its primary key, so that the table can be distributed by
 * it; `id` is the row's id on the wire. Columns are named in snake_case, fields in camelCase: `householdId: text('household_id')`.
 * Epoch milliseconds are `bigint(…, { mode: 'number' })`, days are `text`, lists and objects are `jsonb`. No column has a
 * database default, and an optional field of a row is a nullable column.
 * @param extras secondary indexes, each led by `community_id`
 */
export function tenantTable<C extends Record<string, PgColumnBuilderBase>>(
  name: string,
  columns: C,
  extras: (table: BuildExtraConfigColumns<string, Keyed<C>, 'pg'>) => PgTableExtraConfigValue[] = () => [],
) {
  return pgTable(name, { ...key, ...columns } as Keyed<C>, (table) => [
    primaryKey({ columns: [table.communityId, table.id] as never }),
    ...extras(table as never),
  ]);
}

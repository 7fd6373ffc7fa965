import Dexie from 'dexie';
import type { Collection, Table } from 'dexie';
import type { Entity, Row } from '../../domain/entity.ts';
import type { Registry } from '../../domain/slice.ts';
import type { Reader } from '../reader.ts';
import type { StoredRow, Tables } from './database.ts';

/** Reads rows by names, without the types that an `Entity` carries. */
export interface RowSource {
  get(entity: string, id: string): Promise<Row | undefined>;
  /** Ordered by id. */
  list(entity: string, index: string, value: string): Promise<readonly Row[]>;
}

/** Among a row's index keys: the picture that it names. So a phone knows which pictures it still needs. */
export const photoKey = (photoId: string): string => `photo=${photoId}`;

const indexKey = (entity: string, index: string, value: string): string => `${entity}.${index}=${value}`;

/** @returns the records for rows of an entity in a scope, with their index keys. An entity that this version does not know gets none. */
export function storedRows(registry: Registry, entity: string, scope: string, rows: readonly Row[]): StoredRow[] {
  const indexes = registry.entities.get(entity)?.indexes ?? [];
  return rows.map((row) => {
    const { photoId } = row as { photoId?: unknown };
    if (indexes.length === 0 && photoId === undefined) return { entity, id: row.id, scope, row };
    const keys = typeof photoId === 'string' ? [photoKey(photoId)] : [];
    for (const index of indexes) {
      const value = row[index as keyof Row] as unknown;
      if (typeof value === 'string') keys.push(indexKey(entity, index, value));
    }
    return { entity, id: row.id, scope, keys, row };
  });
}

/** Reads what the server has sent, without the overlay. */
export function serverRows(tables: Pick<Tables, 'rows'>): RowSource {
  return {
    get: async (entity, id) => (await within(tables.rows, [entity, id]).first())?.row,
    list: async (entity, index, value) =>
      distinct(
        await tables.rows
          .where('keys')
          .equals(indexKey(entity, index, value))
          .toArray(),
      ),
  };
}

/** Reads what the phone shows: server rows under the overlay. */
export function overlaidRows(tables: Pick<Tables, 'rows' | 'overlay'>): Reader {
  const server = serverRows(tables);
  const merged = async <R extends Row>(
    entity: Entity<R>,
    rows: Promise<readonly Row[]>,
    shows: (row: Row) => boolean,
  ) => {
    const [below, changes] = await Promise.all([rows, within(tables.overlay, [entity.name]).toArray()]);
    return merge(below, changes, shows) as readonly R[];
  };
  return {
    async get(entity, id) {
      const change = await tables.overlay.get([entity.name, id]);
      return (change === undefined ? await server.get(entity.name, id) : (change.row ?? undefined)) as never;
    },
    list: (entity, index, value) =>
      merged(entity, server.list(entity.name, index, value), (row) => row[index as keyof Row] === value),
    all: (entity) => merged(entity, within(tables.rows, [entity.name]).toArray().then(distinct), () => true),
  };
}

/**
 * Lays changes over rows: a changed row takes its row's place or, where `shows` says it no longer belongs, leaves.
 * @returns ordered by id
 */
export function merge(
  rows: readonly Row[],
  changes: readonly { readonly id: string; readonly row: Row | null }[],
  shows: (row: Row) => boolean,
): readonly Row[] {
  if (changes.length === 0) return rows;
  const merged = new Map(rows.map((row) => [row.id, row]));
  for (const { id, row } of changes) {
    if (row !== null && shows(row)) merged.set(id, row);
    else merged.delete(id);
  }
  return [...merged.values()].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

/** A row in several scopes counts once. The records come ordered by id. */
function distinct(records: readonly StoredRow[]): Row[] {
  return records.filter((record, at) => record.id !== records[at - 1]?.id).map((record) => record.row);
}

/** The records whose compound primary key begins so. */
function within<T, K>(table: Table<T, K>, prefix: readonly string[]): Collection<T, K> {
  return table.where(':id').between([...prefix, Dexie.minKey], [...prefix, Dexie.maxKey]);
}

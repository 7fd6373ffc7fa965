import type { Row } from '../domain/entity.ts';
import type { Registry } from '../domain/slice.ts';
import type { Scope } from '../domain/scope.ts';
import type { Sql } from './database/database.ts';
import type { Change } from './unit-of-work.ts';

interface FeedRecord {
  readonly scope: Scope;
  readonly entity: string;
  readonly id: string;
  readonly seq: number;
  readonly row: Row | null;
}

/** What a transaction says to the feed: the records, the clock after them, and whom to wake. */
export interface Fed {
  readonly records: readonly FeedRecord[];
  readonly seq: number;
  readonly scopes: ReadonlySet<Scope>;
}

/**
 * What the changed rows now show, and to whom.
 * @param seq the community's clock before; each record takes the next number
 */
export function feedOf(registry: Registry, changes: readonly Change[], seq: number): Fed {
  const records: FeedRecord[] = [];
  const scopes = new Set<Scope>();
  for (const change of changes) {
    const before = shown(registry, change.entity, change.before);
    const after = shown(registry, change.entity, change.after);
    for (const [key, now] of after) {
      if (before.get(key)?.text === now.text) continue;
      records.push({ ...now.place, seq: ++seq, row: now.row });
      scopes.add(now.place.scope);
    }
    for (const [key, { place }] of before) {
      if (after.has(key)) continue;
      records.push({ ...place, seq: ++seq, row: null });
      scopes.add(place.scope);
    }
  }
  return { records, seq, scopes };
}

/** Writes the records and moves the clock, in the transaction that changed the rows. */
export function writeFeed(sql: Sql, communityId: string, { records, seq }: Fed, at: number): Promise<unknown>[] {
  if (records.length === 0) return [];
  const feed = sql.query(
    `insert into feed (community_id, scope, entity, id, seq, row, changed_at)
     select $1, r.scope, r.entity, r.id, r.seq, nullif(r.row::text, 'null')::json, $3
     from json_to_recordset($2::json) as r(scope text, entity text, id text, seq bigint, row json)
     on conflict (community_id, scope, entity, id)
     do update set seq = excluded.seq, row = excluded.row, changed_at = excluded.changed_at`,
    [communityId, JSON.stringify(records), at],
  );
  return [feed, sql.query('update clock set seq = $2 where community_id = $1', [communityId, seq])];
}

interface Shown {
  readonly place: { readonly scope: Scope; readonly entity: string; readonly id: string };
  readonly row: Row;
  readonly text: string;
}

function shown(registry: Registry, entity: string, row: Row | undefined): Map<string, Shown> {
  const places = new Map<string, Shown>();
  if (row === undefined) return places;
  for (const projection of registry.visibility.get(entity)?.show(row) ?? []) {
    const place = { scope: projection.scope, entity: projection.entity.name, id: projection.row.id };
    places.set(`${place.scope}\n${place.entity}\n${place.id}`, {
      place,
      row: projection.row,
      text: JSON.stringify(projection.row),
    });
  }
  return places;
}

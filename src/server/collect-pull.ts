import type { Actor } from '../domain/actor.ts';
import { groupBy } from '../domain/group-by.ts';
import type { HeldScope } from '../domain/scope.ts';
import { MAX_PAGE, type PullEnd, type Verdict } from '../sync/wire.ts';
import { readCursor, writeCursor, type Cursor } from './cursor.ts';
import type { Sql } from './database/database.ts';

/** A feed record as it is read: the row stays the text that was stored, and is sent as such. */
interface FeedRow {
  readonly scope: string;
  readonly entity: string;
  readonly id: string;
  readonly seq: number;
  readonly row: string | null;
}

/**
 * The lines of a pull (NDJSON, without line ends), page by page, so that a first pull never stands in memory as a whole.
 * Runs inside one snapshot: a page may come late, but it is as of the same moment.
 * @param scopesHeld what the reader holds, read in the same snapshot: asked together with the rest
 */
export async function* collectPull(
  sql: Sql,
  actor: Actor,
  scopesHeld: Promise<readonly HeldScope[]>,
  cursorText: string | null,
  now: number,
): AsyncGenerator<string> {
  const before = readCursor(cursorText);
  const [held, clock, settled] = await Promise.all([
    scopesHeld,
    readClock(sql, actor.communityId),
    readVerdicts(sql, actor, before?.verdicts ?? { stream: '', seq: 0 }),
  ]);
  const { cursor, drop } = startFrom(before, cursorText !== null, held, clock);
  if (drop.length > 0) yield JSON.stringify({ drop });

  const scopes: Record<string, number> = { ...cursor.scopes };
  let open = held.map(({ scope }) => scope).sort();
  let onPage = 0;
  while (open.length > 0) {
    const rows = await readFeed(sql, actor.communityId, open, scopes);
    const byScope = groupBy(rows, (row) => row.scope);
    for (const [scope, records] of byScope) {
      for (const part of pages(records, MAX_PAGE - onPage)) {
        if (onPage + part.length > MAX_PAGE) {
          yield JSON.stringify({ cursor: writeCursor({ ...cursor, scopes }) });
          onPage = 0;
        }
        yield* linesOf(scope, part);
        onPage += part.length;
        scopes[scope] = part.at(-1)!.seq;
      }
    }
    open = open.filter((scope) => (byScope.get(scope)?.length ?? 0) === MAX_PAGE);
  }

  const end: PullEnd = {
    cursor: writeCursor({ epoch: clock.epoch, scopes, verdicts: settled.position }),
    done: true,
    epoch: clock.epoch,
    at: now,
    lastSeq: settled.lastSeq,
    verdicts: settled.verdicts,
    actor: {
      ...(actor.personId !== undefined && { person: actor.personId }),
      roles: actor.roles,
      households: actor.households,
      grants: actor.grants,
    },
    until: Object.fromEntries(held.flatMap(({ scope, until }) => (until === undefined ? [] : [[scope, until]]))),
  };
  yield JSON.stringify(end);
}

/** Everything that the `public` scope shows, for who has no session. */
export async function collectPublic(sql: Sql, communityId: string): Promise<FeedRow[]> {
  return readFeed(sql, communityId, ['public'], {});
}

interface Clock {
  readonly epoch: string;
  readonly floor: number;
}

async function readClock(sql: Sql, communityId: string): Promise<Clock> {
  const [clock] = await sql.query<Clock>('select epoch, tombstone_floor as floor from clock where community_id = $1', [
    communityId,
  ]);
  return clock ?? { epoch: '', floor: 0 };
}

/**
 * Where reading goes on. A scope lost is dropped; one gained is read from its start; so is every scope of a phone whose
 * cursor is unreadable, of another epoch, or older than the tombstones we kept: rows gone since could not be told.
 */
function startFrom(
  before: Cursor | undefined,
  hadCursor: boolean,
  held: readonly HeldScope[],
  clock: Clock,
): { cursor: Cursor; drop: string[] } {
  const names = new Set(held.map(({ scope }) => scope));
  const afresh = before === undefined || before.epoch !== clock.epoch;
  const scopes: Record<string, number> = {};
  const drop = Object.keys(before?.scopes ?? {}).filter((scope) => afresh || !names.has(scope));
  for (const scope of names) {
    const seq = afresh ? undefined : before.scopes[scope];
    const tooOld = seq !== undefined && seq > 0 && seq < clock.floor;
    if (tooOld) drop.push(scope);
    scopes[scope] = tooOld ? 0 : (seq ?? 0);
  }
  if (before === undefined && hadCursor) drop.push(...names);
  const verdicts = before?.verdicts ?? { stream: '', seq: 0 };
  return { cursor: { epoch: clock.epoch, scopes, verdicts }, drop };
}

async function readFeed(
  sql: Sql,
  communityId: string,
  scopes: readonly string[],
  since: Readonly<Record<string, number>>,
): Promise<FeedRow[]> {
  return sql.query<FeedRow>(
    `select f.scope, f.entity, f.id, f.seq, f.row
     from unnest($2::text[], $3::bigint[]) as held(scope, since)
     cross join lateral (
       select scope, entity, id, seq, row::text as row from feed
       where community_id = $1 and feed.scope = held.scope and seq > held.since
         and (held.since > 0 or row is not null)
       order by seq limit ${MAX_PAGE}
     ) f order by f.scope, f.seq`,
    [communityId, scopes, scopes.map((scope) => since[scope] ?? 0)],
  );
}

/** A page's share first, then whole pages. */
function* pages<T>(items: readonly T[], room: number): Generator<T[]> {
  const first = items.slice(0, Math.max(0, room));
  if (first.length > 0) yield first;
  for (let at = first.length; at < items.length; at += MAX_PAGE) yield items.slice(at, at + MAX_PAGE);
}

function* linesOf(scope: string, records: readonly FeedRow[]): Generator<string> {
  for (const [entity, rows] of groupBy(records, (record) => record.entity)) {
    const head = `${JSON.stringify(entity)},"scope":${JSON.stringify(scope)}`;
    const present = rows.flatMap(({ row }) => (row === null ? [] : [row]));
    const gone = rows.flatMap(({ row, id }) => (row === null ? [id] : []));
    if (gone.length > 0) yield `{"gone":${head},"ids":${JSON.stringify(gone)}}`;
    if (present.length > 0) yield `{"put":${head},"rows":[${present.join(',')}]}`;
  }
}

interface VerdictRow extends Omit<Verdict, 'id'> {
  /** Null where the stream has no verdict that the cursor has not seen. */
  readonly id: string | null;
  readonly stream: string;
  readonly lastSeq: number;
}

/** The verdicts of the device's newest stream that the cursor has not seen yet. */
async function readVerdicts(
  sql: Sql,
  actor: Actor,
  seen: Cursor['verdicts'],
): Promise<{ lastSeq: number; verdicts: Verdict[]; position: Cursor['verdicts'] }> {
  const rows = await sql.query<VerdictRow>(
    `select s.stream, s.last_seq as "lastSeq", v.seq, v.id, v.outcome, v.code, v.details
     from (
       select stream, last_seq from device_stream where community_id = $1 and device_id = $2
       order by generation desc limit 1
     ) s
     left join lateral (
       select seq, id, outcome, code, details from verdict
       where community_id = $1 and device_id = $2 and stream = s.stream
         and seq > case when s.stream = $3 then $4::bigint else 0 end
       order by seq limit 500
     ) v on true order by v.seq`,
    [actor.communityId, actor.deviceId, seen.stream, seen.seq],
  );
  const [stream] = rows;
  if (!stream) return { lastSeq: 0, verdicts: [], position: seen };
  const verdicts = rows.flatMap(({ seq, id, outcome, code, details }): Verdict[] =>
    id === null ? [] : [{ seq, id, outcome, ...(code != null && { code }), ...(details != null && { details }) }],
  );
  const since = stream.stream === seen.stream ? seen.seq : 0;
  return {
    lastSeq: stream.lastSeq,
    verdicts,
    position: { stream: stream.stream, seq: verdicts.at(-1)?.seq ?? since },
  };
}

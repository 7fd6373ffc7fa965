import type { Actor } from '../../domain/actor.ts';
import { isStaffOf } from '../../domain/actor.ts';
import { MINUTE_MS, addDays, dayOf, timeOn } from '../../domain/day.ts';
import type { HeldScope } from '../../domain/scope.ts';
import { errandScope } from '../../domain/scope.ts';
import type { Database, Sql } from '../../server/database/database.ts';
import type { Operate } from '../../server/operate.ts';
import type { ServerSlice } from '../../server/slice.ts';
import type { ErrandBoard, ErrandBoardLine } from './board.ts';
import { AFTER_HAND_OVER_MS } from './moves.ts';
import { errandTable } from './tables.ts';

export const server: ServerSlice = {
  tables: { errand: errandTable },
  scopesFor,
  routes(app, { db, world }) {
    app.get('/errands', async (c) => {
      const board = await errandBoard(db, c.get('actor'), world.now());
      return board === undefined ? c.notFound() : c.json(board);
    });
  },
  jobs: [
    {
      name: 'tend errands',
      everyMs: 5 * MINUTE_MS,
      async run({ db, world, operate }) {
        const communities = await db.query<{ id: string }>(
          'select community_id as id from clock order by community_id',
        );
        for (const { id } of communities) await tendErrands(id, db, operate, world.now());
      },
    },
  ],
};

/** Whoever has claimed an errand reads it while the claim lasts, and for a day after handing over. */
async function scopesFor(actor: Actor, sql: Sql, now: number): Promise<readonly HeldScope[]> {
  if (actor.personId === undefined) return [];
  const rows = await sql.query<{ id: string; state: string; stateAt: number }>(
    'select id, state, state_at as "stateAt" from errand where community_id = $1 and claimed_by = $2 order by id',
    [actor.communityId, actor.personId],
  );
  return rows
    .map(({ id, state, stateAt }): HeldScope => ({
      scope: errandScope(id),
      ...(state === 'handedOver' ? { until: stateAt + AFTER_HAND_OVER_MS } : {}),
    }))
    .filter(({ until }) => until === undefined || now < until);
}

/**
 * What is open at the desk's grids, the longest waiting first, and how many were done today.
 * @returns undefined where the actor works at no desk
 */
async function errandBoard(db: Database, actor: Actor, now: number): Promise<ErrandBoard | undefined> {
  const grids = gridsOf(actor, now);
  if (grids !== 'all' && grids.length === 0) return undefined;
  const where = 'community_id = $1 and ($2::text[] is null or grid = any($2))';
  const scope = [actor.communityId, grids === 'all' ? null : grids];
  const lines = await db.query<ErrandBoardLine>(
    `select id, household_id as "householdId", building_name as "buildingName", door, person_name as "personName", kind, state,
            state_at as "stateAt", needed_by as "neededBy", claimed_by_name as "claimedByName", reason,
            requested_at as "requestedAt"
       from errand
      where ${where} and state in ('waiting', 'claimed', 'collected', 'bought', 'cannotBuy', 'handedOver')
      order by requested_at, id limit 500`,
    scope,
  );
  const today = dayOf(now);
  const [done] = await db.query<{ count: number }>(
    `select count(*)::int as count from errand
      where ${where} and state = 'closed' and state_at >= $3 and state_at < $4`,
    [...scope, timeOn(today), timeOn(addDays(today, 1))],
  );
  return { at: now, lines, closedToday: done?.count ?? 0 };
}

/** The grids at whose desk the actor works now; the secretary, and a grid worker without a grid, work at all of them. */
function gridsOf(actor: Actor, now: number): 'all' | string[] {
  if (isStaffOf(actor, now)) {
    const held = actor.roles.filter((it) => it.kind === 'gridWorker' && (it.until === undefined || now < it.until));
    const bound = held.flatMap((it) => (it.grid === undefined ? [] : [it.grid]));
    const secretary = actor.roles.some((it) => it.kind === 'secretary' && (it.until === undefined || now < it.until));
    return secretary || bound.length < held.length || held.length === 0 ? 'all' : bound;
  }
  return [];
}

/**
 * Sends idle claims of a community back to the pool, and closes what was handed over a day ago and nobody closed. Safe to
 * run as often as wanted: each order's id names the errand and its due time.
 * @returns how many errands changed
 */
export async function tendErrands(communityId: string, db: Sql, operate: Operate, now: number): Promise<number> {
  const due = await db.query<{ id: string; state: string; due: number }>(
    `select id, state, case state when 'claimed' then lease_until else state_at end as due
       from errand
      where community_id = $1
        and ((state = 'claimed' and lease_until <= $2) or (state = 'handedOver' and state_at <= $3))
      order by id limit 500`,
    [communityId, now, now - AFTER_HAND_OVER_MS],
  );
  if (due.length === 0) return 0;
  const verdicts = await operate(
    communityId,
    due.map((it) => {
      const name = it.state === 'claimed' ? 'errands.returnIdle' : 'errands.close';
      return { id: `${name}/${it.id}/${it.due}`, name, args: { errandId: it.id } };
    }),
  );
  return verdicts.filter((it) => it.outcome === 'accepted').length;
}

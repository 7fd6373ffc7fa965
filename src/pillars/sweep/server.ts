import { holdsRole, isStaffOf, isSystem } from '../../domain/actor.ts';
import { forgetJob } from './forget.server.ts';
import { covers, isAnswered } from './rules.ts';
import { reportOf } from './sheet.ts';
import { sweepTable, sweptDoorTable } from './tables.ts';
import type { Actor } from '../../domain/actor.ts';
import type { Sql } from '../../server/database/database.ts';
import type { ServerSlice } from '../../server/slice.ts';
import type { SheetDoor } from './sheet.ts';
import type { OpenDoor, OpenDoors, Sweep, SweepList, SweepProgress, SweptDoor } from './schema.ts';

/** Sweeps in the list. */
const RECENT = 20;

const SWEEP = `select id, title, question, grids, started_at as "startedAt", started_by_name as "startedByName", deadline,
    closed_at as "closedAt", closed_by_name as "closedByName"
  from sweep where community_id = $1`;

// Doors and what was found there are read apart and put together here. Before the database has statistics of a new sweep it
// takes a join of the two for small: 5,000 doors took half a minute.
const IN_GRIDS = `community_id = $1 and ($2::text[] is null or grid = any($2::text[]))`;

const DOORS_BY_GRID = `select grid, count(*)::int as doors from household where ${IN_GRIDS} group by grid`;

const ANSWERED_BY_GRID = `select sweep_id as "sweepId", grid, count(*)::int as answered
  from swept_door where ${IN_GRIDS} and sweep_id = any($3) and answered group by sweep_id, grid`;

const DOORS = `select id as "householdId", building_id as "buildingId", building_name as building, grid, unit, floor, room, door
  from household where ${IN_GRIDS}`;

const FOUND = `select household_id as "householdId", findings from swept_door where ${IN_GRIDS} and sweep_id = $3`;

/** The server half of 排查: its tables, how far each sweep is, and the doors that volunteers are shown. */
export const server: ServerSlice = {
  tables: { sweep: sweepTable, sweptDoor: sweptDoorTable },
  jobs: [forgetJob],
  routes(app, { db, world }) {
    app.get('/sweeps', async (c) => {
      const actor = c.get('actor');
      const now = world.now();
      if (!isStaffOf(actor, now)) return c.notFound();
      const sweeps = await db.transaction((sql) => progress(sql, actor.communityId, desksOf(actor, now)), 'snapshot');
      return c.json({ at: now, sweeps } satisfies SweepList);
    });
    app.get('/sweep/:id', async (c) => {
      const actor = c.get('actor');
      const now = world.now();
      if (!isStaffOf(actor, now)) return c.notFound();
      const found = await db.transaction(
        (sql) => read(sql, actor.communityId, c.req.param('id'), desksOf(actor, now)),
        'snapshot',
      );
      return found === undefined ? c.notFound() : c.json(reportOf(found.sweep, found.doors, now));
    });
    app.get('/sweep/:id/doors', async (c) => {
      const actor = c.get('actor');
      const now = world.now();
      if (!holdsRole(actor, 'volunteer', now)) return c.notFound();
      const found = await db.transaction((sql) => read(sql, actor.communityId, c.req.param('id'), null), 'snapshot');
      if (found === undefined || found.sweep.closedAt != null) return c.notFound();
      const doors = found.doors.filter((door) => !isAnswered(door.findings)).map(({ findings: _, ...door }) => door);
      return c.json({ at: now, doors } satisfies OpenDoors);
    });
  },
};

/** @returns the newest sweeps that ask at any door of these desks (null: all), with how far they are there */
async function progress(sql: Sql, communityId: string, desks: readonly string[] | null): Promise<SweepProgress[]> {
  const sweeps = await sql.query<Sweep>(`${SWEEP} order by started_at desc, id limit ${RECENT}`, [communityId]);
  const doors = await sql.query<{ grid: string; doors: number }>(DOORS_BY_GRID, [communityId, desks]);
  const answered = await sql.query<{ sweepId: string; grid: string; answered: number }>(ANSWERED_BY_GRID, [
    communityId,
    desks,
    sweeps.map((sweep) => sweep.id),
  ]);
  return sweeps
    .map((sweep) => ({
      sweep,
      doors: doors.filter(({ grid }) => covers(sweep, grid)).reduce((sum, one) => sum + one.doors, 0),
      answered: answered
        .filter(({ sweepId, grid }) => sweepId === sweep.id && covers(sweep, grid))
        .reduce((sum, one) => sum + one.answered, 0),
    }))
    .filter((one) => one.doors > 0);
}

/** @returns a sweep with all its doors of these desks (null: all), or undefined where it asks at none of them */
async function read(
  sql: Sql,
  communityId: string,
  id: string,
  desks: readonly string[] | null,
): Promise<{ readonly sweep: Sweep; readonly doors: readonly SheetDoor[] } | undefined> {
  const [sweep] = await sql.query<Sweep>(`${SWEEP} and id = $2`, [communityId, id]);
  if (sweep === undefined) return undefined;
  const homes = await sql.query<Omit<OpenDoor, 'position'> & { buildingId: string; grid: string }>(DOORS, [
    communityId,
    desks,
  ]);
  const buildings = await sql.query<{ id: string; position: number }>(
    'select id, position from building where community_id = $1',
    [communityId],
  );
  const known = await sql.query<Pick<SweptDoor, 'householdId' | 'findings'>>(FOUND, [communityId, desks, id]);
  const positions = new Map(buildings.map((one) => [one.id, one.position]));
  const findings = new Map(known.map((one) => [one.householdId, one.findings]));
  const doors = homes
    .filter(({ grid }) => covers(sweep, grid))
    .map(({ buildingId, grid: _, ...door }) => ({
      ...door,
      position: positions.get(buildingId) ?? 0,
      findings: findings.get(door.householdId) ?? [],
    }));
  return doors.length === 0 ? undefined : { sweep, doors };
}

/** The grids whose doors the actor answers for; null for all of them. */
function desksOf(actor: Actor, now: number): readonly string[] | null {
  if (isSystem(actor) || holdsRole(actor, 'secretary', now)) return null;
  const held = actor.roles.filter(({ kind, until }) => kind === 'gridWorker' && (until === undefined || now < until));
  return held.some(({ grid }) => grid === undefined) ? null : held.flatMap(({ grid }) => grid ?? []);
}

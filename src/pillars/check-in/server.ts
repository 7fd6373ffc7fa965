import { holdsRole, isStaffOf } from '../../domain/actor.ts';
import { dayOf } from '../../domain/day.ts';
import { coverageOf } from './coverage.ts';
import { slotAt } from './rules.ts';
import { checkInTable } from './tables.ts';
import type { Actor } from '../../domain/actor.ts';
import type { Day } from '../../domain/day.ts';
import type { Sql } from '../../server/database/database.ts';
import type { ServerSlice } from '../../server/slice.ts';
import type { Building, Community, Person } from '../../people/schema.ts';
import type { Door, Heard } from './coverage.ts';
import type { Coverage } from './schema.ts';

const COMMUNITY = `select mode, mode_until as "modeUntil", slots, due_at as "dueAt" from community where community_id = $1 and id = $1`;

const BUILDINGS = `select id, name, position from building where community_id = $1`;

// The subquery is one step down the index (community, household, day) for each door.
const DOORS = `
  select id, building_id as "buildingId", unit, floor, room, door, vacant,
    (select max(c.day) from check_in c where c.community_id = $1 and c.household_id = h.id and c.day < $3) as "lastHeard"
  from household h
  where community_id = $1 and (cardinality($2::text[]) = 0 or grid = any($2::text[]))`;

const PERSONS = `
  select id, household_id as "householdId", grid, name, birth_year as "birthYear", phone, needs, presence,
    presence_until as "presenceUntil", daily_greeting as "dailyGreeting", position
  from person
  where community_id = $1 and household_id <> '' and (cardinality($2::text[]) = 0 or grid = any($2::text[]))
  order by household_id, position`;

const HEARD = `
  select person_id as "personId", household_id as "householdId", slot, level, symptoms, needs,
    temperature_c as "temperatureC", happened_at as "happenedAt"
  from check_in
  where community_id = $1 and day = $3 and (cardinality($2::text[]) = 0 or grid = any($2::text[]))`;

/** The server half of 报平安: its table, and the desk's coverage. */
export const server: ServerSlice = {
  tables: { checkIn: checkInTable },
  routes: (app, { db, world }) => {
    app.get('/coverage', async (c) => {
      const actor = c.get('actor');
      const now = world.now();
      const grids = gridsOf(actor, now);
      if (grids === undefined) return c.notFound();
      const day = dayAsked(c.req.query('day'), dayOf(now));
      const coverage = await db.transaction((sql) => readCoverage(sql, actor.communityId, grids, day, now), 'snapshot');
      return coverage === undefined ? c.notFound() : c.json(coverage);
    });
  },
};

/** @returns the grids whose doors the actor answers for (empty: all of them), or undefined for who is not staff */
function gridsOf(actor: Actor, now: number): readonly string[] | undefined {
  if (!isStaffOf(actor, now)) return undefined;
  if (actor.kind !== 'device' || holdsRole(actor, 'secretary', now)) return [];
  const grids = actor.roles.filter((held) => held.kind === 'gridWorker' && holdsRole(actor, held.kind, now, held.grid));
  return grids.some((held) => held.grid === undefined) ? [] : grids.flatMap((held) => held.grid ?? []);
}

/** The day asked for; today for none, for one that is no day, and for one that has not come. */
function dayAsked(text: string | undefined, today: Day): Day {
  return text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) && text < today ? text : today;
}

async function readCoverage(
  sql: Sql,
  communityId: string,
  grids: readonly string[],
  day: Day,
  now: number,
): Promise<Coverage | undefined> {
  const [community] = await sql.query<Pick<Community, 'mode' | 'modeUntil' | 'slots' | 'dueAt'>>(COMMUNITY, [
    communityId,
  ]);
  if (community === undefined) return undefined;
  const buildings = await sql.query<Pick<Building, 'id' | 'name' | 'position'>>(BUILDINGS, [communityId]);
  const doors = await sql.query<Door>(DOORS, [communityId, grids, day]);
  const persons = await sql.query<Person>(PERSONS, [communityId, grids]);
  const heard = await sql.query<Heard>(HEARD, [communityId, grids, day]);
  const lastSlot = community.slots[community.slots.length - 1] ?? 'morning';
  const slot = day === dayOf(now) ? slotAt(community, now) : lastSlot;
  return coverageOf({ community, day, slot, now, grids, buildings, doors, persons, heard });
}

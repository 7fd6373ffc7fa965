import { addDays, dayOf, timeOn } from '../../../domain/day.ts';
import { slotAt } from '../rules.ts';
import { standingDoors } from './standing-door.ts';
import type { Day } from '../../../domain/day.ts';
import type { Community, Person } from '../../../people/schema.ts';
import type { Sql } from '../../../server/database/database.ts';
import type { Asker } from './asker.ts';
import type { CoverageGround, DayCall, Door, DoorFollowUp, Heard } from './ground.ts';
import type { StandingDoor } from './standing-door.ts';

/** Rows of the grids that are asked for ($2; empty: of the whole community). */
const inGrids = `community_id = $1 and (cardinality($2::text[]) = 0 or grid = any($2::text[]))`;

const COMMUNITY = `
  select name, mode, mode_until as "modeUntil", slots, due_at as "dueAt" from community where community_id = $1 and id = $1`;

const BUILDINGS = `select id, name, position from building where community_id = $1`;

const DOORS = `
  select id, building_id as "buildingId", grid, unit, floor, room, door, vacant from household where ${inGrids}`;

const personColumns = `id, household_id as "householdId", grid, name, birth_year as "birthYear", phone, needs, presence,
    presence_until as "presenceUntil", daily_greeting as "dailyGreeting", quiet, guardian_name as "guardianName",
    guardian_phone as "guardianPhone", position`;
const PERSONS = `select ${personColumns} from person where ${inGrids} and household_id <> ''`;
const PERSONS_THEN = `
  select ${personColumns}, presence_at as "presenceAt", presence_log as "presenceLog"
  from person where ${inGrids} and household_id <> ''`;

// Most answers say that all is well, and nothing more is read of those.
const HEARD = `
  select person_id as "personId", household_id as "householdId", slot, level, temperature_c as "temperatureC",
    nullif(symptoms, '[]') as symptoms, nullif(needs, '[]') as needs, happened_at as "happenedAt", recovered, disputed,
    case when how is not null and (by ->> 'actingFor')::boolean then how end as how,
    case when how is not null and (by ->> 'actingFor')::boolean then by ->> 'name' end as "byName"
  from check_in where ${inGrids} and day = $3`;

const SIGNS = `select person_id as "personId" from life_sign where ${inGrids} and day = $3`;

// $4: today, where what is open from earlier days is still to be done.
const FOLLOW_UPS = `
  select id, person_id as "personId", household_id as "householdId", day, level, reasons, stage,
    assigned_name as "assignedName", opened_at as "openedAt", seen_at as "seenAt", seen_by_name as "seenByName",
    first_contact_at as "firstContactAt", closed_at as "closedAt"
  from follow_up where ${inGrids} and (day = $3 or ($4::boolean and closed_at is null and day < $3))`;

const CALLS = `
  select household_id as "householdId", calling_by as "callingBy", calling_name as "callingName",
    calling_at as "callingAt", attempts
  from door_call where ${inGrids} and day = $3`;

// $4: the end of the day, or now: what was ended before it no longer ran.
const OBSERVATIONS = `
  select id, person_id as "personId", household_id as "householdId", start_day as "startDay", end_day as "endDay",
    started_at as "startedAt", ended_at as "endedAt"
  from observation where ${inGrids} and end_day >= $3 and start_day <= $3 and (ended_at is null or ended_at > $4)`;

const READINGS = `
  select observation_id as "observationId", person_id as "personId", household_id as "householdId", day,
    slot, temperature_c as "temperatureC", needs, level, happened_at as "happenedAt", how
  from reading where ${inGrids} and day = $3`;

// A step down an index (community, household, day) for each door and table.
const LAST_HEARD = `
  select h.id, greatest(
    (select max(c.day) from check_in c where c.community_id = $1 and c.household_id = h.id and c.day <= $3),
    (select max(s.day) from life_sign s where s.community_id = $1 and s.household_id = h.id and s.day <= $3),
    (select max(r.day) from reading r where r.community_id = $1 and r.household_id = h.id and r.day <= $3)) as day
  from unnest($2::text[]) as h(id)`;

/** A day's ground, how its doors stand, and what the community is called. */
export interface DeskGround {
  readonly ground: CoverageGround;
  readonly doors: readonly StandingDoor[];
  readonly communityName: string;
}

type Town = Pick<Community, 'name' | 'mode' | 'modeUntil' | 'slots' | 'dueAt'>;
type HeardRow = Omit<Heard, 'symptoms' | 'needs'> & { symptoms: string[] | null; needs: string[] | null };

/**
 * Reads what a day's coverage is reckoned from. In one snapshot, or doors and answers may not fit together.
 * @param sql of a transaction in the mode `snapshot`; its statements travel together
 * @param usualBy clock by which a door has usually answered, by household
 * @returns undefined where there is no such community
 */
export async function readGround(
  sql: Sql,
  communityId: string,
  asker: Asker,
  day: Day,
  now: number,
  usualBy: ReadonlyMap<string, string>,
): Promise<DeskGround | undefined> {
  const isToday = day === dayOf(now);
  const place = [communityId, asker.grids];
  const onDay = [...place, day];
  const [towns, buildings, doors, persons, heard, signs, followUps, calls, observations, readings] = await Promise.all([
    sql.query<Town>(COMMUNITY, [communityId]),
    sql.query<CoverageGround['buildings'][number]>(BUILDINGS, [communityId]),
    sql.query<Door>(DOORS, place),
    sql.query<Person>(isToday ? PERSONS : PERSONS_THEN, place),
    sql.query<HeardRow>(HEARD, onDay),
    sql.query<CoverageGround['signs'][number]>(SIGNS, onDay),
    sql.query<DoorFollowUp>(FOLLOW_UPS, [...onDay, isToday]),
    sql.query<DayCall & { householdId: string }>(CALLS, onDay),
    sql.query<CoverageGround['observations'][number]>(OBSERVATIONS, [
      ...onDay,
      Math.min(now, timeOn(addDays(day, 1)) - 1),
    ]),
    sql.query<CoverageGround['readings'][number]>(READINGS, onDay),
  ]);
  const [town] = towns;
  if (town === undefined) return undefined;
  const lastSlot = town.slots[town.slots.length - 1] ?? 'morning';
  const ground: CoverageGround = {
    community: town,
    asker,
    day,
    slot: isToday ? slotAt(town, now) : lastSlot,
    now,
    buildings,
    doors,
    persons,
    heard: heard.map((row) => ({ ...row, symptoms: row.symptoms ?? [], needs: row.needs ?? [] })),
    signs,
    followUps,
    calls: new Map(calls.map((call) => [call.householdId, call])),
    observations,
    readings,
    lastHeard: new Map(),
    usualBy,
  };
  const standing = standingDoors(ground);
  const lastHeard = await readLastHeard(sql, communityId, standing, day);
  return { ground: { ...ground, lastHeard }, doors: standing, communityName: town.name };
}

/** On which day the doors that want something were last heard of: the others' is not asked for. */
async function readLastHeard(
  sql: Sql,
  communityId: string,
  doors: readonly StandingDoor[],
  day: Day,
): Promise<ReadonlyMap<string, Day>> {
  const wanting = doors.filter(({ state }) => state === 'missing' || state === 'alert' || state === 'watch');
  if (wanting.length === 0) return new Map();
  const ids = wanting.map(({ door }) => door.id);
  const rows = await sql.query<{ id: string; day: Day | null }>(LAST_HEARD, [communityId, ids, day]);
  return new Map(rows.flatMap((row): [string, Day][] => (row.day === null ? [] : [[row.id, row.day]])));
}

import { dayOf, timeOn } from '../../../domain/day.ts';
import type { Sql } from '../../../server/database/database.ts';
import type { Contact } from '../follow-up/schema.ts';
import type { Asker } from './asker.ts';
import type { ShiftFollowUp } from './report.ts';

const inGrids = `community_id = $1 and (cardinality($2::text[]) = 0 or grid = any($2::text[]))`;

const RUNNING = `
  select max(begins_at) as since from duty
  where community_id = $1 and person_id = $2 and begins_at <= $3 and ends_at > $3 and (ended_at is null or ended_at > $3)`;

const FOLLOW_UPS = `
  select id, door, person_name as "personName", reasons, opened_at as "openedAt", raised_at as "raisedAt",
    seen_at as "seenAt", seen_by_name as "seenByName", first_contact_at as "firstContactAt", closed_at as "closedAt"
  from follow_up
  where community_id = $1 and (cardinality($2::text[]) = 0 or grid = any($2::text[]) or assigned_to = $5)
    and (closed_at is null or closed_at >= $3 or (day >= $4 and opened_at >= $3))
  order by opened_at, id limit 1000`;

const ATTEMPTS = `select attempts from door_call where ${inGrids} and day >= $3`;

/** @returns when the asker's running shift began, else the last midnight (epoch ms) */
export async function shiftBegan(sql: Sql, communityId: string, asker: Asker, now: number): Promise<number> {
  const [running] = await sql.query<{ since: number | null }>(RUNNING, [communityId, asker.personId ?? '', now]);
  return running?.since ?? timeOn(dayOf(now));
}

/** What happened at the asker's desk since then, and what is open; of other desks what has come to the asker. */
export async function readShift(
  sql: Sql,
  communityId: string,
  asker: Asker,
  since: number,
): Promise<{ readonly followUps: readonly ShiftFollowUp[]; readonly attempts: readonly Contact[] }> {
  const place = [communityId, asker.grids];
  const [followUps, calls] = await Promise.all([
    sql.query<ShiftFollowUp>(FOLLOW_UPS, [...place, since, dayOf(since), asker.personId ?? '']),
    sql.query<{ attempts: readonly Contact[] }>(ATTEMPTS, [...place, dayOf(since)]),
  ]);
  return { followUps, attempts: calls.flatMap((call) => call.attempts) };
}

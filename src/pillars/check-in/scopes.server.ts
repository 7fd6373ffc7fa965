import { addDays, dayOf, MINUTE_MS, timeOn } from '../../domain/day.ts';
import { healthScope, householdDayScope } from '../../domain/scope.ts';
import type { Actor } from '../../domain/actor.ts';
import type { Day } from '../../domain/day.ts';
import type { HeldScope } from '../../domain/scope.ts';
import type { Sql } from '../../server/database/database.ts';

/** How long after midnight a day may still be read: who helps is in the middle of it. */
const AFTER_MIDNIGHT_MS = 15 * MINUTE_MS;

/** Days for which a grid worker's phone keeps what was said of somebody unwell: today, and the two before. */
const HEALTH_DAYS = 3;

/**
 * What the reader's duties and grants open of people's health: a grid worker the own grid's of the last days (every grid's
 * where none is named; a secretary as such none), a helper who may check in for a household that of today.
 */
export async function scopesFor(actor: Actor, sql: Sql, now: number): Promise<readonly HeldScope[]> {
  const held: HeldScope[] = [];
  let grids: readonly string[] | undefined;
  for (const { kind, grid, until } of actor.roles) {
    if (kind !== 'gridWorker' || (until !== undefined && until <= now)) continue;
    if (grid === undefined) grids ??= await gridsOf(sql, actor.communityId);
    for (const each of grid === undefined ? (grids ?? []) : [grid]) {
      held.push({ scope: healthScope(each), ...(until !== undefined && { until }) });
      for (const { day, ends } of daysKeptAt(now)) {
        held.push({ scope: healthScope(each, day), until: Math.min(until ?? ends, ends) });
      }
    }
  }
  for (const { householdId, powers, until } of actor.grants) {
    if (until <= now || !powers.includes('check-in')) continue;
    for (const { day, ends } of daysOpenAt(now)) {
      held.push({ scope: householdDayScope(householdId, day), until: Math.min(until, ends) });
    }
  }
  return held;
}

/** Today; and, just after midnight, the day that has ended. With the time until which each may be read. */
function daysOpenAt(now: number): readonly { readonly day: Day; readonly ends: number }[] {
  const today = dayOf(now);
  return [addDays(today, -1), today]
    .map((day) => ({ day, ends: timeOn(addDays(day, 1)) + AFTER_MIDNIGHT_MS }))
    .filter(({ ends }) => now < ends);
}

/** The days of which a grid worker still reads what was said, each with the time until which they do. */
function daysKeptAt(now: number): readonly { readonly day: Day; readonly ends: number }[] {
  const today = dayOf(now);
  return Array.from({ length: HEALTH_DAYS }, (_, ago) => addDays(today, -ago)).map((day) => ({
    day,
    ends: timeOn(addDays(day, HEALTH_DAYS)),
  }));
}

async function gridsOf(sql: Sql, communityId: string): Promise<readonly string[]> {
  const rows = await sql.query<{ grid: string }>(
    'select distinct grid from household where community_id = $1 order by grid',
    [communityId],
  );
  return rows.map((row) => row.grid);
}

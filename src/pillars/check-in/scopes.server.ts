import { addDays, dayOf, MINUTE_MS, timeOn } from '../../domain/day.ts';
import { deskScope, healthScope, householdDayScope, observationScope, workScope } from '../../domain/scope.ts';
import type { Actor } from '../../domain/actor.ts';
import type { Day } from '../../domain/day.ts';
import type { HeldScope, Scope } from '../../domain/scope.ts';
import type { Sql } from '../../server/database/database.ts';

/** How long after midnight a day may still be read: who helps is in the middle of it. */
const AFTER_MIDNIGHT_MS = 15 * MINUTE_MS;

/** Days of which a desk's phone keeps what was said of somebody unwell, and what was done: today, and the two before. */
const KEPT_DAYS = 3;

/**
 * What the reader's duties and grants open of people's health: a grid worker the own grid's of the last days (every grid's
 * where none is named; a secretary as such none), a helper who may check in for a household that of today. And to staff
 * what they are given to look after, and what their desks did in the last days.
 */
export async function scopesFor(actor: Actor, sql: Sql, now: number): Promise<readonly HeldScope[]> {
  const held: HeldScope[] = [];
  let grids: readonly string[] | undefined;
  for (const { kind, grid, until } of actor.roles) {
    if (until !== undefined && until <= now) continue;
    if (kind !== 'gridWorker' && kind !== 'secretary') continue;
    if (actor.personId !== undefined) {
      held.push({ scope: workScope(actor.personId), ...(until !== undefined && { until }) });
    }
    const named = kind === 'gridWorker' ? grid : undefined;
    if (named === undefined) grids ??= await gridsOf(sql, actor.communityId);
    const own = named === undefined ? (grids ?? []) : [named];
    held.push(...daysOf((day) => own.map((each) => deskScope(each, day)), until, now));
    if (kind === 'secretary') continue;
    for (const { scope, until: ends } of await observationsOf(sql, actor.communityId, own, now)) {
      held.push({ scope, until: Math.min(until ?? ends, ends) });
    }
    for (const each of own) held.push({ scope: healthScope(each), ...(until !== undefined && { until }) });
    held.push(...daysOf((day) => own.map((each) => healthScope(each, day)), until, now));
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

/** The scopes of each day kept, with the time until which it may be read: its last, or the end of the duty. */
function daysOf(scopesOf: (day: Day) => readonly Scope[], until: number | undefined, now: number): HeldScope[] {
  const today = dayOf(now);
  return Array.from({ length: KEPT_DAYS }, (_, ago) => addDays(today, -ago)).flatMap((day) => {
    const ends = timeOn(addDays(day, KEPT_DAYS));
    return scopesOf(day).map((scope) => ({ scope, until: Math.min(until ?? ends, ends) }));
  });
}

async function gridsOf(sql: Sql, communityId: string): Promise<readonly string[]> {
  const rows = await sql.query<{ grid: string }>(
    'select distinct grid from household where community_id = $1 order by grid',
    [communityId],
  );
  return rows.map((row) => row.grid);
}

/** Home observation in these grids whose last day is among the days kept, each with the time until which it may be read. */
async function observationsOf(sql: Sql, communityId: string, grids: readonly string[], now: number) {
  const rows = await sql.query<{ id: string; endDay: Day }>(
    `select id, end_day as "endDay" from observation
     where community_id = $1 and end_day >= $2 and grid = any($3) order by id`,
    [communityId, addDays(dayOf(now), 1 - KEPT_DAYS), grids],
  );
  return rows.map(({ id, endDay }) => ({ scope: observationScope(id), until: timeOn(addDays(endDay, KEPT_DAYS)) }));
}

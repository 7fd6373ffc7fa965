import { bagsScope } from '../../../domain/scope.ts';
import { DAY_MS } from '../../../domain/day.ts';
import { holdsRole, isStaffOf } from '../../../domain/actor.ts';
import { mayCarry } from './rules.ts';
import type { Actor } from '../../../domain/actor.ts';
import type { HeldScope } from '../../../domain/scope.ts';
import type { Sql } from '../../../server/database/database.ts';

/** So long after a stairway was taken its doors are seen at most. */
const SEEN_MS = 7 * DAY_MS;

/**
 * The bags of the stairways that the reader carries, until handing out is over, or the duty that lets them carry is; a week
 * at most, also of a round that nobody settles (who still carries it may give it back and take it anew). Duties
 * rest on phones of the person's own slip: 我是谁 on a family's phone opens nobody's doors.
 */
export async function handOutScopes(actor: Actor, sql: Sql, now: number): Promise<readonly HeldScope[]> {
  if (!mayCarry(actor, now)) return [];
  const runs = await sql.query<{ groupBuyId: string; building: string; unit: string; takenAt: number }>(
    `select group_buy_id as "groupBuyId", building, unit, taken_at as "takenAt" from hand_out_run
      where community_id = $1 and person_id = $2 and ended is not true order by id`,
    [actor.communityId, actor.personId],
  );
  const until = dutyEnds(actor, now) ?? Infinity;
  return runs.map(({ groupBuyId, building, unit, takenAt }) => ({
    scope: bagsScope(groupBuyId, building, unit),
    until: Math.min(until, takenAt + SEEN_MS),
  }));
}

/** When the last of the duties that let one carry ends (epoch ms); undefined where one of them has no end. */
function dutyEnds(actor: Actor, now: number): number | undefined {
  const ends = actor.roles
    .filter((role) => {
      const only: Actor = { ...actor, roles: [role] };
      return holdsRole(only, 'volunteer', now) || holdsRole(only, 'organiser', now) || isStaffOf(only, now);
    })
    .map((role) => role.until ?? Infinity);
  const last = Math.max(...ends);
  return Number.isFinite(last) ? last : undefined;
}

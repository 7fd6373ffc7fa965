import { daysBetween } from '../rules.ts';
import { byNumber } from './in-order.ts';
import { buildingsOf, contactMinutes, countsOf } from './coverage.ts';
import type { Contact, FollowUp } from '../follow-up/schema.ts';
import type { CoverageGround } from './ground.ts';
import type { DayReport, ShiftSummary } from './schema.ts';
import type { StandingDoor } from './standing-door.ts';

/**
 * The day's summary, made from what is known: no names, nothing of anybody's health.
 * @param communityName as it stands above the report
 */
export function reportOf(ground: CoverageGround, doors: readonly StandingDoor[], communityName: string): DayReport {
  const alerts = ground.followUps.filter((one) => one.day === ground.day && one.level === 'alert');
  const attempts = [...ground.calls.values()].flatMap((call) => call.attempts);
  return {
    day: ground.day,
    at: ground.now,
    communityName,
    grids: ground.asker.grids,
    counts: countsOf(doors),
    buildings: buildingsOf(ground, doors).map(({ name, counts }) => ({ name, counts })),
    silent: doors
      .filter(({ state }) => state === 'missing')
      .map(({ door }) => {
        const last = ground.lastHeard.get(door.id);
        return {
          door: door.door,
          ...(last !== undefined && { silentDays: daysBetween(last, ground.day) }),
          tries: ground.calls.get(door.id)?.attempts.length ?? 0,
        };
      })
      .sort(
        (one, other) => (other.silentDays ?? Infinity) - (one.silentDays ?? Infinity) || byNumber(one.door, other.door),
      ),
    alerts: {
      opened: alerts.length,
      seen: alerts.filter((one) => one.seenAt != null).length,
      closed: alerts.filter((one) => one.closedAt != null).length,
      medianContactMinutes: contactMinutes(alerts),
    },
    calls: callsOf(attempts),
    observed: ground.observations.length,
  };
}

/** A follow-up as a hand-over tells of it. */
export type ShiftFollowUp = Pick<
  FollowUp,
  | 'id'
  | 'door'
  | 'personName'
  | 'reasons'
  | 'openedAt'
  | 'raisedAt'
  | 'seenAt'
  | 'seenByName'
  | 'firstContactAt'
  | 'closedAt'
>;

/**
 * 交班小结: how the doors stand now, what was done since the shift began, and what is open: what nobody has opened first,
 * then what waits longest.
 * @param since epoch ms
 * @param followUps those that are open, or were raised or closed since then
 * @param attempts of the days since then
 */
export function shiftSummaryOf(
  ground: CoverageGround,
  doors: readonly StandingDoor[],
  since: number,
  followUps: readonly ShiftFollowUp[],
  attempts: readonly Contact[],
): ShiftSummary {
  const open = followUps.filter((one) => one.closedAt == null);
  return {
    at: ground.now,
    since,
    counts: countsOf(doors),
    calls: callsOf(attempts.filter(({ at }) => at >= since)),
    followUps: {
      opened: followUps.filter((one) => one.openedAt >= since).length,
      closed: followUps.filter((one) => one.closedAt != null && one.closedAt >= since).length,
    },
    open: open
      .toSorted(
        (one, other) => Number(one.seenAt != null) - Number(other.seenAt != null) || one.openedAt - other.openedAt,
      )
      .map(({ id, door, personName, reasons, openedAt, seenByName, firstContactAt }) => ({
        id,
        door,
        personName,
        reasons,
        openedAt,
        seenByName: seenByName ?? undefined,
        firstContactAt: firstContactAt ?? undefined,
      })),
  };
}

function callsOf(attempts: readonly Contact[]): DayReport['calls'] {
  const came = (...outcomes: readonly Contact['outcome'][]) =>
    attempts.filter(({ outcome }) => outcomes.includes(outcome)).length;
  return { made: attempts.length, reached: came('answered', 'met'), knocked: came('knocked') };
}

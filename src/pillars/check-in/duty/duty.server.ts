import { MINUTE_MS } from '../../../domain/day.ts';
import type { Sql } from '../../../server/database/database.ts';
import type { Operate } from '../../../server/operate.ts';
import type { TimedJob } from '../../../server/slice.ts';
import { UNSEEN_MINUTES } from '../follow-up/schema.ts';
import type { FollowUp } from '../follow-up/schema.ts';
import { eachCommunity } from '../../../server/each-community.ts';
import { nextTurn } from './escalation.ts';
import type { Colleague } from './escalation.ts';
import { createRobotTeller } from './robot.server.ts';

/** Alerts passed on (and shifts ended) in one run; the next one takes the rest. */
const MAX_PASSES = 1000;

const OVERDUE = `
  select id, grid, stage, assigned_to as "assignedTo", passes, raised_at as "raisedAt"
  from follow_up
  where community_id = $1 and closed_at is null and seen_at is null and level = 'alert' and stage <> 'secretary'
    and raised_at <= $2
  order by raised_at, id limit ${MAX_PASSES}`;

const STAFF = `
  select r.person_id as "personId", r.kind, r.grid
  from person_role r join person p on p.community_id = $1 and p.id = r.person_id
  where r.community_id = $1 and r.kind in ('gridWorker', 'secretary') and (r.until is null or r.until > $2)
    and p.presence not in ('movedOut', 'deceased')`;

/**
 * Sends alerts of a community that nobody has opened for UNSEEN_MINUTES on to the next. Safe to run as often as wanted, also
 * twice at once: an order's id names the alert, its stage, since when it waits and whose turn it is, and the rule looks again.
 * @returns how many went on
 */
export async function tendAlerts(communityId: string, db: Sql, operate: Operate, now: number): Promise<number> {
  const overdue = await db.query<Pick<FollowUp, 'id' | 'grid' | 'stage' | 'assignedTo' | 'passes' | 'raisedAt'>>(
    OVERDUE,
    [communityId, now - UNSEEN_MINUTES * MINUTE_MS],
  );
  if (overdue.length === 0) return 0;
  const staff = await db.query<Colleague>(STAFF, [communityId, now]);
  const orders = overdue.flatMap((alert) => {
    const turn = nextTurn(alert, staff);
    if (turn === undefined) return [];
    return {
      id: `checkIn.passOn/${alert.id}/${alert.stage}/${alert.raisedAt}/${turn.personId}`,
      name: 'checkIn.passOn',
      // The rule looks at the same moment as the query: it must not say no for a clock that was set back in between.
      happenedAt: now,
      args: { followUpId: alert.id, stageBefore: alert.stage, stage: turn.stage, toPersonId: turn.personId },
    };
  });
  if (orders.length === 0) return 0;
  const verdicts = await operate(communityId, orders);
  return verdicts.filter(({ outcome }) => outcome === 'accepted').length;
}

const GONE = `
  select d.id from duty d
  where d.community_id = $1 and d.ended_at is null and d.ends_at > $2
    and not exists (
      select 1 from person_role r join person p on p.community_id = $1 and p.id = r.person_id
      where r.community_id = $1 and r.person_id = d.person_id and r.kind in ('gridWorker', 'secretary')
        and (r.until is null or r.until > $2) and p.presence not in ('movedOut', 'deceased'))
  order by d.id limit ${MAX_PASSES}`;

/**
 * Ends the shifts of those who are none of the staff any more, so that nobody is told to ring them and nothing new is
 * given to them. Safe to run as often as wanted.
 * @returns how many shifts ended
 */
export async function tendDuties(communityId: string, db: Sql, operate: Operate, now: number): Promise<number> {
  const gone = await db.query<{ id: string }>(GONE, [communityId, now]);
  if (gone.length === 0) return 0;
  const verdicts = await operate(
    communityId,
    gone.map(({ id }) => ({ id: `checkIn.endDuty/${id}`, name: 'checkIn.endDuty', args: { dutyId: id } })),
  );
  return verdicts.filter(({ outcome }) => outcome === 'accepted').length;
}

const waiting = {
  where: `exists (select 1 from follow_up f where f.community_id = clock.community_id
    and f.closed_at is null and f.seen_at is null and f.level = 'alert')`,
  params: [],
};
const onDuty = (now: number) => ({
  where: `exists (select 1 from duty d where d.community_id = clock.community_id
    and d.ended_at is null and d.ends_at > $1)`,
  params: [now],
});
const tellRobot = createRobotTeller();

/** What the clock does for alerts that nobody opens: they go on, and the group chat's robot says so; and for the shifts. */
export const dutyJobs: readonly TimedJob[] = [
  {
    name: 'pass on alerts',
    everyMs: 15_000,
    run: ({ db, world, operate }) =>
      eachCommunity(db, waiting, (communityId) => tendAlerts(communityId, db, operate, world.now())),
  },
  {
    // Apart from the one above: a robot that does not answer must not keep an alert from going on.
    name: 'tell robots',
    everyMs: 15_000,
    run: ({ db, world, operate, post }) =>
      eachCommunity(db, waiting, (communityId) => tellRobot(communityId, { db, operate, post, now: world.now() })),
  },
  {
    name: 'end shifts',
    everyMs: MINUTE_MS,
    run: ({ db, world, operate }) =>
      eachCommunity(db, onDuty(world.now()), (communityId) => tendDuties(communityId, db, operate, world.now())),
  },
];

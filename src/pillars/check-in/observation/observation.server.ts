import { addDays, dayOf, MINUTE_MS } from '../../../domain/day.ts';
import type { Person } from '../../../people/schema.ts';
import type { Sql } from '../../../server/database/database.ts';
import type { Operate, Order } from '../../../server/operate.ts';
import type { TimedJob } from '../../../server/slice.ts';
import { eachCommunity } from '../../../server/each-community.ts';
import { isAtHome } from '../rules.ts';
import { missedReadings } from './rules.ts';
import type { Observation, Reading } from './schema.ts';

type Under = Pick<Observation, 'id' | 'startDay' | 'endDay' | 'startedAt' | 'endedAt'> &
  Pick<Person, 'presence' | 'presenceUntil'>;

const UNDER = `
  select o.id, o.start_day as "startDay", o.end_day as "endDay", o.started_at as "startedAt", o.ended_at as "endedAt",
    p.presence, p.presence_until as "presenceUntil"
  from observation o join person p on p.community_id = $1 and p.id = o.person_id
  where o.community_id = $1 and o.end_day >= $2
  order by o.id`;

const TAKEN = `
  select observation_id as "observationId", day, slot from reading
  where community_id = $1 and day >= $2 and observation_id = any($3)`;

/**
 * Asks somebody to look where a reading of today or yesterday that was due did not come, once for each. Who is not at home
 * (in hospital, say) is looked after elsewhere. Safe to run as often as wanted: an order's id names the reading.
 * @param asked ids of orders that have had their answer: the caller keeps them from run to run, to ask less
 * @returns how many readings are missing, of those that were not in `asked`
 */
export async function tendObservations(
  communityId: string,
  db: Sql,
  operate: Operate,
  now: number,
  asked: Set<string> = new Set(),
): Promise<number> {
  const today = dayOf(now);
  const days = [addDays(today, -1), today];
  const under = await db.query<Under>(UNDER, [communityId, days[0]]);
  if (under.length === 0) return 0;
  const taken = await db.query<Pick<Reading, 'observationId' | 'day' | 'slot'>>(TAKEN, [
    communityId,
    days[0],
    under.map(({ id }) => id),
  ]);
  const orders = under.flatMap((one) => {
    const own = taken.filter(({ observationId }) => observationId === one.id);
    return days.flatMap((day): Order[] =>
      isAtHome(one, day)
        ? missedReadings(one, day, now, own).map((slot) => ({
            id: `checkIn.missReading/${one.id}/${day}/${slot}`,
            name: 'checkIn.missReading',
            happenedAt: now,
            args: { observationId: one.id, day, slot },
          }))
        : [],
    );
  });
  const fresh = orders.filter(({ id }) => !asked.has(`${communityId}/${id}`));
  if (fresh.length === 0) return 0;
  const verdicts = await operate(communityId, fresh);
  for (const { id } of fresh) asked.add(`${communityId}/${id}`);
  return verdicts.filter(({ outcome }) => outcome === 'accepted').length;
}

/** Orders that one process remembers; beyond it asks again, and hears what it was told before. */
const MAX_ASKED = 20_000;
const asked = new Set<string>();

const underWay = (now: number) => ({
  where: 'exists (select 1 from observation o where o.community_id = clock.community_id and o.end_day >= $1)',
  params: [addDays(dayOf(now), -1)],
});

/** What the clock does for people under observation. */
export const observationJobs: readonly TimedJob[] = [
  {
    name: 'tend observations',
    everyMs: MINUTE_MS,
    async run({ db, world, operate }) {
      if (asked.size > MAX_ASKED) asked.clear();
      await eachCommunity(db, underWay(world.now()), (communityId) =>
        tendObservations(communityId, db, operate, world.now(), asked),
      );
    },
  },
];

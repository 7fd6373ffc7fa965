import { addDays } from '../../../domain/day.ts';
import { USUAL, usualBy } from './usual-time.ts';
import type { Day } from '../../../domain/day.ts';
import type { Sql } from '../../../server/database/database.ts';

/** Communities whose times are held at once: a day's worth of a sub-district, and some. */
const MOST = 1_000;

// What a household said of itself, and its signs of life; what a worker learned by ringing is the worker's time.
const MEDIANS = `
  select household_id as "householdId", percentile_cont(0.5) within group (order by first) as median
  from (
    select household_id, day, (min(happened_at) + 28800000) % 86400000 as first
    from (
      select household_id, day, happened_at from check_in
      where community_id = $1 and day >= $2 and day < $3 and not (by ->> 'actingFor')::boolean
      union all
      select household_id, day, happened_at from life_sign where community_id = $1 and day >= $2 and day < $3
    ) said
    group by household_id, day
  ) days
  group by household_id
  having count(*) >= $4`;

/** By when each door has usually answered: worked out once a day for a community, on the day's first question. */
export class UsualTimes {
  private readonly known = new Map<string, { day: Day; times: Promise<ReadonlyMap<string, string>> }>();

  /** @returns clocks (`HH:MM`) by household, of those that have a habit */
  of(sql: Sql, communityId: string, today: Day): Promise<ReadonlyMap<string, string>> {
    const known = this.known.get(communityId);
    if (known?.day === today) return known.times;
    const times = read(sql, communityId, today);
    this.known.delete(communityId);
    const [oldest] = this.known.keys();
    if (this.known.size >= MOST && oldest !== undefined) this.known.delete(oldest);
    this.known.set(communityId, { day: today, times });
    times.catch(() => this.known.delete(communityId));
    return times;
  }
}

async function read(sql: Sql, communityId: string, today: Day): Promise<ReadonlyMap<string, string>> {
  const rows = await sql.query<{ householdId: string; median: number }>(MEDIANS, [
    communityId,
    addDays(today, -USUAL.days),
    today,
    USUAL.atLeast,
  ]);
  return new Map(
    rows.flatMap(({ householdId, median }): [string, string][] => {
      const clock = usualBy(median);
      return clock === undefined ? [] : [[householdId, clock]];
    }),
  );
}

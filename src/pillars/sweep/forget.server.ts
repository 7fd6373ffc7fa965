import { DAY_MS, dayOf } from '../../domain/day.ts';
import { forgetDoors } from './mutations.ts';
import { STATUS_DAYS, WORDS_DAYS } from './schema.ts';
import type { Sql } from '../../server/database/database.ts';
import type { Operate } from '../../server/operate.ts';
import type { TimedJob } from '../../server/slice.ts';

/** Doors that one order names. */
const BATCH = 500;
const EVERY_MS = 6 * 3_600_000;

const DUE = `select id from swept_door
  where community_id = $1 and id > $4
    and (select max((one ->> 'at')::bigint) from jsonb_array_elements(findings) one) <= $2
    and (jsonb_path_exists(findings, '$[*] ? (exists(@.note) || exists(@.people) || exists(@.yes))')
      or (select max((one ->> 'at')::bigint) from jsonb_array_elements(findings) one) <= $3)
  order by id limit ${BATCH}`;

/**
 * Forgets what was said at a community's doors when its time is over. Safe to run as often as wanted, and on two servers at
 * once: an order's id names the doors it is about, and what has been forgotten is not due any more.
 * @param now epoch ms
 * @returns how many doors changed
 */
export async function forgetOldDoors(communityId: string, db: Sql, operate: Operate, now: number): Promise<number> {
  let changed = 0;
  const limits = [now - WORDS_DAYS * DAY_MS, now - STATUS_DAYS * DAY_MS];
  for (let after = ''; ;) {
    const rows = await db.query<{ id: string }>(DUE, [communityId, ...limits, after]);
    const doorIds = rows.map((row) => row.id);
    const [first, last] = [doorIds[0], doorIds[doorIds.length - 1]];
    if (first === undefined || last === undefined) return changed;
    const id = `${forgetDoors.name}/${dayOf(now)}/${first}/${last}/${doorIds.length}`;
    const [verdict] = await operate(communityId, [{ id, name: forgetDoors.name, args: { doorIds } }]);
    if (verdict?.outcome === 'accepted') changed += doorIds.length;
    after = last;
  }
}

/** Every six hours, for each community. */
export const forgetJob: TimedJob = {
  name: 'forget what was said at doors',
  everyMs: EVERY_MS,
  async run({ db, world, operate }) {
    const communities = await db.query<{ id: string }>('select community_id as id from clock order by community_id');
    for (const { id } of communities) await forgetOldDoors(id, db, operate, world.now());
  },
};

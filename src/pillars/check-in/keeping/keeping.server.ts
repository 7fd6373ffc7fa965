import { addDays, dayOf, timeOn } from '../../../domain/day.ts';
import { eachCommunity } from '../../../server/each-community.ts';
import { erase, forget } from './mutations.ts';
import { lastDayDue, STATUS_DAYS, TEXT_DAYS, SHIFT_DAYS } from './rules.ts';
import type { Sql } from '../../../server/database/database.ts';
import type { Operate } from '../../../server/operate.ts';
import type { TimedJob } from '../../../server/slice.ts';

/** Rows that one order names. */
const BATCH = 500;
const EVERY_MS = 6 * 3_600_000;

/** Which rows of a kind are due: an SQL condition on its table, in which $2 is the last day that is due. */
interface Due {
  readonly what: typeof forget;
  readonly entity: string;
  readonly table: string;
  readonly days: number;
  readonly where: string;
}

const says = (column: string) => `(jsonb_typeof(${column}) = 'array' and jsonb_array_length(${column}) > 0)`;
const DUE: readonly Due[] = [
  text('checkIn', 'check_in', 'day <= $2 and forgotten is not true'),
  text('followUp', 'follow_up', `day <= $2 and (note is not null or jsonb_path_exists(contacts, '$[*].note'))`),
  text('observation', 'observation', 'end_day <= $2 and (reason is not null or end_reason is not null)'),
  text(
    'reading',
    'reading',
    `day <= $2 and (temperature_c is not null or mood is not null or how is not null or ${says('needs')} or ${says('history')})`,
  ),
  whole('lifeSign', 'life_sign', TEXT_DAYS, 'day <= $2'),
  whole('call', 'door_call', TEXT_DAYS, 'day <= $2'),
  whole('duty', 'duty', SHIFT_DAYS, 'ends_at < $2'),
  whole('checkIn', 'check_in', STATUS_DAYS, 'day <= $2'),
  whole('followUp', 'follow_up', STATUS_DAYS, 'day <= $2'),
  whole('reading', 'reading', STATUS_DAYS, 'day <= $2'),
  whole('observation', 'observation', STATUS_DAYS, 'end_day <= $2'),
];

function text(entity: string, table: string, where: string): Due {
  return { what: forget, entity, table, days: TEXT_DAYS, where };
}

function whole(entity: string, table: string, days: number, where: string): Due {
  return { what: erase, entity, table, days, where };
}

/**
 * Forgets and erases what is due of a community (see `kept`). Safe to run as often as wanted, and on two servers at once:
 * an order's id names the rows it is about, and what has been forgotten is not due any more.
 * @param now epoch ms
 * @returns how many rows changed
 */
export async function keepCommunity(communityId: string, db: Sql, operate: Operate, now: number): Promise<number> {
  let changed = 0;
  for (const due of DUE) {
    const last = lastDayDue(now, due.days);
    // A shift has no day but an end: that of the last day which is due.
    const limit = due.entity === 'duty' ? timeOn(addDays(last, 1)) : last;
    for (let after = ''; ;) {
      const rows = await db.query<{ id: string }>(
        `select id from ${due.table} where community_id = $1 and ${due.where} and id > $3 order by id limit ${BATCH}`,
        [communityId, limit, after],
      );
      const ids = rows.map((row) => row.id);
      const [first, end] = [ids[0], ids[ids.length - 1]];
      if (first === undefined || end === undefined) break;
      const id = `${due.what.name}/${due.entity}/${dayOf(now)}/${first}/${end}/${ids.length}`;
      const [verdict] = await operate(communityId, [{ id, name: due.what.name, args: { entity: due.entity, ids } }]);
      if (verdict?.outcome === 'accepted') changed += ids.length;
      if (ids.length < BATCH) break;
      after = end;
    }
  }
  return changed;
}

/** Every six hours, for each community. */
export const keepingJobs: readonly TimedJob[] = [
  {
    name: 'forget health',
    everyMs: EVERY_MS,
    async run({ db, world, operate }) {
      await eachCommunity(db, { where: 'true', params: [] }, (id) => keepCommunity(id, db, operate, world.now()));
    },
  },
];

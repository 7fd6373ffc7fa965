import { CLAIM_KEPT_MS } from './schema.ts';
import { forgetClaim } from './mutations.ts';
import type { Operate } from '../../../server/operate.ts';
import type { Sql } from '../../../server/database/database.ts';
import type { TimedJob } from '../../../server/slice.ts';

/** Claims that one order to the community is about. */
const BATCH = 200;
const EVERY_MS = 6 * 3_600_000;

const DUE = `select id from group_buy_claim
  where community_id = $1 and decided_at <= $2 and (photo_id is not null or text is not null) and id > $3
  order by id limit ${BATCH}`;

/**
 * Forgets pictures and words of claims that were decided long enough ago. Safe to run as often as wanted, and on two
 * servers at once: an order's id names its claim.
 * @param now epoch ms
 * @returns how many claims changed
 */
export async function forgetOldClaims(communityId: string, db: Sql, operate: Operate, now: number): Promise<number> {
  let changed = 0;
  for (let after = ''; ;) {
    const rows = await db.query<{ id: string }>(DUE, [communityId, now - CLAIM_KEPT_MS, after]);
    const last = rows.at(-1)?.id;
    if (last === undefined) return changed;
    const orders = rows.map(({ id }) => ({
      id: `${forgetClaim.name}/${id}`,
      name: forgetClaim.name,
      args: { claimId: id },
    }));
    const verdicts = await operate(communityId, orders);
    changed += verdicts.filter((verdict) => verdict.outcome === 'accepted').length;
    after = last;
  }
}

/** Every six hours, for each community. */
export const forgetClaimsJob: TimedJob = {
  name: 'forget pictures and words of claims',
  everyMs: EVERY_MS,
  async run({ db, world, operate }) {
    const communities = await db.query<{ id: string }>('select community_id as id from clock order by community_id');
    for (const { id } of communities) await forgetOldClaims(id, db, operate, world.now());
  },
};

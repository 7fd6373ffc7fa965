import { DAY_MS } from '../../domain/day.ts';
import type { ServerSlice, TimedJob } from '../slice.ts';
import { photoScopes } from './photo-store.ts';

/** A picture may come before the act that names it, from a phone that sends no more that day or the next. */
const UNNAMED_MS = 3 * DAY_MS;
/** Pictures looked at in one statement. */
const BATCH = 500;

/** Deletes pictures that no row of any slice names, 3 days after they came: a slice deletes one by forgetting its id. */
export function forgetPhotos(slices: readonly ServerSlice[]): TimedJob {
  return {
    name: 'forgetPhotos',
    everyMs: 3_600_000,
    async run({ db, world }) {
      const before = world.now() - UNNAMED_MS;
      const communities = await db.query<{ id: string }>('select community_id as id from clock');
      for (const { id: communityId } of communities) {
        for (let after = ''; ;) {
          const rows = await db.query<{ id: string }>(
            `select id from photo where community_id = $1 and id > $2 and stored_at < $3 order by id limit ${BATCH}`,
            [communityId, after, before],
          );
          const ids = rows.map(({ id }) => id);
          if (ids.length === 0) break;
          const named = await photoScopes(slices, db, communityId, ids);
          const unnamed = ids.filter((id) => !named.has(id));
          if (unnamed.length > 0)
            await db.query('delete from photo where community_id = $1 and id = any($2)', [communityId, unnamed]);
          after = ids.at(-1)!;
        }
      }
    },
  };
}

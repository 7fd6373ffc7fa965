import type { Sql } from './database/database.ts';

/** Communities looked after at once: enough that one whose robot does not answer keeps nobody waiting for long. */
const AT_ONCE = 8;

/**
 * Does something for every community where there is something to do. One community's failure keeps nobody else from their
 * turn; the first is thrown when all have had theirs.
 * @param where what there must be, in SQL, of the community `clock.community_id`; `params` are its values from $1 on
 */
export async function eachCommunity(
  db: Sql,
  { where, params }: { readonly where: string; readonly params: readonly unknown[] },
  tend: (communityId: string) => Promise<unknown>,
): Promise<void> {
  const communities = await db.query<{ id: string }>(
    `select community_id as id from clock where ${where} order by community_id`,
    [...params],
  );
  const failures: unknown[] = [];
  for (let from = 0; from < communities.length; from += AT_ONCE) {
    const turns = communities.slice(from, from + AT_ONCE).map(({ id }) => tend(id));
    for (const turn of await Promise.allSettled(turns)) if (turn.status === 'rejected') failures.push(turn.reason);
  }
  if (failures.length > 0) throw new Error(`${failures.length} communities were not tended`, { cause: failures[0] });
}

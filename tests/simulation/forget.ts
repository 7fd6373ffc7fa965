import type { Database } from '../../src/server/database/database.ts';
import { tenantTables } from '../../src/server/database/backup-format.ts';

const known = new WeakMap<Database, Promise<readonly string[]>>();

/** Removes everything of a community, for a history that is lived again. Costs one statement where there is nothing. */
export async function forgetCommunity(db: Database, communityId: string): Promise<void> {
  const [clock] = await db.query('select 1 from clock where community_id = $1', [communityId]);
  if (clock === undefined) return;
  const names = await (known.get(db) ?? tablesOf(db));
  await db.transaction(async (sql) => {
    await Promise.all(names.map((name) => sql.query(`delete from "${name}" where community_id = $1`, [communityId])));
  });
}

function tablesOf(db: Database): Promise<readonly string[]> {
  const names = db.transaction(async (sql) => (await tenantTables(sql)).map((table) => table.name), 'snapshot');
  known.set(db, names);
  return names;
}

import type { Sql } from '../../../server/database/database.ts';
import type { ShiftSummary } from './schema.ts';

const COLLEAGUES = `
  select distinct p.id, p.name
  from person_role r join person p on p.community_id = $1 and p.id = r.person_id
  where r.community_id = $1 and r.kind in ('gridWorker', 'secretary') and (r.until is null or r.until > $2)
    and p.presence not in ('movedOut', 'deceased')
  order by p.name, p.id`;

/** @returns who may be on duty at this time (epoch ms): grid workers and the secretary, whatever grid they are of */
export function readColleagues(
  sql: Sql,
  communityId: string,
  now: number,
): Promise<NonNullable<ShiftSummary['colleagues']>> {
  return sql.query<{ id: string; name: string }>(COLLEAGUES, [communityId, now]);
}

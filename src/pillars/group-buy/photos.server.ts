import { communityScope, householdScope, organisersScope } from '../../domain/scope.ts';
import type { Scope } from '../../domain/scope.ts';
import type { Sql } from '../../server/database/database.ts';

/** A row that names a picture, as far as visibility rests on it. */
interface Naming {
  readonly photoId: string;
  readonly kind: 'item' | 'draft' | 'claim' | 'receipt' | 'code' | 'proposal';
  readonly householdId: string | null;
}

const namings = `
  select photo_id as "photoId", case when draft then 'draft' else 'item' end as kind, null as "householdId"
    from group_buy_item where community_id = $1 and photo_id = any($2)
  union all
  select photo_id, 'claim', household_id from group_buy_claim where community_id = $1 and photo_id = any($2)
  union all
  select photo_id, 'receipt', null from supplier_receipt where community_id = $1 and photo_id = any($2)
  union all
  select photo_id, 'code', null from collection_code where community_id = $1 and photo_id = any($2)
  union all
  select photo_id, 'proposal', null from code_proposal where community_id = $1 and photo_id = any($2)`;

/** In which scopes these pictures stand: those of the rows that name them, as `visibility.ts` has it. */
export async function photoScopes(
  sql: Sql,
  communityId: string,
  photoIds: readonly string[],
): Promise<readonly { readonly photoId: string; readonly scope: Scope }[]> {
  const rows = await sql.query<Naming>(namings, [communityId, photoIds]);
  return rows.flatMap((row) => scopesOf(row).map((scope) => ({ photoId: row.photoId, scope })));
}

function scopesOf({ kind, householdId }: Naming): readonly Scope[] {
  switch (kind) {
    case 'item':
    case 'receipt':
    case 'code':
      return [communityScope];
    case 'draft':
    case 'proposal':
      return [organisersScope];
    case 'claim':
      return [householdScope(householdId!, 'orders'), organisersScope];
  }
}

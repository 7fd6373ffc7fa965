import { groupBy } from '../../../domain/group-by.ts';
import { readHead } from './read.server.ts';
import type { Sql } from '../../../server/database/database.ts';
import type { SupplierItem, SupplierSheet } from './sheet.ts';

/** Reads what each supplier is asked for. @returns undefined where there is no such round */
export async function readSupplierSheet(
  sql: Sql,
  communityId: string,
  id: string,
  now: number,
): Promise<SupplierSheet | undefined> {
  const found = await readHead(sql, communityId, id, now);
  if (found === undefined) return undefined;
  const { place: _place, slots: _slots, ...head } = found;
  const rows = await sql.query<FoundItem>(ITEMS, [communityId, id]);
  const suppliers = [...groupBy(rows, (row) => row.supplier ?? '')].map(([supplier, own]) => ({
    ...(supplier !== '' && { supplier }),
    items: own.map(itemOf),
  }));
  return { ...head, suppliers };
}

type Optional = 'caseSize' | 'weightJin' | 'arrived';
type FoundItem = Omit<SupplierItem, Optional> & { readonly [key in Optional]: number | null } & {
  readonly supplier: string | null;
};

/** Counted from the orders themselves, not from the items' `sold`: the supplier is asked for what was ordered. */
const ITEMS = `
  select i.name, i.unit, i.contents, i.case_size as "caseSize", i.weight_jin as "weightJin", i.arrived,
         coalesce(nullif(i.supplier, ''), nullif(g.supplier, '')) as supplier,
         coalesce(i.waiting, 0) as waiting, coalesce(l.ordered, 0)::int as ordered, coalesce(l.households, 0)::int as households
    from group_buy_item i
    join group_buy g on g.community_id = $1 and g.id = i.group_buy_id
    left join (
      select line ->> 'itemId' as item_id, sum((line ->> 'quantity')::int) as ordered, count(*) as households
        from group_buy_order o, jsonb_array_elements(o.lines) as line
       where o.community_id = $1 and o.group_buy_id = $2 and o.state = 'placed'
       group by 1
    ) l on l.item_id = i.id
   where i.community_id = $1 and i.group_buy_id = $2
   order by i.position, i.id`;

function itemOf({ name, unit, contents, ordered, households, waiting, ...rest }: FoundItem): SupplierItem {
  const { caseSize, weightJin, arrived } = rest;
  return {
    name,
    unit,
    contents,
    ordered,
    households,
    waiting,
    ...(caseSize !== null && { caseSize }),
    ...(weightJin !== null && { weightJin }),
    ...(arrived !== null && { arrived }),
  };
}

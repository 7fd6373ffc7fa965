import type { Database } from '../../../server/database/database.ts';
import type { DoorOrder, ItemTotal, RoundTotals } from '../totals.ts';

/**
 * One snapshot: sums and orders agree, however fast orders come in.
 * @param withOrders whether the doors are listed too
 * @returns undefined where there is no such round
 */
export function totalsOf(
  db: Database,
  communityId: string,
  id: string,
  withOrders: boolean,
): Promise<RoundTotals | undefined> {
  return db.transaction(async (sql) => {
    const values = [communityId, id];
    const [round] = await sql.query<Pick<RoundTotals, 'id' | 'title' | 'closesAt'>>(
      `select id, title, closes_at as "closesAt" from group_buy where community_id = $1 and id = $2`,
      values,
    );
    if (round === undefined) return undefined;
    const items = await sql.query<ItemTotal>(ITEM_TOTALS, values);
    const [sums] = await sql.query<Pick<RoundTotals, 'households' | 'totalFen'>>(SUMS, values);
    return {
      ...round,
      ...sums!,
      portions: items.reduce((sum, one) => sum + one.portions, 0),
      items,
      orders: withOrders ? await sql.query<DoorOrder>(DOOR_ORDERS, values) : [],
    };
  }, 'snapshot');
}

/** Counted from the orders themselves, not from the items' `sold`: what the supplier is asked for is what was ordered. */
const ITEM_TOTALS = `
  select i.id, i.name, i.unit, i.stock, i.case_size as "caseSize", coalesce(i.waiting, 0) as waiting,
         coalesce(sum(l.quantity), 0)::int as portions,
         count(l.quantity)::int as households,
         coalesce(sum(l.quantity::bigint * l.price), 0)::bigint as "totalFen"
    from group_buy_item i
    left join (
      select line ->> 'itemId' as item_id, (line ->> 'quantity')::int as quantity, (line ->> 'priceFen')::int as price
        from group_buy_order o, jsonb_array_elements(o.lines) as line
       where o.community_id = $1 and o.group_buy_id = $2 and o.state = 'placed'
    ) l on l.item_id = i.id
   where i.community_id = $1 and i.group_buy_id = $2
   group by i.id, i.name, i.unit, i.stock, i.case_size, i.waiting, i.position
   order by i.position`;

const SUMS = `
  select count(*)::int as households, coalesce(sum(total_fen), 0)::bigint as "totalFen"
    from group_buy_order
   where community_id = $1 and group_buy_id = $2 and state = 'placed'`;

/** In the order in which one walks: units and rooms are short words that hold numbers, so the shorter come first. */
const DOOR_ORDERS = `
  select o.household_id as "householdId", h.door, h.building_name as building, h.unit, h.floor, h.room,
         o.lines, o.total_fen as "totalFen"
    from group_buy_order o
    join household h on h.community_id = $1 and h.id = o.household_id
    left join building b on b.community_id = $1 and b.id = h.building_id
   where o.community_id = $1 and o.group_buy_id = $2 and o.state = 'placed'
   order by b.position, length(h.unit), h.unit, h.floor, length(h.room), h.room`;

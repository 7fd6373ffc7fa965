import { groupBuyTable, itemTable, orderTable } from './tables.ts';
import { waitingPlaceTable } from './waiting/tables.ts';
import { handOutRunTable } from './hand-out/tables.ts';
import {
  codeProposalTable,
  collectionCodeTable,
  ledgerEntryTable,
  moneyRulesTable,
  refundTable,
  supplierReceiptTable,
} from './money/tables.ts';
import { claimTable } from './claims/tables.ts';
import { mayOrganise } from './order-rules.ts';
import type { Database } from '../../server/database/database.ts';
import type { DoorOrder, ItemTotal, RoundTotals } from './totals.ts';
import type { ServerSlice } from '../../server/slice.ts';

export const server: ServerSlice = {
  tables: {
    groupBuy: groupBuyTable,
    item: itemTable,
    order: orderTable,
    waitingPlace: waitingPlaceTable,
    handOutRun: handOutRunTable,
    ledgerEntry: ledgerEntryTable,
    refund: refundTable,
    supplierReceipt: supplierReceiptTable,
    collectionCode: collectionCodeTable,
    codeProposal: codeProposalTable,
    moneyRules: moneyRulesTable,
    claim: claimTable,
  },
  routes(app, { db, world }) {
    app.get('/group-buys/:id/totals', async (c) => {
      const actor = c.get('actor');
      if (!mayOrganise(actor, world.now())) return c.notFound();
      const totals = await totalsOf(db, actor.communityId, c.req.param('id'));
      return totals === undefined ? c.notFound() : c.json(totals);
    });
  },
};

/** One snapshot: sums and orders agree, however fast orders come in. */
function totalsOf(db: Database, communityId: string, id: string): Promise<RoundTotals | undefined> {
  return db.transaction(async (sql) => {
    const values = [communityId, id];
    const [round] = await sql.query<Pick<RoundTotals, 'id' | 'title' | 'closesAt'>>(
      `select id, title, closes_at as "closesAt" from group_buy where community_id = $1 and id = $2`,
      values,
    );
    if (round === undefined) return undefined;
    const items = await sql.query<ItemTotal>(itemTotals, values);
    const orders = await sql.query<DoorOrder>(doorOrders, values);
    return {
      ...round,
      households: orders.length,
      portions: items.reduce((sum, one) => sum + one.portions, 0),
      totalFen: orders.reduce((sum, one) => sum + one.totalFen, 0),
      items,
      orders,
    };
  }, 'snapshot');
}

/** Counted from the orders themselves, not from the items' `sold`: what the supplier is asked for is what was ordered. */
const itemTotals = `
  select i.id, i.name, i.unit, i.stock,
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
   group by i.id, i.name, i.unit, i.stock, i.position
   order by i.position`;

/** In the order in which one walks: units and rooms are short words that hold numbers, so the shorter come first. */
const doorOrders = `
  select o.household_id as "householdId", h.door, h.building_name as building, h.unit, h.floor, h.room,
         o.lines, o.total_fen as "totalFen"
    from group_buy_order o
    join household h on h.community_id = $1 and h.id = o.household_id
    left join building b on b.community_id = $1 and b.id = h.building_id
   where o.community_id = $1 and o.group_buy_id = $2 and o.state = 'placed'
   order by b.position, length(h.unit), h.unit, h.floor, length(h.room), h.room`;

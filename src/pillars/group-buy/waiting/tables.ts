import { index, integer, text } from 'drizzle-orm/pg-core';
import { tenantTable } from '../../../server/database/tenant-table.ts';
import { large } from '../tables.ts';

export const waitingPlaceTable = tenantTable(
  'waiting_place',
  {
    groupBuyId: text('group_buy_id').notNull(),
    itemId: text('item_id').notNull(),
    householdId: text('household_id').notNull(),
    quantity: integer('quantity').notNull(),
    ifShort: text('if_short').notNull(),
    ticket: integer('ticket').notNull(),
    state: text('state').notNull(),
    servedQuantity: integer('served_quantity').notNull(),
    since: large('since').notNull(),
    changedAt: large('changed_at').notNull(),
    personId: text('person_id'),
    turn: text('turn'),
    priceFen: integer('price_fen'),
  },
  (table) => [
    index('waiting_place_by_round').on(table.communityId, table.groupBuyId),
    index('waiting_place_by_item').on(table.communityId, table.itemId, table.ticket),
    index('waiting_place_by_turn').on(table.communityId, table.turn),
    index('waiting_place_by_household').on(table.communityId, table.householdId),
  ],
);

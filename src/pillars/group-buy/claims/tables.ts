import { index, integer, text } from 'drizzle-orm/pg-core';
import { tenantTable } from '../../../server/database/tenant-table.ts';
import { large } from '../tables.ts';

export const claimTable = tenantTable(
  'group_buy_claim',
  {
    groupBuyId: text('group_buy_id').notNull(),
    householdId: text('household_id').notNull(),
    door: text('door').notNull(),
    itemId: text('item_id').notNull(),
    name: text('name').notNull(),
    unit: text('unit').notNull(),
    kind: text('kind').notNull(),
    quantity: integer('quantity').notNull(),
    photoId: text('photo_id'),
    text: text('text'),
    at: large('at').notNull(),
    personId: text('person_id'),
    state: text('state').notNull(),
    fen: large('fen'),
    answer: text('answer'),
    decidedBy: text('decided_by'),
    decidedByName: text('decided_by_name'),
    decidedAt: large('decided_at'),
  },
  (table) => [
    index('group_buy_claim_by_round').on(table.communityId, table.groupBuyId),
    index('group_buy_claim_by_household').on(table.communityId, table.householdId),
    index('group_buy_claim_by_photo').on(table.communityId, table.photoId),
  ],
);

import { index, jsonb, text } from 'drizzle-orm/pg-core';
import { tenantTable } from '../../../server/database/tenant-table.ts';
import { large } from '../tables.ts';

export const ledgerEntryTable = tenantTable(
  'ledger_entry',
  {
    groupBuyId: text('group_buy_id').notNull(),
    householdId: text('household_id'),
    kind: text('kind').notNull(),
    postings: jsonb('postings').notNull(),
    at: large('at').notNull(),
    bookedAt: large('booked_at').notNull(),
    personId: text('person_id'),
    of: text('of_entry'),
  },
  (table) => [
    index('ledger_entry_by_round').on(table.communityId, table.groupBuyId),
    index('ledger_entry_by_household').on(table.communityId, table.householdId),
  ],
);

export const refundTable = tenantTable(
  'group_buy_refund',
  {
    groupBuyId: text('group_buy_id').notNull(),
    householdId: text('household_id').notNull(),
    door: text('door').notNull(),
    fen: large('fen').notNull(),
    state: text('state').notNull(),
    askedBy: text('asked_by'),
    askedByName: text('asked_by_name'),
    askedAt: large('asked_at').notNull(),
    decidedBy: text('decided_by'),
    decidedByName: text('decided_by_name'),
    decidedAt: large('decided_at'),
  },
  (table) => [
    index('group_buy_refund_by_round').on(table.communityId, table.groupBuyId),
    index('group_buy_refund_by_household').on(table.communityId, table.householdId),
  ],
);

export const supplierReceiptTable = tenantTable(
  'supplier_receipt',
  {
    groupBuyId: text('group_buy_id').notNull(),
    fen: large('fen').notNull(),
    supplier: text('supplier'),
    photoId: text('photo_id'),
    addedBy: text('added_by'),
    addedByName: text('added_by_name'),
    addedAt: large('added_at').notNull(),
    removedAt: large('removed_at'),
  },
  (table) => [index('supplier_receipt_by_round').on(table.communityId, table.groupBuyId)],
);

export const collectionCodeTable = tenantTable('collection_code', {
  payee: text('payee').notNull(),
  channel: text('channel').notNull(),
  photoId: text('photo_id').notNull(),
  since: large('since').notNull(),
  proposedByName: text('proposed_by_name').notNull(),
  confirmedByName: text('confirmed_by_name').notNull(),
  formerPayee: text('former_payee'),
});

export const codeProposalTable = tenantTable('code_proposal', {
  payee: text('payee').notNull(),
  channel: text('channel').notNull(),
  photoId: text('photo_id').notNull(),
  proposedBy: text('proposed_by').notNull(),
  proposedByName: text('proposed_by_name').notNull(),
  proposedAt: large('proposed_at').notNull(),
  revision: text('revision').notNull(),
  state: text('state').notNull(),
});

export const moneyRulesTable = tenantTable('money_rules', {
  refundLimitFen: large('refund_limit_fen').notNull(),
});

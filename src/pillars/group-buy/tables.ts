import { bigint, boolean, doublePrecision, index, integer, jsonb, text } from 'drizzle-orm/pg-core';
import { tenantTable } from '../../server/database/tenant-table.ts';

/** Epoch ms and sums of money do not fit an int4. */
export const large = (name: string) => bigint(name, { mode: 'number' });

export const groupBuyTable = tenantTable('group_buy', {
  title: text('title').notNull(),
  opensAt: large('opens_at').notNull(),
  closesAt: large('closes_at').notNull(),
  minimumPortions: integer('minimum_portions'),
  place: text('place'),
  state: text('state').notNull(),
  openedBy: text('opened_by'),
  households: integer('households').notNull(),
  portions: integer('portions').notNull(),
  payment: text('payment'),
  payTo: text('pay_to'),
  slots: jsonb('slots'),
  share: jsonb('share'),
  seed: text('seed'),
  supplier: text('supplier'),
  copiedFrom: text('copied_from'),
  nextNumber: integer('next_number'),
  steps: jsonb('steps'),
  cancelReason: text('cancel_reason'),
});

export const itemTable = tenantTable(
  'group_buy_item',
  {
    groupBuyId: text('group_buy_id').notNull(),
    name: text('name').notNull(),
    unit: text('unit').notNull(),
    contents: text('contents').notNull(),
    pieces: integer('pieces'),
    weightJin: doublePrecision('weight_jin'),
    priceFen: integer('price_fen').notNull(),
    stock: integer('stock').notNull(),
    sold: integer('sold').notNull(),
    perHousehold: integer('per_household').notNull(),
    position: integer('position').notNull(),
    perJinFen: integer('per_jin_fen'),
    caseSize: integer('case_size'),
    origin: text('origin'),
    supplier: text('supplier'),
    photoId: text('photo_id'),
    draft: boolean('draft'),
    sensitive: boolean('sensitive'),
    waiting: integer('waiting'),
    queue: jsonb('queue'),
    arrived: integer('arrived'),
  },
  (table) => [index('group_buy_item_by_round').on(table.communityId, table.groupBuyId)],
);

export const orderTable = tenantTable(
  'group_buy_order',
  {
    groupBuyId: text('group_buy_id').notNull(),
    householdId: text('household_id').notNull(),
    buildingId: text('building_id').notNull(),
    door: text('door').notNull(),
    state: text('state').notNull(),
    lines: jsonb('lines').notNull(),
    totalFen: large('total_fen').notNull(),
    revision: text('revision').notNull(),
    changedBy: text('changed_by').notNull(),
    placedAt: large('placed_at').notNull(),
    changedAt: large('changed_at').notNull(),
    changes: jsonb('changes').notNull(),
    number: integer('number'),
    note: text('note'),
    slotId: text('slot_id'),
    listedAs: text('listed_as'),
    source: text('source'),
    chainKey: text('chain_key'),
    saidPaid: jsonb('said_paid'),
    paidFen: large('paid_fen'),
    refundedFen: large('refunded_fen'),
    bag: jsonb('bag'),
    handedOut: jsonb('handed_out'),
    handOutProblem: jsonb('hand_out_problem'),
  },
  (table) => [
    index('group_buy_order_by_round').on(table.communityId, table.groupBuyId),
    index('group_buy_order_by_household').on(table.communityId, table.householdId),
  ],
);

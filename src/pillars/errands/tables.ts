import { bigint, index, integer, jsonb, text } from 'drizzle-orm/pg-core';
import { tenantTable } from '../../server/database/tenant-table.ts';

const time = (name: string) => bigint(name, { mode: 'number' });

export const errandTable = tenantTable(
  'errand',
  {
    householdId: text('household_id').notNull(),
    buildingId: text('building_id').notNull(),
    buildingName: text('building_name').notNull(),
    grid: text('grid').notNull(),
    unit: text('unit').notNull(),
    floor: integer('floor').notNull(),
    door: text('door').notNull(),
    personId: text('person_id'),
    personName: text('person_name').notNull(),
    phone: text('phone'),
    kind: text('kind').notNull(),
    medicines: jsonb('medicines'),
    text: text('text'),
    neededBy: text('needed_by'),
    packet: jsonb('packet').notNull(),
    packetTaken: jsonb('packet_taken'),
    handOver: text('hand_over').notNull(),
    state: text('state').notNull(),
    stateAt: time('state_at').notNull(),
    claimedBy: text('claimed_by'),
    claimedByName: text('claimed_by_name'),
    claimedAt: time('claimed_at'),
    leaseUntil: time('lease_until'),
    amountFen: integer('amount_fen'),
    reason: text('reason'),
    requestedAt: time('requested_at').notNull(),
    steps: jsonb('steps').notNull(),
    version: integer('version').notNull(),
  },
  (table) => [
    index('errand_by_household').on(table.communityId, table.householdId),
    index('errand_by_claimer').on(table.communityId, table.claimedBy),
    // The desk's board and the lease job ask by state and age.
    index('errand_by_state').on(table.communityId, table.state, table.stateAt),
  ],
);

import { bigint, boolean, doublePrecision, index, jsonb, text } from 'drizzle-orm/pg-core';
import { tenantTable } from '../../server/database/tenant-table.ts';

export const checkInTable = tenantTable(
  'check_in',
  {
    personId: text('person_id').notNull(),
    householdId: text('household_id').notNull(),
    grid: text('grid').notNull(),
    day: text('day').notNull(),
    slot: text('slot').notNull(),
    feels: text('feels').notNull(),
    temperatureC: doublePrecision('temperature_c'),
    symptoms: jsonb('symptoms').notNull(),
    needs: jsonb('needs').notNull(),
    level: text('level').notNull(),
    recovered: boolean('recovered').notNull(),
    how: text('how'),
    by: jsonb('by').notNull(),
    happenedAt: bigint('happened_at', { mode: 'number' }).notNull(),
    receivedAt: bigint('received_at', { mode: 'number' }).notNull(),
    late: boolean('late').notNull(),
    history: jsonb('history').notNull(),
  },
  (table) => [
    // A day's coverage of a grid, or of the whole community.
    index('check_in_by_day').on(table.communityId, table.day, table.grid),
    // A household's answers, and the last day on which it gave one.
    index('check_in_by_household').on(table.communityId, table.householdId, table.day),
  ],
);

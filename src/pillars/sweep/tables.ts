import { bigint, boolean, index, jsonb, text } from 'drizzle-orm/pg-core';
import { tenantTable } from '../../server/database/tenant-table.ts';

const time = (name: string) => bigint(name, { mode: 'number' });

export const sweepTable = tenantTable('sweep', {
  title: text('title').notNull(),
  question: text('question'),
  grids: jsonb('grids').notNull(),
  startedAt: time('started_at').notNull(),
  startedByName: text('started_by_name'),
  deadline: time('deadline').notNull(),
  closedAt: time('closed_at'),
  closedByName: text('closed_by_name'),
});

export const sweptDoorTable = tenantTable(
  'swept_door',
  {
    sweepId: text('sweep_id').notNull(),
    householdId: text('household_id').notNull(),
    grid: text('grid').notNull(),
    door: text('door').notNull(),
    findings: jsonb('findings').notNull(),
    finding: text('finding').notNull(),
    answered: boolean('answered').notNull(),
  },
  (table) => [
    index('swept_door_by_sweep').on(table.communityId, table.sweepId, table.answered),
    index('swept_door_by_household').on(table.communityId, table.householdId),
  ],
);

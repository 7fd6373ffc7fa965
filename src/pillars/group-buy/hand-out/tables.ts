import { boolean, index, integer, text } from 'drizzle-orm/pg-core';
import { tenantTable } from '../../../server/database/tenant-table.ts';
import { large } from '../tables.ts';

export const handOutRunTable = tenantTable(
  'hand_out_run',
  {
    groupBuyId: text('group_buy_id').notNull(),
    building: text('building').notNull(),
    unit: text('unit').notNull(),
    position: integer('position').notNull(),
    doors: integer('doors').notNull(),
    personId: text('person_id'),
    personName: text('person_name'),
    takenAt: large('taken_at'),
    done: integer('done').notNull(),
    ended: boolean('ended'),
  },
  (table) => [
    index('hand_out_run_by_round').on(table.communityId, table.groupBuyId),
    index('hand_out_run_by_person').on(table.communityId, table.personId),
  ],
);

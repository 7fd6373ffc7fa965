import { bigint, boolean, doublePrecision, index, integer, jsonb, text } from 'drizzle-orm/pg-core';
import { tenantTable } from '../../server/database/tenant-table.ts';

const time = (name: string) => bigint(name, { mode: 'number' });

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
    happenedAt: time('happened_at').notNull(),
    receivedAt: time('received_at').notNull(),
    late: boolean('late').notNull(),
    history: jsonb('history').notNull(),
    disputed: boolean('disputed'),
    forgotten: boolean('forgotten'),
  },
  (table) => [
    // A day's coverage of a grid, or of the whole community.
    index('check_in_by_day').on(table.communityId, table.day, table.grid),
    // A household's answers, and the last day on which it gave one.
    index('check_in_by_household').on(table.communityId, table.householdId, table.day),
  ],
);

export const lifeSignTable = tenantTable(
  'life_sign',
  {
    personId: text('person_id').notNull(),
    householdId: text('household_id').notNull(),
    grid: text('grid').notNull(),
    day: text('day').notNull(),
    happenedAt: time('happened_at').notNull(),
  },
  (table) => [
    index('life_sign_by_day').on(table.communityId, table.day, table.grid),
    index('life_sign_by_household').on(table.communityId, table.householdId, table.day),
  ],
);

export const followUpTable = tenantTable(
  'follow_up',
  {
    personId: text('person_id').notNull(),
    personName: text('person_name').notNull(),
    householdId: text('household_id').notNull(),
    grid: text('grid').notNull(),
    door: text('door').notNull(),
    phone: text('phone'),
    day: text('day').notNull(),
    level: text('level').notNull(),
    reasons: jsonb('reasons').notNull(),
    openedAt: time('opened_at').notNull(),
    raisedAt: time('raised_at').notNull(),
    assignedTo: text('assigned_to'),
    assignedName: text('assigned_name'),
    stage: text('stage').notNull(),
    passes: jsonb('passes').notNull(),
    seenAt: time('seen_at'),
    seenBy: text('seen_by'),
    seenByName: text('seen_by_name'),
    firstContactAt: time('first_contact_at'),
    contacts: jsonb('contacts').notNull(),
    result: text('result'),
    note: text('note'),
    closedAt: time('closed_at'),
    closedByName: text('closed_by_name'),
    robotAt: time('robot_at'),
  },
  (table) => [
    index('follow_up_by_household').on(table.communityId, table.householdId, table.day),
    index('follow_up_by_assignee').on(table.communityId, table.assignedTo),
    index('follow_up_by_day').on(table.communityId, table.day, table.grid),
    // The clock asks which alerts wait.
    index('follow_up_open').on(table.communityId, table.closedAt, table.seenAt),
  ],
);

export const callTable = tenantTable(
  'door_call',
  {
    householdId: text('household_id').notNull(),
    grid: text('grid').notNull(),
    day: text('day').notNull(),
    callingBy: text('calling_by'),
    callingName: text('calling_name'),
    callingAt: time('calling_at'),
    attempts: jsonb('attempts').notNull(),
  },
  (table) => [
    index('door_call_by_day').on(table.communityId, table.day, table.grid),
    index('door_call_by_household').on(table.communityId, table.householdId),
  ],
);

export const dutyTable = tenantTable(
  'duty',
  {
    personId: text('person_id').notNull(),
    personName: text('person_name').notNull(),
    phone: text('phone'),
    place: text('place').notNull(),
    from: time('begins_at').notNull(),
    to: time('ends_at').notNull(),
    endedAt: time('ended_at'),
  },
  (table) => [
    index('duty_by_place').on(table.communityId, table.place, table.to),
    index('duty_by_person').on(table.communityId, table.personId, table.to),
  ],
);

export const robotTable = tenantTable('robot', {
  kind: text('kind').notNull(),
  url: text('url').notNull(),
  setByName: text('set_by_name'),
  setAt: time('set_at').notNull(),
});

export const observationTable = tenantTable(
  'observation',
  {
    personId: text('person_id').notNull(),
    personName: text('person_name').notNull(),
    householdId: text('household_id').notNull(),
    grid: text('grid').notNull(),
    door: text('door').notNull(),
    startDay: text('start_day').notNull(),
    days: integer('days').notNull(),
    endDay: text('end_day').notNull(),
    reason: text('reason'),
    startedByName: text('started_by_name'),
    startedAt: time('started_at').notNull(),
    endedAt: time('ended_at'),
    endedByName: text('ended_by_name'),
    endReason: text('end_reason'),
  },
  (table) => [
    index('observation_by_household').on(table.communityId, table.householdId),
    index('observation_by_person').on(table.communityId, table.personId),
    index('observation_by_end').on(table.communityId, table.endDay),
  ],
);

export const readingTable = tenantTable(
  'reading',
  {
    observationId: text('observation_id').notNull(),
    personId: text('person_id').notNull(),
    householdId: text('household_id').notNull(),
    grid: text('grid').notNull(),
    day: text('day').notNull(),
    slot: text('slot').notNull(),
    temperatureC: doublePrecision('temperature_c'),
    mood: text('mood'),
    needs: jsonb('needs').notNull(),
    level: text('level').notNull(),
    how: text('how'),
    by: jsonb('by').notNull(),
    happenedAt: time('happened_at').notNull(),
    receivedAt: time('received_at').notNull(),
    late: boolean('late').notNull(),
    history: jsonb('history').notNull(),
  },
  (table) => [
    index('reading_by_household').on(table.communityId, table.householdId),
    index('reading_by_observation').on(table.communityId, table.observationId, table.day),
    index('reading_by_day').on(table.communityId, table.day, table.grid),
  ],
);

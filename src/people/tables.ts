import { bigint, boolean, index, integer, jsonb, text } from 'drizzle-orm/pg-core';
import type { HeldRole, Power } from '../domain/actor.ts';
import { tenantTable } from '../server/database/tenant-table.ts';
import type { Community, Need, Presence, PresenceSpan, Slot } from './schema.ts';

const ms = (name: string) => bigint(name, { mode: 'number' });

export const communityTable = tenantTable('community', {
  name: text('name').notNull(),
  mode: text('mode').$type<Community['mode']>().notNull(),
  modeReason: text('mode_reason'),
  modeUntil: text('mode_until'),
  slots: jsonb('slots').$type<readonly Slot[]>().notNull(),
  dueAt: jsonb('due_at').$type<Community['dueAt']>().notNull(),
  asksTemperature: boolean('asks_temperature').notNull(),
  dutyPhone: text('duty_phone'),
  dutyName: text('duty_name'),
  rehearsal: boolean('rehearsal').notNull(),
});

export const buildingTable = tenantTable('building', {
  name: text('name').notNull(),
  position: integer('position').notNull(),
  units: integer('units').notNull(),
  floors: integer('floors').notNull(),
  lift: boolean('lift').notNull(),
});

export const householdTable = tenantTable(
  'household',
  {
    buildingId: text('building_id').notNull(),
    grid: text('grid').notNull(),
    buildingName: text('building_name').notNull(),
    unit: text('unit').notNull(),
    floor: integer('floor').notNull(),
    room: text('room').notNull(),
    door: text('door').notNull(),
    vacant: boolean('vacant').notNull(),
    share: text('share'),
  },
  (t) => [
    index('household_by_building').on(t.communityId, t.buildingId),
    index('household_by_grid').on(t.communityId, t.grid),
  ],
);

export const personTable = tenantTable(
  'person',
  {
    householdId: text('household_id').notNull(),
    grid: text('grid').notNull(),
    name: text('name').notNull(),
    birthYear: integer('birth_year'),
    phone: text('phone'),
    needs: jsonb('needs').$type<readonly Need[]>().notNull(),
    presence: text('presence').$type<Presence>().notNull(),
    presenceUntil: text('presence_until'),
    presenceAt: ms('presence_at'),
    presenceLog: jsonb('presence_log').$type<readonly PresenceSpan[]>(),
    dailyGreeting: boolean('daily_greeting').notNull(),
    quiet: boolean('quiet'),
    guardianId: text('guardian_id'),
    guardianName: text('guardian_name'),
    guardianPhone: text('guardian_phone'),
    position: integer('position').notNull(),
  },
  (t) => [index('person_by_household').on(t.communityId, t.householdId)],
);

/** `role` and `grant` are words of SQL: their tables have longer names. */
export const roleTable = tenantTable(
  'person_role',
  {
    personId: text('person_id').notNull(),
    kind: text('kind').$type<HeldRole['kind']>().notNull(),
    grid: text('grid'),
    until: ms('until'),
  },
  (t) => [
    index('person_role_by_person').on(t.communityId, t.personId),
    index('person_role_by_kind').on(t.communityId, t.kind),
  ],
);

export const grantTable = tenantTable(
  'care_grant',
  {
    householdId: text('household_id').notNull(),
    helperId: text('helper_id').notNull(),
    grid: text('grid').notNull(),
    helperName: text('helper_name').notNull(),
    givenBy: text('given_by'),
    witnessed: boolean('witnessed').notNull(),
    powers: jsonb('powers').$type<readonly Power[]>().notNull(),
    startsAt: ms('starts_at').notNull(),
    until: ms('until').notNull(),
    endedAt: ms('ended_at'),
  },
  (t) => [
    index('care_grant_by_household').on(t.communityId, t.householdId),
    index('care_grant_by_helper').on(t.communityId, t.helperId),
  ],
);

export const deviceTable = tenantTable(
  'device',
  {
    householdId: text('household_id'),
    personId: text('person_id'),
    personal: boolean('personal').notNull(),
    name: text('name').notNull(),
    joinedAt: ms('joined_at').notNull(),
    endedAt: ms('ended_at'),
  },
  (t) => [
    index('device_by_household').on(t.communityId, t.householdId),
    index('device_by_person').on(t.communityId, t.personId),
  ],
);

export const slipTable = tenantTable(
  'slip',
  {
    householdId: text('household_id'),
    personId: text('person_id'),
    issuedAt: ms('issued_at').notNull(),
    endedAt: ms('ended_at'),
  },
  (t) => [
    index('slip_by_household').on(t.communityId, t.householdId),
    index('slip_by_person').on(t.communityId, t.personId),
  ],
);

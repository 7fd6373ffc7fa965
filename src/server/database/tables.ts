import {
  bigint,
  customType,
  index,
  integer,
  json,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';

const ms = (name: string) => bigint(name, { mode: 'number' });
const communityId = () => text('community_id').notNull();

/** A community's clock: its writes lock this row first, so that the order of seq is the order of commits. */
export const clock = pgTable('clock', {
  communityId: text('community_id').primaryKey(),
  seq: ms('seq').notNull(),
  /** Changes when the community was restored from a backup. */
  epoch: text('epoch').notNull(),
  /** Tombstones up to this seq have been swept; an older cursor starts its scopes over. */
  tombstoneFloor: ms('tombstone_floor').notNull(),
});

/** What each scope shows, latest state only. A null row says that it is gone. `row` is json, not jsonb: it is sent as stored. */
export const feed = pgTable(
  'feed',
  {
    communityId: communityId(),
    scope: text('scope').notNull(),
    entity: text('entity').notNull(),
    id: text('id').notNull(),
    seq: ms('seq').notNull(),
    row: json('row'),
    changedAt: ms('changed_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.communityId, t.scope, t.entity, t.id] }),
    uniqueIndex('feed_by_seq').on(t.communityId, t.scope, t.seq),
  ],
);

/** The end of each mutation, kept ≥ 400 days: what makes it happen once, and the record of who wrote what for whom. */
export const verdict = pgTable(
  'verdict',
  {
    communityId: communityId(),
    id: text('id').notNull(),
    deviceId: text('device_id').notNull(),
    stream: text('stream').notNull(),
    seq: ms('seq').notNull(),
    name: text('name').notNull(),
    argsHash: text('args_hash').notNull(),
    outcome: text('outcome').notNull(),
    code: text('code'),
    details: jsonb('details'),
    personId: text('person_id'),
    householdId: text('household_id'),
    happenedAt: ms('happened_at').notNull(),
    receivedAt: ms('received_at').notNull(),
    /** The args of a mutation that failed by our own fault, for the operator. */
    body: jsonb('body'),
  },
  (t) => [
    primaryKey({ columns: [t.communityId, t.id] }),
    index('verdict_by_device').on(t.communityId, t.deviceId, t.stream, t.seq),
    index('verdict_by_time').on(t.communityId, t.receivedAt),
  ],
);

/** How far each stream of a device has been settled. The newest stream is the one that may grow. */
export const deviceStream = pgTable(
  'device_stream',
  {
    communityId: communityId(),
    deviceId: text('device_id').notNull(),
    stream: text('stream').notNull(),
    /** 1 for a device's first stream, counting up. */
    generation: integer('generation').notNull(),
    lastSeq: ms('last_seq').notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.deviceId, t.stream] })],
);

/** A signed-in device. Only the hash of its secret is stored. */
export const session = pgTable(
  'session',
  {
    communityId: communityId(),
    secretHash: text('secret_hash').notNull(),
    deviceId: text('device_id').notNull(),
    createdAt: ms('created_at').notNull(),
    seenAt: ms('seen_at').notNull(),
    /** Of what the phone shows to go on as this device when it signs in again. */
    proofHash: text('proof_hash'),
    /** What the device last said that it had not sent: `{ count, stream?, seq?, at }`. Null where that was nothing. */
    unsent: jsonb('unsent'),
  },
  (t) => [
    primaryKey({ columns: [t.communityId, t.secretHash] }),
    index('session_by_device').on(t.communityId, t.deviceId),
  ],
);

/** Leads from a typed code to its community. The one reference table: it is read before the community is known. */
export const slipCode = pgTable('slip_code', {
  codeHash: text('code_hash').primaryKey(),
  communityId: text('community_id').notNull(),
  slipId: text('slip_id').notNull(),
});

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

/** Pictures, made small and stripped of what a camera writes into them. What they show, and who may see it, rows say that name them. */
export const photo = pgTable(
  'photo',
  {
    communityId: communityId(),
    id: text('id').notNull(),
    deviceId: text('device_id').notNull(),
    mime: text('mime').notNull(),
    width: integer('width').notNull(),
    height: integer('height').notNull(),
    bytes: bytea('bytes').notNull(),
    storedAt: ms('stored_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.id] }), index('photo_by_time').on(t.communityId, t.storedAt)],
);

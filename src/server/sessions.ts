import { createHash } from 'node:crypto';
import { DAY_MS } from '../domain/day.ts';
import type { World } from '../domain/world.ts';
import type { Former } from '../sync/wire.ts';
import type { Database } from './database/database.ts';
import { isDiskFull } from './database/pool.ts';
import { SessionRows } from './session-rows.ts';
import type { Unsent } from './session-rows.ts';

/** A session that nobody used for so long has expired: the phone signs in again and keeps everything. */
export const SESSION_DAYS = 180;
/** How long a session is believed without asking the database again: what a rush of one phone's requests costs. */
const CACHE_MS = 5_000;
const CACHE_SIZE = 20_000;
/** What a phone said that it had not sent is told for so long: what is older is known to be lost, or came by another way. */
const UNSENT_DAYS = 35;

export interface Session {
  readonly communityId: string;
  readonly deviceId: string;
}

interface Cached {
  readonly session: Session;
  readonly until: number;
  unsent: Unsent | null;
}

/** The device's secret as the cookie carries it: `<community>.<secret>`. Only its hash is stored. */
export class Sessions {
  private readonly cache = new Map<string, Cached>();
  private readonly rows: SessionRows;

  constructor(
    private readonly db: Database,
    private readonly world: World,
    /** A fresh secret that nobody can guess. */
    private readonly newSecret: () => string,
  ) {
    this.rows = new SessionRows(db);
  }

  /** @returns the cookie's value, and the proof that the phone keeps to go on as this device when it signs in again */
  async open(session: Session): Promise<{ cookie: string; proof: string }> {
    const [secret, proof] = [this.newSecret(), this.newSecret()];
    const now = this.world.now();
    await this.db.query(
      // What the device last said goes along: it has said nothing else yet.
      `insert into session (community_id, secret_hash, device_id, created_at, seen_at, proof_hash, unsent)
       values ($1, $2, $3, $4, $4, $5, (
         select unsent from session where community_id = $1 and device_id = $3 order by created_at desc limit 1))`,
      [session.communityId, hashOf(secret), session.deviceId, now, hashOf(proof)],
    );
    return { cookie: `${session.communityId}.${secret}`, proof };
  }

  /** @returns whose session the cookie is; undefined where it is none, or has expired */
  async find(cookie: string | undefined): Promise<Session | undefined> {
    const key = keyOf(cookie);
    if (cookie === undefined || key === undefined) return undefined;
    const now = this.world.now();
    const known = this.cache.get(cookie);
    if (known && now < known.until) return known.session;
    const row = await this.rows.find(...key);
    if (!row || now - row.seenAt > SESSION_DAYS * DAY_MS) return undefined;
    if (now - row.seenAt > DAY_MS) {
      const seen = 'update session set seen_at = $3 where community_id = $1 and secret_hash = $2';
      await this.db.query(seen, [...key, now]).catch((error: unknown) => {
        // Reading goes on on a full disk; the session is as good tomorrow.
        if (!isDiskFull(error)) throw error;
      });
    }
    const session = { communityId: key[0], deviceId: row.deviceId };
    if (this.cache.size >= CACHE_SIZE) this.cache.clear();
    this.cache.set(cookie, { session, until: now + CACHE_MS, unsent: row.unsent });
    return session;
  }

  /** @returns as `find`, never from memory: the database may have been restored to a time before this session */
  async findAgain(cookie: string): Promise<Session | undefined> {
    this.cache.delete(cookie);
    return this.find(cookie);
  }

  /** @returns those of the devices whose proof is right, in their order */
  async proven(communityId: string, formers: readonly Former[]): Promise<string[]> {
    const told = formers.flatMap(({ deviceId, proof }) => (proof === undefined ? [] : [[deviceId, hashOf(proof)]]));
    if (told.length === 0) return [];
    const rows = await this.db.query<{ deviceId: string }>(
      `select distinct s.device_id as "deviceId" from session s
       join unnest($2::text[], $3::text[]) as told (device_id, proof_hash)
         on told.device_id = s.device_id and told.proof_hash = s.proof_hash
       where s.community_id = $1`,
      [communityId, told.map(([deviceId]) => deviceId), told.map(([, hash]) => hash)],
    );
    const right = new Set(rows.map(({ deviceId }) => deviceId));
    return formers.map(({ deviceId }) => deviceId).filter((deviceId) => right.has(deviceId));
  }

  /** @returns whose session the cookie was, also when it has expired: the same phone signing in again goes on where it was */
  async former(cookie: string | undefined): Promise<Session | undefined> {
    const key = keyOf(cookie);
    if (key === undefined) return undefined;
    const [row] = await this.db.query<{ deviceId: string }>(
      'select device_id as "deviceId" from session where community_id = $1 and secret_hash = $2',
      key,
    );
    return row && { communityId: key[0], deviceId: row.deviceId };
  }

  /**
   * Keeps a cookie that the database has forgotten as one that has expired: it opens nothing, but should the answer to
   * this sign-in be lost, it proves at the next one which device the phone goes on as.
   */
  async remember(cookie: string | undefined, { communityId, deviceId }: Session): Promise<void> {
    const key = keyOf(cookie);
    if (key?.[0] !== communityId) return;
    await this.db.query(
      `insert into session (community_id, secret_hash, device_id, created_at, seen_at) values ($1, $2, $3, 0, 0)
       on conflict (community_id, secret_hash) do nothing`,
      [...key, deviceId],
    );
  }

  /** Undoes `remember`, where the phone did not become that device. */
  async disown(cookie: string | undefined, { deviceId }: Session): Promise<void> {
    const key = keyOf(cookie);
    if (key === undefined) return;
    await this.db.query(
      'delete from session where community_id = $1 and secret_hash = $2 and device_id = $3 and seen_at = 0',
      [...key, deviceId],
    );
  }

  /** Writes down what a device says that it has not sent. Written only when it is something else than before. */
  async keepUnsent(cookie: string, said: Unsent): Promise<void> {
    const key = keyOf(cookie);
    const cached = this.cache.get(cookie);
    const unsent = said.count > 0 ? said : null;
    if (key === undefined || (cached && isSame(cached.unsent, unsent))) return;
    const stored = unsent && JSON.stringify({ ...unsent, at: this.world.now() });
    await this.db.query('update session set unsent = $3::jsonb where community_id = $1 and secret_hash = $2', [
      ...key,
      stored,
    ]);
    if (cached) cached.unsent = unsent;
  }

  /**
   * What these devices said that they had not sent, less what has come of it since. A device that signed in again is
   * asked by its newest session.
   */
  async unsentOf(
    communityId: string,
    deviceIds: readonly string[],
  ): Promise<ReadonlyMap<string, { count: number; at: number }>> {
    if (deviceIds.length === 0) return new Map();
    const rows = await this.db.query<{ deviceId: string; unsent: (Unsent & { at: number }) | null; lastSeq: number }>(
      `select distinct on (s.device_id) s.device_id as "deviceId", s.unsent, coalesce(d.last_seq, 0) as "lastSeq"
       from session s left join device_stream d
         on d.community_id = $1 and d.device_id = s.device_id and d.stream = s.unsent ->> 'stream'
       where s.community_id = $1 and s.device_id = any($2)
       order by s.device_id, s.created_at desc, s.seen_at desc`,
      [communityId, deviceIds],
    );
    const since = this.world.now() - UNSENT_DAYS * DAY_MS;
    const told = new Map<string, { count: number; at: number }>();
    for (const { deviceId, unsent, lastSeq } of rows) {
      if (unsent === null || unsent.at < since) continue;
      const count = Math.min(unsent.count, (unsent.seq ?? Infinity) - lastSeq);
      if (count > 0) told.set(deviceId, { count, at: unsent.at });
    }
    return told;
  }

  async end(cookie: string): Promise<void> {
    this.cache.delete(cookie);
    const key = keyOf(cookie);
    if (key) await this.db.query('delete from session where community_id = $1 and secret_hash = $2', key);
  }
}

/** @returns community and hash, by which a session is stored; undefined for what is no cookie of ours */
function keyOf(cookie: string | undefined): [communityId: string, secretHash: string] | undefined {
  const dot = cookie?.lastIndexOf('.') ?? -1;
  return cookie === undefined || dot <= 0 ? undefined : [cookie.slice(0, dot), hashOf(cookie.slice(dot + 1))];
}

function isSame(a: Unsent | null, b: Unsent | null): boolean {
  return a?.count === b?.count && a?.stream === b?.stream && a?.seq === b?.seq;
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

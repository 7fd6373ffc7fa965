import { createHash, randomBytes } from 'node:crypto';
import { DAY_MS } from '../domain/day.ts';
import type { World } from '../domain/world.ts';
import type { Database } from './database/database.ts';

/** A session that nobody used for so long has expired: the phone signs in again and keeps everything. */
export const SESSION_DAYS = 180;
/** How long a session is believed without asking the database again: what a rush of one phone's requests costs. */
const CACHE_MS = 5_000;
const CACHE_SIZE = 20_000;

export interface Session {
  readonly communityId: string;
  readonly deviceId: string;
}

/** The device's secret as the cookie carries it: `<community>.<secret>`. Only its hash is stored. */
export class Sessions {
  private readonly cache = new Map<string, { session: Session; until: number }>();

  constructor(
    private readonly db: Database,
    private readonly world: World,
  ) {}

  /** @returns the cookie's value */
  async open(session: Session): Promise<string> {
    const secret = randomBytes(32).toString('base64url');
    const now = this.world.now();
    await this.db.query(
      `insert into session (community_id, secret_hash, device_id, created_at, seen_at) values ($1, $2, $3, $4, $4)`,
      [session.communityId, hashOf(secret), session.deviceId, now],
    );
    return `${session.communityId}.${secret}`;
  }

  /** @returns whose session the cookie is; undefined where it is none, or has expired */
  async find(cookie: string | undefined): Promise<Session | undefined> {
    const dot = cookie?.lastIndexOf('.') ?? -1;
    if (cookie === undefined || dot <= 0) return undefined;
    const now = this.world.now();
    const known = this.cache.get(cookie);
    if (known && now < known.until) return known.session;
    const key = [cookie.slice(0, dot), hashOf(cookie.slice(dot + 1))];
    const [row] = await this.db.query<{ deviceId: string; seenAt: number }>(
      'select device_id as "deviceId", seen_at as "seenAt" from session where community_id = $1 and secret_hash = $2',
      key,
    );
    if (!row || now - row.seenAt > SESSION_DAYS * DAY_MS) return undefined;
    if (now - row.seenAt > DAY_MS) {
      await this.db.query('update session set seen_at = $3 where community_id = $1 and secret_hash = $2', [
        ...key,
        now,
      ]);
    }
    const session = { communityId: key[0]!, deviceId: row.deviceId };
    if (this.cache.size >= CACHE_SIZE) this.cache.clear();
    this.cache.set(cookie, { session, until: now + CACHE_MS });
    return session;
  }

  /** @returns whose session the cookie was, also when it has expired: the same phone signing in again goes on where it was */
  async former(cookie: string | undefined): Promise<Session | undefined> {
    const dot = cookie?.lastIndexOf('.') ?? -1;
    if (cookie === undefined || dot <= 0) return undefined;
    const communityId = cookie.slice(0, dot);
    const [row] = await this.db.query<{ deviceId: string }>(
      'select device_id as "deviceId" from session where community_id = $1 and secret_hash = $2',
      [communityId, hashOf(cookie.slice(dot + 1))],
    );
    return row && { communityId, deviceId: row.deviceId };
  }

  async end(cookie: string): Promise<void> {
    const dot = cookie.lastIndexOf('.');
    this.cache.delete(cookie);
    await this.db.query('delete from session where community_id = $1 and secret_hash = $2', [
      cookie.slice(0, dot),
      hashOf(cookie.slice(dot + 1)),
    ]);
  }
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

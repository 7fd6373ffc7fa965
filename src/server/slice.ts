import type { Hono } from 'hono';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Actor } from '../domain/actor.ts';
import type { HeldScope, Scope } from '../domain/scope.ts';
import type { Database, Sql } from './database/database.ts';
import type { Log } from './log.ts';
import type { Operate } from './operate.ts';
import type { World } from '../domain/world.ts';

/** What the routes of a slice find in Hono's context (`c.get('actor')`): who asks, from the session. */
export interface AppVariables {
  Variables: { actor: Actor };
}

/**
 * Tells another server something: a POST of JSON that follows no redirect and waits 5 s at most. It never rejects.
 * @returns `ok`: it answered, with a status from 200 to 299; `answer`: the JSON that it said, where that was short
 */
export type Post = (url: string, body: unknown) => Promise<{ readonly ok: boolean; readonly answer?: unknown }>;

/** What routes and jobs of a slice work with. */
export interface ServerContext {
  readonly db: Database;
  readonly world: World;
  readonly post: Post;
}

/** Timed work, run on one server at a time's own clock. It changes rows only through mutations, as the actor `clock`. */
export interface TimedJob {
  readonly name: string;
  readonly everyMs: number;
  readonly run: (context: ServerContext & { readonly operate: Operate }) => Promise<void>;
}

/** The server half of a slice, exported as `server` by its server.ts. */
export interface ServerSlice {
  /** Each stored entity's table (see `tenantTable`), by the entity's name. */
  readonly tables: Readonly<Record<string, PgTable>>;
  /** Views for staff and other answers that are asked online. Mounted below /api/desk with the session checked, not the rights: a view says 404 to who may not see it. */
  readonly routes?: (app: Hono<AppVariables>, context: ServerContext & { readonly log: Log }) => void;
  /** Scopes that this slice adds for a reader, such as `errand:<id>` for whoever has claimed it. Asked at every pull. */
  readonly scopesFor?: (actor: Actor, sql: Sql, now: number) => Promise<readonly HeldScope[]>;
  /**
   * In which scopes these pictures stand, by this slice's rows that name them now: whoever holds one of them may see it. A
   * picture that no slice names is deleted, some days after it came.
   */
  readonly photoScopes?: (
    sql: Sql,
    communityId: string,
    photoIds: readonly string[],
  ) => Promise<readonly { readonly photoId: string; readonly scope: Scope }[]>;
  readonly jobs?: readonly TimedJob[];
}

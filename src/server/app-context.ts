import type { Context } from 'hono';
import type { Actor } from '../domain/actor.ts';
import type { HeldScope } from '../domain/scope.ts';
import type { World } from '../domain/world.ts';
import type { CommunityWriters } from './community-writer.ts';
import type { Database, Sql } from './database/database.ts';
import type { Directory } from './directory.ts';
import { HeldScopes } from './held-scopes.ts';
import type { Live } from './live.ts';
import type { Log } from './log.ts';
import type { Session, Sessions } from './sessions.ts';
import type { Post, ServerSlice } from './slice.ts';

/** What the routes share. */
export interface AppContext {
  readonly db: Database;
  readonly world: World;
  readonly log: Log;
  readonly post: Post;
  readonly directory: Directory;
  readonly slices: readonly ServerSlice[];
  readonly sessions: Sessions;
  readonly writers: CommunityWriters;
  readonly live: Live;
  /** Set on `/api/health`: which build answers. */
  readonly version: string;
  /** Whether cookies may be `Secure` and named `__Host-`: not on plain-HTTP loopback, where some engines refuse them. */
  readonly secureCookies: boolean;
}

export interface AppEnv {
  Variables: { session: Session; cookie: string; actor: Actor };
}

export type AppRequest = Context<AppEnv>;

/** All scopes that an actor holds, each once: by belonging, role and grant, and what the slices add. */
export async function scopesOf(app: AppContext, sql: Sql, actor: Actor, now: number): Promise<readonly HeldScope[]> {
  const held = new HeldScopes(now);
  const add = ({ scope, until }: HeldScope) => held.add(scope, until);
  const asked = [
    app.directory.scopesOf(sql, actor, now),
    ...app.slices.map((slice) => slice.scopesFor?.(actor, sql, now) ?? Promise.resolve([])),
  ];
  for (const scopes of await Promise.all(asked)) scopes.forEach(add);
  return held.all();
}

import type { Hono } from 'hono';
import type { Registry } from '../domain/slice.ts';
import type { World } from '../domain/world.ts';
import { createApp } from './app.ts';
import type { AppContext, AppEnv } from './app-context.ts';
import { CommunityWriters } from './community-writer.ts';
import type { Database } from './database/database.ts';
import type { Directory } from './directory.ts';
import type { JobEnd } from './job.ts';
import { Live } from './live.ts';
import type { Log } from './log.ts';
import type { Operate } from './operate.ts';
import { Sessions } from './sessions.ts';
import type { Post, ServerSlice } from './slice.ts';
import { storedEntities } from './stored-entity.ts';

export interface ServerParts {
  readonly db: Database;
  readonly world: World;
  readonly log: Log;
  readonly post: Post;
  readonly registry: Registry;
  readonly slices: readonly ServerSlice[];
  /** Makes the directory; it writes through `operate` like everybody. */
  readonly directory: (operate: Operate) => Directory;
  readonly version: string;
  /** A fresh secret that nobody can guess, in characters that a cookie takes. */
  readonly newSecret: () => string;
  readonly secureCookies: boolean;
}

export interface Server {
  readonly app: Hono<AppEnv>;
  readonly operate: Operate;
}

/** Wires the server's parts. Listens to nothing yet. */
export function createServer(parts: ServerParts): Server {
  const { db, world, log, registry } = parts;
  const tables = Object.assign({}, ...parts.slices.map((slice) => slice.tables)) as ServerSlice['tables'];
  const live = new Live(world);
  const operate: Operate = async (communityId, orders, as) => {
    const receivedAt = world.now();
    const actor = as ?? { kind: 'operator', communityId, deviceId: 'operator', households: [], roles: [], grants: [] };
    const incoming = orders.map((order) => ({ seq: 0, ...order, happenedAt: order.happenedAt ?? receivedAt }));
    return verdictsOf(await writers.submit(communityId, { kind: 'system', actor }, incoming, receivedAt));
  };
  const directory = parts.directory(operate);
  const writers = new CommunityWriters(
    { db, registry, stored: storedEntities(registry, tables), directory, log, newId: () => world.newId() },
    { world, wake: (communityId, scopes) => live.wake(communityId, scopes) },
  );
  const context: AppContext = {
    ...parts,
    directory,
    sessions: new Sessions(db, world, parts.newSecret),
    writers,
    live,
  };
  return { app: createApp(context), operate };
}

function verdictsOf(end: JobEnd) {
  if (end.kind === 'answered') return end.answer.verdicts;
  throw end.kind === 'failed' ? end.error : new Error(`the order ended as ${end.kind}`);
}

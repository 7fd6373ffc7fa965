import { randomBytes } from 'node:crypto';
import type { Registry } from '../../src/domain/slice.ts';
import type { World } from '../../src/domain/world.ts';
import { createDirectory } from '../../src/people/directory.server.ts';
import { registry as whole } from '../../src/pillars/registry.server.ts';
import { createServer, type Server } from '../../src/server/create-server.ts';
import type { Database } from '../../src/server/database/database.ts';
import { consoleLog, silentLog, type Log } from '../../src/server/log.ts';
import type { Post, ServerSlice } from '../../src/server/slice.ts';

/** The server halves of all slices, as the composition root gathers them. */
const modules = import.meta.glob<{ server: ServerSlice }>(
  ['../../src/people/server.ts', '../../src/pillars/*/server.ts'],
  { eager: true },
);
export const serverSlices = Object.values(modules).map((module) => module.server);

/** Other servers, where a test has none: out of reach. */
export const nobodyThere: Post = () => Promise.resolve({ ok: false });

/** The whole server over a test's database and clock, as the composition root wires it. `LOUD=1` shows its log. */
export function testServer(
  db: Database,
  world: World,
  options: { log?: Log; registry?: Registry; newSecret?: () => string; post?: Post } = {},
): Server {
  return createServer({
    db,
    world,
    log: options.log ?? (process.env['LOUD'] ? consoleLog : silentLog),
    post: options.post ?? nobodyThere,
    registry: options.registry ?? whole,
    slices: serverSlices,
    directory: (operate) => createDirectory({ db, operate }),
    version: 'test',
    newSecret: options.newSecret ?? (() => randomBytes(32).toString('base64url')),
    secureCookies: false,
  });
}

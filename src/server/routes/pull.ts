import type { Hono } from 'hono';
import type { Actor } from '../../domain/actor.ts';
import { PROTOCOL, pullRequest, type PullRequest } from '../../sync/wire.ts';
import { scopesOf, type AppContext, type AppEnv } from '../app-context.ts';
import { collectPublic, collectPull } from '../collect-pull.ts';
import { problem } from '../problem.ts';
import { readBody } from './read-body.ts';

/** Bytes that may wait for a slow phone before reading the database goes on. */
const BUFFERED = 1_000_000;

/** POST /api/pull: everything that changed in the reader's scopes, streamed; from the start packed. */
export function pullRoute(routes: Hono<AppEnv>, app: AppContext): void {
  routes.post('/pull', async (c) => {
    const read = await readBody(c, pullRequest);
    if ('answer' in read) return read.answer;
    if (read.body.protocol !== PROTOCOL) return problem(c, 'protocol');
    await keepUnsent(app, c.get('cookie'), read.body);
    const body = stream(app, c.get('actor'), read.body.cursor);
    const headers = { 'content-type': 'application/x-ndjson; charset=utf-8', vary: 'Accept-Encoding' };
    // Rows are words: 24 MB of them, packed, take a minute less over slow 4G. A few changed rows would only wait for the packing.
    const packs = read.body.cursor === null && /\bgzip\b/.test(c.req.header('accept-encoding') ?? '');
    if (!packs) return c.body(body, 200, headers);
    return c.body(body.pipeThrough(new CompressionStream('gzip')), 200, { ...headers, 'content-encoding': 'gzip' });
  });
}

/** Reading goes on when nothing can be written: on a full disk, too. */
async function keepUnsent(app: AppContext, cookie: string, { unsent, queued }: PullRequest): Promise<void> {
  if (unsent === undefined) return;
  await app.sessions
    .keepUnsent(cookie, { count: unsent, ...queued })
    .catch((error: unknown) => app.log.error('what a phone has not sent could not be kept', error));
}

/** GET /api/public/:community: the public scope, without a session. */
export function publicRoute(routes: Hono<AppEnv>, app: AppContext): void {
  routes.get('/public/:community', async (c) => {
    const rows = await collectPublic(app.db, c.req.param('community'));
    if (rows.length === 0) return problem(c, 'notFound');
    const lines = rows.map(
      ({ entity, scope, row }) => `{"put":${JSON.stringify(entity)},"scope":"${scope}","rows":[${row}]}\n`,
    );
    return c.body(lines.join(''), 200, { 'content-type': 'application/x-ndjson; charset=utf-8' });
  });
}

/** The snapshot's transaction lives as long as the phone reads; one that stops reading is cut and goes on at its cursor. */
function stream(app: AppContext, actor: Actor, cursor: string | null): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let resume: (() => void) | undefined;
  let gone = false;
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const now = app.world.now();
        const room = () => new Promise<void>((resolve) => (resume = resolve));
        void app.db
          .transaction(async (sql) => {
            const held = scopesOf(app, sql, actor, now).then((scopes) => {
              const names = scopes.map(({ scope }) => scope);
              app.live.holds(actor.communityId, actor.deviceId, names);
              return scopes;
            });
            for await (const line of collectPull(sql, actor, held, cursor, now)) {
              if (gone) return;
              controller.enqueue(encoder.encode(`${line}\n`));
              if ((controller.desiredSize ?? 0) <= 0) await room();
            }
          }, 'snapshot')
          .then(() => gone || controller.close())
          .catch((error: unknown) => {
            app.log.error('a pull was cut', error);
            if (!gone) controller.error(error);
          });
      },
      pull: () => resume?.(),
      cancel() {
        gone = true;
        resume?.();
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: BUFFERED }),
  );
}

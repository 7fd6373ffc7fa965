import { Hono } from 'hono';
import { MAX_PUSH_BYTES } from '../sync/wire.ts';
import type { AppContext, AppEnv, AppRequest } from './app-context.ts';
import { limitBody } from './limit-body.ts';
import { problem } from './problem.ts';
import { healthRoute } from './routes/health.ts';
import { liveRoute } from './routes/live.ts';
import { photoRoutes } from './routes/photos.ts';
import { publicRoute, pullRoute } from './routes/pull.ts';
import { failure, pushRoute } from './routes/push.ts';
import { sessionRoutes } from './routes/session.ts';
import { NoRoom } from './database/disk-room.ts';
import { isDatabaseError } from './database/database-error.ts';
import { securityHeaders } from './security-headers.ts';
import { requireActor, requireSession } from './session-guard.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The HTTP side of the server. Everything it needs is handed in; listening is the composition root's. */
export function createApp(app: AppContext): Hono<AppEnv> {
  const root = new Hono<AppEnv>();
  root.use(securityHeaders);
  const api = new Hono<AppEnv>();
  api.use(async (c, next) => {
    if (!SAFE_METHODS.has(c.req.method) && !fromOurselves(c)) return problem(c, 'crossSite');
    await next();
  });
  const limit = limitBody(MAX_PUSH_BYTES);
  // Pictures are larger, and wait for their turn before they are read: their route has a limit of its own.
  api.use((c, next) => (c.req.path.startsWith('/api/photos/') ? next() : limit(c, next)));

  // No id holds a NUL, and PostgreSQL takes no text with one: there is nothing at such an address.
  api.use(async (c, next) => (c.req.url.includes('%00') ? problem(c, 'notFound') : next()));
  healthRoute(api, app);
  publicRoute(api, app);
  sessionRoutes(api, app);
  api.use('/push', requireSession(app));
  pushRoute(api, app);
  for (const path of ['/pull', '/live', '/photos/*', '/desk/*']) api.use(path, requireSession(app), requireActor(app));
  pullRoute(api, app);
  liveRoute(api, app);
  photoRoutes(api, app);
  const desk = new Hono<AppEnv>();
  const { db, world, post, log } = app;
  for (const slice of app.slices) slice.routes?.(desk as never, { db, world, post, log });
  api.route('/desk', desk);

  root.route('/api', api);
  root.all('/api/*', (c) => problem(c, 'notFound'));
  // What a view answers to who may not see it: the same as for what is not there.
  root.notFound((c) => (c.req.path.startsWith('/api/') ? problem(c, 'notFound') : c.text('404', 404)));
  root.onError((error, c) => {
    // The disk's watch has said it: every line that says it again takes of the disk that is full.
    if (!(error instanceof NoRoom))
      app.log.error(`${c.req.method} ${c.req.path.replace(/[0-9a-f-]{20,}/g, '…')} failed`, error);
    return isDatabaseError(error) ? failure(c as never, error) : problem(c, 'fault');
  });
  return root;
}

/** A page of another site can send neither the header (it would need our consent) nor, from a current browser, these origins. */
function fromOurselves(c: AppRequest): boolean {
  if (c.req.header('x-requested-by') !== 'shouwang') return false;
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin';
  const origin = c.req.header('origin');
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === c.req.header('host'));
}

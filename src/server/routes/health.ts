import type { Hono } from 'hono';
import type { AppContext, AppEnv } from '../app-context.ts';

/** GET /api/health: whether the server and its database answer. The epoch is the newest of its communities'. */
export function healthRoute(routes: Hono<AppEnv>, app: AppContext): void {
  routes.get('/health', async (c) => {
    try {
      const [clock] = await app.db.query<{ epoch: string | null }>('select max(epoch) as epoch from clock');
      return c.json({ ok: true, epoch: clock?.epoch ?? null, database: 'ok', version: app.version });
    } catch (error) {
      app.log.error('health: the database does not answer', error);
      return c.json({ ok: false, epoch: null, database: 'unreachable', version: app.version }, 503);
    }
  });
}

import type { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { scopesOf, type AppContext, type AppEnv } from '../app-context.ts';

/** Shorter than what proxies and phone networks wait on a silent connection. */
const BEAT_MS = 25_000;

/** GET /api/live: says `changed` when something in the reader's scopes did. */
export function liveRoute(routes: Hono<AppEnv>, app: AppContext): void {
  routes.get('/live', async (c) => {
    const actor = c.get('actor');
    const held = await scopesOf(app, app.db, actor, app.world.now());
    const scopes = held.map(({ scope }) => scope);
    return streamSSE(c, async (stream) => {
      const say = (event: string) => void stream.writeSSE({ event, data: '' }).catch(() => stream.abort());
      const stop = app.live.listen(actor.communityId, actor.deviceId, scopes, () => say('changed'));
      let stopBeat = beat();
      function beat(): () => void {
        return app.world.after(BEAT_MS, () => {
          say('beat');
          stopBeat = beat();
        });
      }
      say('hello');
      await new Promise<void>((resolve) => stream.onAbort(resolve));
      stopBeat();
      stop();
    });
  });
}

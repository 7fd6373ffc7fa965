import { getCookie, setCookie, deleteCookie } from 'hono/cookie';
import { createMiddleware } from 'hono/factory';
import type { AppContext, AppEnv, AppRequest } from './app-context.ts';
import { problem } from './problem.ts';

/** As long as browsers keep a cookie at most: longer than a session, so that a phone that signs in again is known. */
const COOKIE_DAYS = 400;

/** Requires a session, not yet a living device behind it (a push finds that out in its own transaction). */
export function requireSession(app: AppContext) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const cookie = sessionCookie(app, c);
    const session = await app.sessions.find(cookie);
    if (!session) return problem(c, 'expired');
    // The cookie is the browser's, and may have changed under a tab (or a sign-in whose answer was cut): nobody reads as another.
    const named = c.req.header('x-device');
    if (named !== undefined && named !== session.deviceId) return problem(c, 'wrongDevice');
    c.set('session', session);
    c.set('cookie', cookie!);
    await next();
  });
}

/** Requires a session whose device is still enrolled, and says who acts. */
export function requireActor(app: AppContext) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const { communityId, deviceId } = c.get('session');
    const actors = await app.directory.actorsOf(app.db, communityId, [deviceId], app.world.now());
    const actor = actors.get(deviceId);
    if (!actor) return overFor(app, c);
    c.set('actor', actor);
    await next();
  });
}

/**
 * The answer to a session without a living device. `ended` makes the phone wipe what it holds: said only while the
 * database has the session. Where it has none (it was restored to a time before), the phone keeps all and signs in again.
 */
export async function overFor(app: AppContext, c: AppRequest): Promise<Response> {
  return problem(c, (await app.sessions.findAgain(c.get('cookie'))) ? 'ended' : 'expired');
}

export function setSessionCookie(app: AppContext, c: AppRequest, value: string): void {
  setCookie(c, cookieName(app), value, {
    httpOnly: true,
    sameSite: 'Strict',
    secure: app.secureCookies,
    path: '/',
    maxAge: COOKIE_DAYS * 86_400,
  });
}

export function clearSessionCookie(app: AppContext, c: AppRequest): void {
  deleteCookie(c, cookieName(app), { path: '/', secure: app.secureCookies });
}

/** @returns the cookie that came with the request, whatever it is worth */
export function sessionCookie(app: AppContext, c: AppRequest): string | undefined {
  return getCookie(c, cookieName(app));
}

function cookieName(app: AppContext): string {
  return app.secureCookies ? '__Host-sid' : 'sid';
}

import type { Hono } from 'hono';
import { joinRequest, type SessionAnswer } from '../../sync/wire.ts';
import type { AppContext, AppEnv, AppRequest } from '../app-context.ts';
import { problem } from '../problem.ts';
import { RateLimit } from '../rate-limit.ts';
import { clearSessionCookie, requireActor, requireSession, sessionCookie, setSessionCookie } from '../session-guard.ts';
import { hashCode, normaliseCode } from '../slip-codes.ts';
import { readBody } from './read-body.ts';

/** Wrong codes per address in a quarter of an hour. A stairway behind one address can still mistype. */
const WRONG_CODES = { tries: 20, windowMs: 15 * 60_000 };

/** Signing in by a slip's code, who is signed in, and signing out. */
export function sessionRoutes(routes: Hono<AppEnv>, app: AppContext): void {
  const wrongCodes = new RateLimit(WRONG_CODES);

  routes.post('/session/join', async (c) => {
    const address = addressOf(c);
    const now = app.world.now();
    const wait = wrongCodes.waitFor(address, now);
    if (wait > 0) return problem(c, 'tooMany', {}, wait);
    const read = await readBody(c, joinRequest);
    if ('answer' in read) return read.answer;
    const { code, deviceName } = read.body;
    const [slip] = await app.db.query<{ communityId: string; slipId: string }>(
      'select community_id as "communityId", slip_id as "slipId" from slip_code where code_hash = $1',
      [hashCode(normaliseCode(code))],
    );
    const former = slip && (await app.sessions.former(sessionCookie(app, c)));
    const formerDeviceId = former?.communityId === slip?.communityId ? former?.deviceId : undefined;
    const deviceId = app.world.newId();
    const joined = slip && (await app.directory.join({ ...slip, deviceId, deviceName, formerDeviceId }));
    if (!joined) {
      wrongCodes.fail(address, now);
      return problem(c, 'wrongCode');
    }
    setSessionCookie(app, c, await app.sessions.open({ communityId: joined.community.id, deviceId: joined.deviceId }));
    return c.json(joined, 201);
  });

  routes.get('/session', requireSession(app), requireActor(app), async (c) => {
    const actor = c.get('actor');
    const community = await app.directory.communityOf(app.db, actor.communityId);
    const [clock] = await app.db.query<{ epoch: string }>('select epoch from clock where community_id = $1', [
      actor.communityId,
    ]);
    if (!community || !clock) return problem(c, 'ended');
    const answer: SessionAnswer = {
      deviceId: actor.deviceId,
      ...(actor.personId !== undefined && { person: actor.personId }),
      community,
      roles: actor.roles,
      households: actor.households,
      grants: actor.grants,
      epoch: clock.epoch,
    };
    return c.json(answer);
  });

  routes.delete('/session', requireSession(app), async (c) => {
    await app.sessions.end(c.get('cookie'));
    clearSessionCookie(app, c);
    return c.body(null, 204);
  });
}

/** Who is asking, for counting wrong codes. Behind a proxy on this machine, the address that the proxy saw. */
function addressOf(c: AppRequest): string {
  const incoming = (c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined)?.incoming;
  const direct = incoming?.socket?.remoteAddress ?? 'local';
  const isLocal = direct === 'local' || direct.includes('127.0.0.1') || direct === '::1';
  return (isLocal ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined) ?? direct;
}

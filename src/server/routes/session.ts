import { createHash } from 'node:crypto';
import type { Hono } from 'hono';
import type * as v from 'valibot';
import { joinRequest, type JoinAnswer, type SessionAnswer } from '../../sync/wire.ts';
import type { AppContext, AppEnv, AppRequest } from '../app-context.ts';
import { problem } from '../problem.ts';
import { RateLimit } from '../rate-limit.ts';
import { clearSessionCookie, requireActor, requireSession, sessionCookie, setSessionCookie } from '../session-guard.ts';
import { hashCode, normaliseCode } from '../slip-codes.ts';
import { readBody } from './read-body.ts';

/** Wrong codes per address in a quarter of an hour. A stairway behind one address can still mistype. */
const WRONG_CODES = { tries: 20, windowMs: 15 * 60_000 };

/** Phones with something unsent that a sign-in is told of, at most: nobody reads a longer list. */
const MOST_UNSENT = 3;

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
    const [slip] = await app.db.query<Slip>(
      'select community_id as "communityId", slip_id as "slipId" from slip_code where code_hash = $1',
      [hashCode(normaliseCode(read.body.code))],
    );
    const joined = slip && (await enrol(app, slip, read.body, sessionCookie(app, c)));
    if (!joined) {
      wrongCodes.fail(address, now);
      return problem(c, 'wrongCode');
    }
    const opened = await app.sessions.open({ communityId: joined.community.id, deviceId: joined.deviceId });
    setSessionCookie(app, c, opened.cookie);
    // A phone that holds the data of who it goes on as has lost nothing.
    const holds = read.body.formers.some(({ deviceId }) => deviceId === joined.deviceId);
    const unsent = holds ? [] : await unsentElsewhere(app, slip);
    const answer: JoinAnswer = { ...joined, proof: opened.proof, ...(unsent.length > 0 && { unsent }) };
    return c.json(answer, 201);
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

interface Slip {
  readonly communityId: string;
  readonly slipId: string;
}

/**
 * Enrols the phone by its slip, as who it was where it may: its cookie or its proof says so, or no device of that id
 * exists, because the server was restored to a time before it. A device that exists is nobody's to claim.
 */
async function enrol(
  app: AppContext,
  slip: Slip,
  { deviceName, formers, attempt }: v.InferOutput<typeof joinRequest>,
  cookie: string | undefined,
): Promise<JoinAnswer | undefined> {
  const { communityId, slipId } = slip;
  const byCookie = await app.sessions.former(cookie);
  const formerDeviceIds = [
    ...(byCookie?.communityId === communityId ? [byCookie.deviceId] : []),
    ...(await app.sessions.proven(communityId, formers)),
  ];
  const claimed = formers.find((former) => former.slip === slipId)?.deviceId;
  const isForgotten = claimed !== undefined && !(await app.directory.knowsDevice(communityId, claimed));
  const forgottenDeviceId = isForgotten ? claimed : undefined;
  const deviceId = attempt === undefined ? app.world.newId() : idOfAttempt(attempt);
  // Before the device exists: whatever is cut from here on, the same phone can prove next time that it is this device.
  if (isForgotten) await app.sessions.remember(cookie, { communityId, deviceId: claimed });
  const joined = await app.directory.join({ ...slip, deviceId, deviceName, formerDeviceIds, forgottenDeviceId });
  if (isForgotten && joined?.deviceId !== claimed) {
    await app.sessions.disown(cookie, { communityId, deviceId: claimed });
  }
  return joined;
}

/** The id of the device that a sign-in enrols: always the same, and it tells nobody the attempt. A UUID of version 8. */
function idOfAttempt(attempt: string): string {
  const hex = createHash('sha256').update(`device\n${attempt.toLowerCase()}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** What the devices of this slip's household or person said last that they had not sent: the newest few. */
async function unsentElsewhere(
  app: AppContext,
  { communityId, slipId }: Slip,
): Promise<NonNullable<JoinAnswer['unsent']>> {
  const devices = await app.directory.devicesOf(communityId, slipId);
  const told = await app.sessions.unsentOf(
    communityId,
    devices.map(({ id }) => id),
  );
  const said = devices.flatMap(({ id, name }) => {
    const one = told.get(id);
    return one ? [{ deviceName: name, ...one }] : [];
  });
  return said.sort((a, b) => b.at - a.at).slice(0, MOST_UNSENT);
}

/** Who is asking, for counting wrong codes. Behind a proxy on this machine, the address that the proxy saw. */
function addressOf(c: AppRequest): string {
  const incoming = (c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined)?.incoming;
  const direct = incoming?.socket?.remoteAddress ?? 'local';
  const isLocal = direct === 'local' || direct.includes('127.0.0.1') || direct === '::1';
  return (isLocal ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined) ?? direct;
}

import * as v from 'valibot';
import type { Actor, HeldGrant, HeldRole } from '../domain/actor.ts';
import type { SessionAnswer } from '../sync/wire.ts';
import { Device } from './device.ts';
import type { Environment } from './environment.ts';
import { feedOf, localDatabase, sessionOf } from './local/database.ts';
import type { FeedRecord, LocalDatabase, SessionRecord } from './local/database.ts';
import { askJson, Patience, request } from './sync/exchange.ts';

const sessionAnswer = v.looseObject({
  deviceId: v.string(),
  community: v.object({ id: v.string(), name: v.string(), rehearsal: v.boolean() }),
  roles: v.array(v.unknown()),
  households: v.array(v.string()),
  epoch: v.string(),
});

/** Asks the server who is signed in. Throws `Failure`. */
export async function askSession(environment: Environment): Promise<{ session: SessionRecord; epoch: string }> {
  const answer = await askJson(environment, { method: 'GET', path: '/api/session', timeoutMs: 10_000 }, sessionAnswer);
  const { deviceId, person, community, roles, households, grants, epoch } = answer as unknown as SessionAnswer;
  const actor = actorOf({ deviceId, person, community, roles, households, grants });
  return { session: { key: 'session', actor, community }, epoch };
}

/** @returns who acts, as the server's answer says it */
export function actorOf(answer: {
  deviceId: string;
  person?: string;
  community: { id: string };
  households: readonly string[];
  roles: readonly HeldRole[];
  grants?: readonly HeldGrant[];
}): Actor {
  return {
    kind: 'device',
    communityId: answer.community.id,
    deviceId: answer.deviceId,
    ...(answer.person !== undefined && { personId: answer.person }),
    households: answer.households,
    roles: answer.roles,
    grants: answer.grants ?? [],
  };
}

/** @returns the identity that this browser was left with and its database; undefined where nobody is signed in */
export async function openIdentity(
  environment: Environment,
): Promise<{ database: LocalDatabase; session: SessionRecord; feed: FeedRecord } | undefined> {
  const device = new Device(environment);
  try {
    const deviceId = await device.current();
    if (deviceId === undefined) return undefined;
    const database = localDatabase(deviceId, environment);
    const [session, feed] = await Promise.all([sessionOf(database), feedOf(database)]);
    if (session !== undefined) return { database, session, feed };
    database.dexie.close();
    return undefined;
  } finally {
    device.close();
  }
}

/** Ends the session at the server, if it can be reached, and deletes everything of this identity here. */
export async function leave(environment: Environment, database: LocalDatabase, deviceId: string): Promise<void> {
  const patience = new Patience(environment, 5_000);
  await request(environment, { method: 'DELETE', path: '/api/session', deviceId }, patience).catch(() => undefined);
  patience.end();
  database.dexie.close();
  const device = new Device(environment);
  try {
    await device.leave(deviceId);
  } finally {
    device.close();
  }
}

import * as v from 'valibot';
import { MAX_FORMERS } from '../sync/wire.ts';
import type { Former, JoinAnswer, JoinRequest } from '../sync/wire.ts';
import { Device } from './device.ts';
import type { Environment } from './environment.ts';
import { joinedOf, localDatabase, sessionOf, unsentIn } from './local/database.ts';
import type { JoinedRecord } from './local/database.ts';
import { sealDatabase } from './local/drop-scopes.ts';
import { actorOf, askSession } from './session.ts';
import { askJson } from './sync/exchange.ts';
import { Failure } from './sync/failure.ts';

/** How signing in went. `offline`: the server was not reached; `tooMany`: wait, ms. */
export type JoinOutcome =
  | { readonly kind: 'joined'; readonly answer: JoinAnswer }
  | { readonly kind: 'wrongCode' }
  | { readonly kind: 'tooMany'; readonly retryAfterMs: number }
  | { readonly kind: 'offline' };

const joinAnswer = v.object({
  deviceId: v.string(),
  community: v.object({ id: v.string(), name: v.string() }),
  households: v.array(v.string()),
  persons: v.array(v.object({ id: v.string(), name: v.string() })),
  slip: v.optional(v.string()),
  proof: v.optional(v.string()),
  unsent: v.optional(v.array(v.object({ deviceName: v.string(), count: v.number(), at: v.number() }))),
});

/**
 * Signs in with a slip's code. Whoever was signed in here before leaves; what they had not sent is kept, sealed: it goes out
 * only under their own identity. Open the phone afterwards.
 */
export async function join(environment: Environment, code: string, deviceName: string): Promise<JoinOutcome> {
  let answer: JoinAnswer;
  const device = new Device(environment);
  try {
    const before = await device.current();
    try {
      const body: JoinRequest = {
        code,
        deviceName,
        attempt: attemptFor(environment, code),
        formers: await formersOf(environment, await device.all()),
      };
      answer = await askJson(environment, { method: 'POST', path: '/api/session/join', body }, joinAnswer);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      if (error.kind === 'wrongCode' || error.kind === 'tooMuch' || error.kind === 'notFound')
        return { kind: 'wrongCode' };
      if (error.kind === 'busy') return { kind: 'tooMany', retryAfterMs: error.retryAfterMs ?? 0 };
      return { kind: 'offline' };
    }
    const keepBefore = before !== undefined && before !== answer.deviceId && (await seal(environment, before));
    await welcome(environment, answer);
    await device.enter(answer.deviceId, keepBefore);
    attempts.delete(environment);
  } finally {
    device.close();
  }
  return { kind: 'joined', answer };
}

/** The sign-in under way on each page: its answer may be lost and the person try again. */
const attempts = new WeakMap<Environment, { readonly code: string; readonly id: string }>();

function attemptFor(environment: Environment, code: string): string {
  const known = attempts.get(environment);
  const attempt = known?.code === code ? known : { code, id: environment.world.newId() };
  attempts.set(environment, attempt);
  return attempt.id;
}

/** Whom this browser holds data of, who is signed in here first: one of them may go on with what it has not sent. */
async function formersOf(environment: Environment, deviceIds: readonly string[]): Promise<Former[]> {
  const formers: Former[] = [];
  for (const deviceId of deviceIds.slice(0, MAX_FORMERS)) {
    const database = localDatabase(deviceId, environment);
    try {
      const [session, joined] = await Promise.all([sessionOf(database), joinedOf(database)]);
      // The browser may have thrown the database away and kept its name.
      if (session === undefined) continue;
      const proofs = joined?.proof === undefined ? [undefined] : [joined.proof, ...(joined.earlier ?? [])];
      formers.push(...proofs.map((proof) => ({ deviceId, slip: joined?.slip, proof })));
    } finally {
      database.dexie.close();
    }
  }
  return formers.slice(0, MAX_FORMERS);
}

/** Takes everything from an identity but what it has not sent. @returns whether there is such */
async function seal(environment: Environment, deviceId: string): Promise<boolean> {
  const database = localDatabase(deviceId, environment);
  try {
    const unsent = await unsentIn(database);
    if (unsent > 0) await sealDatabase(database, { mayReturn: true });
    return unsent > 0;
  } finally {
    database.dexie.close();
  }
}

/** Earlier proofs that are kept: a server that is set back knows the one of its time. */
const EARLIER_PROOFS = 2;

function proofsOf(
  proof: string | undefined,
  before: JoinedRecord | undefined,
): Pick<JoinedRecord, 'proof' | 'earlier'> {
  if (proof === undefined) return {};
  const known = [...(before?.proof === undefined ? [] : [before.proof]), ...(before?.earlier ?? [])];
  const earlier = known.filter((one) => one !== proof).slice(0, EARLIER_PROOFS);
  return { proof, ...(earlier.length > 0 && { earlier }) };
}

async function welcome(environment: Environment, answer: JoinAnswer): Promise<void> {
  const database = localDatabase(answer.deviceId, environment);
  const asked = await askSession(environment).catch(() => undefined);
  // The answer to the code is enough to begin with, should the network go right now: roles follow.
  const session = asked?.session ?? {
    key: 'session' as const,
    actor: actorOf({
      deviceId: answer.deviceId,
      community: answer.community,
      households: answer.households,
      roles: [],
    }),
    community: { ...answer.community, rehearsal: false },
  };
  const streamId = environment.world.newId();
  try {
    await database.write(['outbox', 'meta'], async ({ meta }) => {
      await meta.put(session);
      const { slip, proof } = answer;
      const before = await joinedOf({ meta });
      if (slip !== undefined) await meta.put({ key: 'joined', slip, ...proofsOf(proof, before) });
      if (answer.unsent !== undefined) await meta.put({ key: 'lost', unsent: answer.unsent });
      if ((await meta.get('stream')) === undefined)
        await meta.put({ key: 'stream', id: streamId, nextSeq: 1, ackedSeq: 0 });
    });
  } finally {
    database.dexie.close();
  }
}

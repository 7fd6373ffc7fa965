import type { Verdict } from '../../sync/wire.ts';
import { REOFFER_DAYS } from '../../sync/wire.ts';
import { DAY_MS } from '../../domain/day.ts';
import type { ActResult, PlainAct } from '../act.ts';
import type { OutboxEntry } from '../outbox-entry.ts';
import { feedOf, streamOf } from './database.ts';
import type { LocalDatabase, StreamRecord, Tables } from './database.ts';
import type { Overlay } from './overlay-tx.ts';
import { foresee, lay, redraw, remembering, withEffect } from './replay.ts';
import type { Foresight } from './replay.ts';
import { touchKey } from '../outbox-entry.ts';

/**
 * Queues acts and shows their effect. One transaction: the screen never shows what the outbox does not hold, and of
 * several acts either all are queued or none. Without `insist` a refusal by the phone's own rows queues nothing. Of the
 * `companions` those are queued after them that the phone's own rows do not refuse.
 * @returns the ids of the acts, not of their companions
 */
export function append(
  database: LocalDatabase,
  foresight: Foresight,
  acts: readonly PlainAct[],
  { insist, companions = [] }: { insist: boolean; companions?: readonly PlainAct[] },
): Promise<ActResult> {
  return database.write(['rows', 'overlay', 'outbox', 'meta'], async (tables): Promise<ActResult> => {
    const server = remembering(tables);
    const overlay: Overlay = new Map();
    for (const change of await tables.overlay.toArray()) overlay.set(touchKey(change.entity, change.id), change);
    const stream = await streamOf(tables);
    const entries: Omit<OutboxEntry, 'order'>[] = [];
    const changes: Overlay = new Map();
    for (const [n, act] of [...acts, ...companions].entries()) {
      const foreseen = await foresee(act, foresight, server, overlay);
      if (foreseen.kind === 'refused' && n >= acts.length) continue;
      if (foreseen.kind === 'refused' && !insist) return { kind: 'advice', refusal: foreseen.refusal };
      if (foreseen.kind === 'shown') {
        lay(overlay, foreseen.changes);
        lay(changes, foreseen.changes);
      }
      const entry = {
        ...act,
        stream: stream.id,
        seq: stream.nextSeq + entries.length,
        state: 'unsent' as const,
        touches: [],
      };
      entries.push(withEffect(entry, foreseen));
    }
    await tables.outbox.bulkAdd(entries);
    await tables.overlay.bulkPut([...changes.values()]);
    await tables.meta.put({ ...stream, nextSeq: stream.nextSeq + entries.length });
    return { kind: 'queued', ids: acts.map((act) => act.id) };
  });
}

/** Takes a refused entry out of sight: a person has dealt with it. Any other entry stays: only the server's verdict ends it. */
export async function settle(database: LocalDatabase, id: string): Promise<void> {
  await database.write(['outbox'], async ({ outbox }) => {
    const entry = await outbox.where('id').equals(id).first();
    if (entry?.state === 'refused') await outbox.delete(entry.order);
  });
}

/**
 * Writes the server's word to the entries it is about. A refused one leaves the overlay at once, the others stay until a
 * pull covers them. To be called in a transaction over everything that `redraw` needs, `sent` and `meta`.
 * @returns whether an entry was refused, so that the overlay must be drawn anew
 */
export async function applyVerdicts(tables: Tables, verdicts: readonly Verdict[], ackedAt: number): Promise<boolean> {
  if (verdicts.length === 0) return false;
  const byId = new Map(verdicts.map((verdict) => [verdict.id, verdict]));
  const unsent = await tables.outbox.where('state').equals('unsent').toArray();
  const answered: OutboxEntry[] = [];
  for (const entry of unsent) {
    const verdict = byId.get(entry.id);
    if (verdict !== undefined) answered.push(withVerdict(entry, verdict));
  }
  if (answered.length === 0) return false;
  await tables.outbox.bulkPut(answered);
  await tables.sent.bulkPut(
    answered.filter((entry) => entry.state !== 'refused').map((entry) => ({ ...entry, ackedAt })),
  );
  const stream = await streamOf(tables);
  const acked = answered.filter((entry) => entry.stream === stream.id).map((entry) => entry.seq);
  await tables.meta.put({ ...stream, ackedSeq: Math.max(stream.ackedSeq, ...acked) });
  return answered.some((entry) => entry.state === 'refused');
}

function withVerdict(entry: OutboxEntry, { outcome, code, details }: Verdict): OutboxEntry {
  if (outcome === 'refused') return { ...entry, state: 'refused', code: code ?? 'fault', details };
  return { ...entry, state: outcome === 'held' ? 'held' : 'received' };
}

/**
 * Ends the entries whose effect a pull's snapshot contains: answered in this stream, up to `lastSeq`.
 * @param before the stream as it was when the pull was asked for. If nothing of it had been answered then, the server's
 *   `lastSeq` may speak of an earlier stream, and only what was answered before this stream began (seq 0) is covered.
 * @returns whether answered entries remain that a later pull must cover
 */
export async function endCovered(tables: Tables, before: StreamRecord, lastSeq: number): Promise<boolean> {
  const upTo = before.ackedSeq > 0 ? lastSeq : 0;
  const answered = await tables.outbox.where('state').anyOf('received', 'held').toArray();
  const covered = answered.filter((entry) => entry.stream === before.id && entry.seq <= upTo);
  await tables.outbox.bulkDelete(covered.map((entry) => entry.order));
  return covered.length < answered.length;
}

/**
 * Numbers what is unsent from 1 in a new stream, with the same ids: the server takes each once. What was answered in
 * the old stream gets seq 0: any pull that begins from now on covers it.
 */
export async function startStream(tables: Tables, id: string): Promise<void> {
  const entries = await tables.outbox.orderBy('order').toArray();
  let seq = 0;
  const renumbered = entries
    .filter((entry) => entry.state !== 'refused')
    .map((entry) => ({ ...entry, stream: id, seq: entry.state === 'unsent' ? ++seq : 0 }));
  await tables.outbox.bulkPut(renumbered);
  await tables.meta.put({ key: 'stream', id, nextSeq: seq + 1, ackedSeq: 0 });
}

/**
 * The server has lost what it acknowledged (it was restored from a backup): offers all of the last 35 days again, with
 * their ids and in their old place before what is still unsent, in a new stream; and the pictures that are still here.
 */
export async function offerAgain(tables: Tables, streamId: string, now: number): Promise<void> {
  const lost = await tables.sent
    .where('ackedAt')
    .above(now - REOFFER_DAYS * DAY_MS)
    .toArray();
  await tables.outbox.bulkPut(lost.map(({ ackedAt: _, ...entry }) => ({ ...entry, state: 'unsent' as const })));
  await tables.sent.clear();
  await tables.photos.where('state').equals('sent').modify({ state: 'waiting' });
  await startStream(tables, streamId);
}

/** Forgets what was acknowledged so long ago that no backup is older. */
export async function forgetOldSent(tables: Tables, now: number): Promise<void> {
  await tables.sent
    .where('ackedAt')
    .belowOrEqual(now - REOFFER_DAYS * DAY_MS)
    .delete();
}

/**
 * Hears the server's epoch. A new one means that the server was restored: what it acknowledged is offered again.
 * @returns whether it was
 */
export async function hearEpoch(tables: Tables, epoch: string, streamId: string, now: number): Promise<boolean> {
  const feed = await feedOf(tables);
  if (feed.epoch === epoch) return false;
  await tables.meta.put({ ...feed, epoch });
  if (feed.epoch === undefined) return false;
  await offerAgain(tables, streamId, now);
  return true;
}

/** Refuses on the phone what the server cannot even read, and closes the gap that it leaves. */
export async function refuseHere(
  tables: Tables,
  entry: OutboxEntry,
  streamId: string,
  foresight: Foresight,
): Promise<void> {
  await tables.outbox.put({ ...entry, state: 'refused', code: 'malformed' });
  await startStream(tables, streamId);
  await redraw(tables, foresight);
}

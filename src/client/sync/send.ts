import * as v from 'valibot';
import { MAX_PUSH, MAX_PUSH_BYTES, PROTOCOL } from '../../sync/wire.ts';
import type { Envelope, PushRequest, Verdict } from '../../sync/wire.ts';
import { everything, streamOf } from '../local/database.ts';
import { applyVerdicts, hearEpoch, refuseHere, startStream } from '../local/outbox.ts';
import { redraw } from '../local/replay.ts';
import type { OutboxEntry } from '../outbox-entry.ts';
import type { SyncContext } from './context.ts';
import { askJson } from './exchange.ts';
import { Failure } from './failure.ts';

const pushAnswer = v.object({
  epoch: v.string(),
  lastSeq: v.number(),
  verdicts: v.array(
    v.looseObject({
      seq: v.number(),
      id: v.string(),
      outcome: v.picklist(['accepted', 'held', 'refused']),
      code: v.optional(v.string()),
    }),
  ),
});

/**
 * Sends what is unsent, in order, until nothing is left. Throws `Failure` where it gets no further; nothing is lost then.
 * @returns whether anything got a verdict
 */
export async function drain(context: SyncContext, signal: AbortSignal): Promise<boolean> {
  const { database, environment } = context;
  await context.ready();
  let answered = false;
  let most = MAX_PUSH;
  let brokenOrders = 0;
  for (;;) {
    const batch = await nextBatch(context, most);
    if (batch.length === 0) return answered;
    try {
      await pushBatch(context, batch, signal);
      answered = true;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      if (error.kind === 'tooMuch' && batch.length > 1) {
        most = Math.ceil(batch.length / 2);
      } else if (error.kind === 'tooMuch') {
        const streamId = environment.world.newId();
        await database.write(everything, (tables) => refuseHere(tables, batch[0]!, streamId, context.foresight()));
        most = MAX_PUSH;
      } else if (error.kind === 'newStream' && brokenOrders++ < 2) {
        await mendOrder(context, batch[0]!.stream);
      } else throw error;
    }
  }
}

/** A batch with its verdicts. The words come from the server; the overlay is drawn anew only where one was refused. */
async function pushBatch(context: SyncContext, batch: readonly OutboxEntry[], signal: AbortSignal): Promise<void> {
  const { database, environment, deviceId } = context;
  const { world } = environment;
  const body: PushRequest = {
    protocol: PROTOCOL,
    deviceId,
    stream: batch[0]!.stream,
    sentAt: world.now(),
    mutations: batch.map(envelopeOf),
  };
  const answer = await askJson(environment, { method: 'POST', path: '/api/push', body, deviceId, signal }, pushAnswer);
  const ids = new Set(batch.map((entry) => entry.id));
  const verdicts = (answer.verdicts as unknown as Verdict[]).filter((verdict) => ids.has(verdict.id));
  if (verdicts.length === 0) throw new Failure('network');
  const streamId = world.newId();
  await database.write(everything, async (tables) => {
    const anyRefused = await applyVerdicts(tables, verdicts, world.now());
    const offeredAgain = await hearEpoch(tables, answer.epoch, streamId, world.now());
    if (anyRefused || offeredAgain) await redraw(tables, context.foresight());
  });
}

/** The server misses something before this batch: if it was restored, all that it lost goes first; then a new stream. */
async function mendOrder(context: SyncContext, brokenStream: string): Promise<void> {
  await context.refreshSession();
  const streamId = context.environment.world.newId();
  await context.database.write(['outbox', 'meta'], async (tables) => {
    if ((await streamOf(tables)).id === brokenStream) await startStream(tables, streamId);
  });
}

/** The first unsent entries, as many as fit in one push; at least one. */
async function nextBatch({ database }: SyncContext, most: number): Promise<OutboxEntry[]> {
  const unsent = await database.outbox.where('state').equals('unsent').sortBy('order');
  const encoder = new TextEncoder();
  const batch: OutboxEntry[] = [];
  let bytes = 1_000;
  for (const entry of unsent) {
    bytes += encoder.encode(JSON.stringify(envelopeOf(entry))).length + 1;
    if (batch.length === most || (batch.length > 0 && bytes > MAX_PUSH_BYTES)) break;
    batch.push(entry);
  }
  return batch;
}

function envelopeOf({ seq, id, name, args, at }: OutboxEntry): Envelope {
  return { seq, id, name, args, at };
}

import { MAX_PAGE, PROTOCOL } from '../../sync/wire.ts';
import type { PullEnd, PullLine, PullRequest } from '../../sync/wire.ts';
import { applyLastPage, applyPage, emptyPage } from '../local/apply-page.ts';
import { feedOf, streamOf } from '../local/database.ts';
import { storedRows } from '../local/rows.ts';
import type { SyncContext } from './context.ts';
import { Patience, request } from './exchange.ts';
import { Failure, isContent } from './failure.ts';
import { readLines } from './ndjson.ts';

/** Ms between two pieces of a pull before it counts as cut. */
const SILENCE_MS = 30_000;
/**
 * Rows that may gather while others are being written: what came in the meantime is written together. Four pages at most
 * made a first pull of 20,000 rows 1.35 × as long as the bare work, ten make it 1.27 to 1.30 ×.
 */
const GATHERED_ROWS = 10 * MAX_PAGE;

export interface Received {
  /** Something answered is not yet covered: pull once more. */
  readonly uncovered: boolean;
  /** The server had lost what it acknowledged; it waits in the outbox again. */
  readonly offeredAgain: boolean;
}

/**
 * Pulls what changed. Pages are written while the next ones are still being read; each is there for good, with its cursor,
 * so that a pull that is cut goes on where it was. Where they come faster than they are written, a few go together: every
 * transaction makes all that is on screen look again. Throws `Failure` where it was.
 */
export async function receive(context: SyncContext, signal: AbortSignal): Promise<Received> {
  const { environment, database, registry, deviceId } = context;
  const { world } = environment;
  await context.ready();
  // Counted before the stream is read: its last act is then none that was counted too little.
  const unsent = await database.outbox.where('state').equals('unsent').count();
  const stream = await streamOf(database);
  const { cursor } = await feedOf(database);
  const patience = new Patience(environment, SILENCE_MS, signal);
  const askedAt = world.now();
  let writing: Promise<unknown> = Promise.resolve();
  let isWriting = false;
  try {
    const queued = unsent > 0 ? { stream: stream.id, seq: stream.nextSeq - 1 } : undefined;
    const body: PullRequest = { protocol: PROTOCOL, cursor, unsent, queued };
    const response = await request(environment, { method: 'POST', path: '/api/pull', body, deviceId }, patience);
    if (!isContent(response, 'application/x-ndjson') || response.body === null) throw new Failure('network');
    const heardAt = world.now();
    let page = emptyPage();
    for await (const read of readLines(response.body, patience)) {
      const line = read as PullLine;
      if ('drop' in line) page.drops.push(...line.drop);
      else if ('put' in line) page.puts.push(...storedRows(registry, line.put, line.scope, line.rows));
      else if ('gone' in line) page.gone.push(...line.ids.map((id) => [line.gone, id, line.scope] as const));
      else if ('cursor' in line) {
        if (line.done !== true && isWriting && page.puts.length < GATHERED_ROWS) continue;
        await writing;
        if (signal.aborted) throw new Failure('network');
        if (line.done === true) {
          const offsetMs = offsetBetween(line, askedAt, heardAt);
          const start = { stream, offsetMs, now: world.now(), streamId: world.newId() };
          return await applyLastPage(database, context.foresight(), page, line, start);
        }
        isWriting = true;
        writing = applyPage(database, context.foresight(), page, line.cursor).finally(() => (isWriting = false));
        writing.catch(() => {}); // awaited before the next page; this only keeps it from being reported as unhandled meanwhile
        page = emptyPage();
      }
    }
    throw new Failure('network');
  } finally {
    patience.end();
    await writing;
  }
}

/** The snapshot was taken between the asking and the first word of the answer. */
function offsetBetween(end: PullEnd, askedAt: number, heardAt: number): number {
  return Math.round(end.at - (askedAt + heardAt) / 2);
}

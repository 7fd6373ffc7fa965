import * as v from 'valibot';
import type { LocalDatabase, PhotoRefusal, PhotoState, StoredPhoto } from '../local/database.ts';
import { ifRoom } from '../local/room.ts';
import type { SyncContext } from '../sync/context.ts';
import { askJson } from '../sync/exchange.ts';
import { Failure } from '../sync/failure.ts';
import type { FailureKind } from '../sync/failure.ts';

/** Ms that an upload may take before it counts as cut, over what its bytes take at 2 kB/s: a bad 2G line. */
const TIMEOUT_MS = 30_000;

/** What the server will never have, however often it is sent. */
const REFUSALS: Partial<Record<FailureKind, PhotoRefusal>> = {
  tooMuch: 'tooLarge',
  notPicture: 'notPicture',
  tooManyPixels: 'tooManyPixels',
  notFound: 'fault',
};

/**
 * Sends the pictures that wait, one after the other. Sent twice, the server takes it once. Throws `Failure` where it gets no
 * further; nothing is lost then, and the one that failed goes last.
 * @returns whether the server was heard
 */
export async function sendPhotos(context: SyncContext, signal: AbortSignal): Promise<boolean> {
  const { database, environment } = context;
  const now = (): number => environment.world.now() + context.foresight().offsetMs;
  let heard = false;
  for (;;) {
    const photo = await firstWaiting(database);
    if (photo === undefined || signal.aborted) return heard;
    try {
      await send(context, photo, signal);
    } catch (error) {
      if (!(error instanceof Failure) || signal.aborted) throw error;
      const code = REFUSALS[error.kind];
      const isOver = error.kind === 'signIn' || error.kind === 'ended';
      if (!isOver) await change(database, photo.id, { at: now(), ...(code && { state: 'refused', code }) });
      if (code === undefined) throw error;
      heard = true;
      continue;
    }
    heard = true;
    // Without room to write that down it is sent once more another time.
    if (!(await change(database, photo.id, { state: 'sent', at: now() }))) return heard;
  }
}

async function firstWaiting({ photos }: LocalDatabase): Promise<StoredPhoto | undefined> {
  return photos.where('[state+at]').between(['waiting', -Infinity], ['waiting', Infinity]).first();
}

async function send(context: SyncContext, { id, bytes }: StoredPhoto, signal: AbortSignal): Promise<void> {
  const { environment, deviceId } = context;
  const timeoutMs = TIMEOUT_MS + bytes.byteLength / 2;
  const exchange = { method: 'PUT', path: `/api/photos/${id}`, body: bytes, deviceId, signal, timeoutMs } as const;
  await askJson(environment, exchange, v.object({ id: v.literal(id) }));
}

/** @returns whether there was room for it; one that is gone by now stays gone */
function change(
  database: LocalDatabase,
  id: string,
  to: { state?: PhotoState; at: number; code?: PhotoRefusal },
): Promise<boolean> {
  return ifRoom(database.write(['photos'], ({ photos }) => photos.update(id, to)));
}

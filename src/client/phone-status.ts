import type { OutboxEntry } from './outbox-entry.ts';
import { feedOf, sessionOf } from './local/database.ts';
import type { FeedRecord, LocalDatabase, SessionRecord } from './local/database.ts';
import type { Syncer, SyncState } from './sync/syncer.ts';

/** How the phone stands towards the server. */
export interface PhoneStatus {
  readonly online: boolean;
  /** Acts that are only on this phone. */
  readonly unsent: number;
  /** Refusals that nobody has dealt with yet. */
  readonly refused: number;
  readonly syncing: boolean;
  /** There is no room for what the server sends: what is shown is older. Tried again by itself. */
  readonly full: boolean;
  /** Epoch ms of the last complete pull, by the server's clock. */
  readonly freshAt?: number;
  readonly state: SyncState;
}

/** What is stored and shown everywhere, rows apart. */
export interface StoredState {
  readonly entries: readonly OutboxEntry[];
  readonly feed: FeedRecord;
  readonly session: SessionRecord | undefined;
}

/** Reads it; in a live query, also what other tabs wrote. */
export async function readState(database: LocalDatabase): Promise<StoredState> {
  const entries = await database.outbox.orderBy('order').toArray();
  return { entries, feed: await feedOf(database), session: await sessionOf(database) };
}

export function statusOf(
  entries: readonly OutboxEntry[],
  freshAt: number | undefined,
  { online, busy, full, state }: Pick<Syncer, 'online' | 'busy' | 'full' | 'state'>,
): PhoneStatus {
  const count = (wanted: OutboxEntry['state']) => entries.filter((entry) => entry.state === wanted).length;
  return {
    online: online.value,
    unsent: count('unsent'),
    refused: count('refused'),
    syncing: busy.value > 0,
    full: full.value,
    ...(freshAt !== undefined && { freshAt }),
    state: state.value,
  };
}

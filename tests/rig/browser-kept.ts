import type { Page } from 'playwright-core';
import { touchKey, type OutboxEntry } from '../../src/client/outbox-entry.ts';
import type { Change, SentEntry, StoredDraft, StreamRecord } from '../../src/client/local/database.ts';

/** What a phone has stored, as the browser has it: read beside the app, not through it. */
export interface Kept {
  readonly deviceId: string;
  /** IndexedDB's own version of the database. */
  readonly version: number;
  readonly outbox: readonly OutboxEntry[];
  readonly sent: readonly SentEntry[];
  readonly overlay: readonly Change[];
  readonly drafts: readonly StoredDraft[];
  readonly stream: StreamRecord;
}

/** Reads it in one transaction, from any page of the app's origin. Throws where the phone has no database. */
export async function readKept(page: Page): Promise<Kept> {
  await allowNames(page);
  return (await page.evaluate(async () => {
    const settled = <T>(asked: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        asked.addEventListener('success', () => resolve(asked.result));
        asked.addEventListener('error', () => reject(asked.error ?? new Error('IndexedDB')));
      });
    const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
    const name = names.find((one) => one.startsWith('shouwang-') && one !== 'shouwang-device');
    if (name === undefined) throw new Error('this phone has no database');
    const database = await settled(indexedDB.open(name));
    const tables = database.transaction(['outbox', 'sent', 'overlay', 'drafts', 'meta']);
    const all = (table: string) => settled(tables.objectStore(table).getAll());
    const [outbox, sent, overlay, drafts] = await Promise.all(['outbox', 'sent', 'overlay', 'drafts'].map(all));
    const stream: unknown = await settled(tables.objectStore('meta').get('stream'));
    const { version } = database;
    database.close();
    return { deviceId: name.slice('shouwang-'.length), version, outbox, sent, overlay, drafts, stream };
  })) as Kept;
}

/** tsx marks each function's name by a helper that a page does not have: code that runs there needs it. */
export async function allowNames(page: Page): Promise<void> {
  await page.evaluate('globalThis.__name ??= (named) => named');
}

/** Ids of what waits to be sent. */
export function unsentIds({ outbox }: Kept): string[] {
  return outbox.filter((entry) => entry.state === 'unsent').map((entry) => entry.id);
}

/** What of an act is there without the rest of it, in words; nothing where all is whole. */
export function halves({ outbox, overlay, stream }: Kept): string[] {
  const said: string[] = [];
  const touched = new Set(outbox.flatMap((entry) => entry.touches));
  for (const { entity, id } of overlay) {
    if (!touched.has(touchKey(entity, id))) said.push(`a ${entity} shows that no entry of the outbox is about`);
  }
  const seqs = outbox.filter((entry) => entry.state === 'unsent' && entry.stream === stream.id).map(({ seq }) => seq);
  for (const [index, seq] of seqs.entries()) {
    if (index > 0 && seq !== seqs[index - 1]! + 1) said.push(`the outbox has a gap before ${seq}`);
  }
  if (seqs.some((seq) => seq >= stream.nextSeq)) said.push(`the outbox is ahead of its own numbers`);
  return said;
}

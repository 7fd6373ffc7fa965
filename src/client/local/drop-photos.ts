import { DAY_MS } from '../../domain/day.ts';
import type { LocalDatabase } from './database.ts';
import { photoKey } from './rows.ts';

/** How long a picture that was taken here stays although no row names it: its act may not have come back yet. */
const UNNAMED_MS = 3 * DAY_MS;

/**
 * Drops pictures that no row on this phone names any more: their row has left it, or has forgotten them. One that was not
 * sent stays.
 * @param now epoch ms, the server's clock
 */
export async function dropUnnamedPhotos({ photos, rows }: LocalDatabase, now: number): Promise<void> {
  const ids = await photos.where('state').equals('kept').primaryKeys();
  for (const state of ['sent', 'refused']) {
    const old = photos.where('[state+at]').between([state, 0], [state, now - UNNAMED_MS]);
    ids.push(...(await old.primaryKeys()));
  }
  for (const id of ids) {
    const isNamed = (await rows.where('keys').equals(photoKey(id)).count()) > 0;
    if (!isNamed) await photos.delete(id);
  }
}

import { feedOf } from './database.ts';
import type { LocalDatabase, Tables } from './database.ts';
import { redraw } from './replay.ts';
import type { Foresight } from './replay.ts';

/** Removes everything that the phone held through these scopes. A row that stands in another one stays. */
export async function dropScopes(tables: Pick<Tables, 'rows' | 'answers'>, scopes: readonly string[]): Promise<void> {
  if (scopes.length === 0) return;
  const gone = new Set(scopes);
  const keys = (await tables.rows.toCollection().primaryKeys()).filter(([, , scope]) => gone.has(scope));
  await tables.rows.bulkDelete(keys);
  await tables.answers
    .where('scope')
    .anyOf([...gone])
    .delete();
}

/**
 * Drops the scopes that have ended by now (epoch ms, the server's clock), without asking anybody.
 * @returns when the next one ends, if any does
 */
export async function dropEndedScopes(
  database: LocalDatabase,
  foresight: Foresight,
  now: number,
): Promise<number | undefined> {
  const until = Object.entries((await feedOf(database)).until);
  const ended = until.filter(([, end]) => end <= now).map(([scope]) => scope);
  if (ended.length > 0) {
    await database.write(['rows', 'overlay', 'outbox', 'answers', 'meta'], async (tables) => {
      await dropScopes(tables, ended);
      const feed = await feedOf(tables);
      const left = Object.entries(feed.until).filter(([, end]) => end > now);
      await tables.meta.put({ ...feed, until: Object.fromEntries(left) });
      // The overlay may hold copies of the rows that went.
      await redraw(tables, foresight);
    });
  }
  const next = Math.min(...until.map(([, end]) => end).filter((end) => end > now));
  return Number.isFinite(next) ? next : undefined;
}

/** The server has ended this device: everything that was entrusted to it goes. What was never sent stays, to be read. */
export async function sealDatabase(database: LocalDatabase): Promise<void> {
  await database.write(['rows', 'overlay', 'outbox', 'sent', 'answers', 'drafts', 'meta'], async (tables) => {
    const { rows, overlay, sent, answers, drafts, outbox, meta } = tables;
    for (const table of [rows, overlay, sent, answers, drafts]) await table.clear();
    await outbox.where('state').anyOf('received', 'held').delete();
    await meta.put({ ...(await feedOf(tables)), cursor: null, until: {} });
    const session = await meta.get('session');
    if (session?.key === 'session') await meta.put({ ...session, ended: true });
  });
}

import { DAY_MS } from '../../domain/day.ts';
import { pause } from '../../domain/world.ts';
import type { World } from '../../domain/world.ts';
import { everything, feedOf } from './database.ts';
import type { LocalDatabase, Tables } from './database.ts';
import { dropUnnamedPhotos } from './drop-photos.ts';
import { redraw } from './replay.ts';
import type { Foresight } from './replay.ts';
import { ifRoom } from './room.ts';

/** Ms after which a full phone is tried again. */
const WITHOUT_ROOM_MS = 60_000;

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
 * @returns when to look again: when the next one ends, if any does; soon where the phone was too full to finish
 */
export async function dropEndedScopes(
  database: LocalDatabase,
  foresight: Foresight,
  now: number,
): Promise<number | undefined> {
  await dropOldAnswers(database, now);
  const until = Object.entries((await feedOf(database)).until);
  const ended = until.filter(([, end]) => end <= now).map(([scope]) => scope);
  if (ended.length > 0) {
    const drop = database.write(['rows', 'overlay', 'outbox', 'answers', 'meta'], async (tables) => {
      await dropScopes(tables, ended);
      const feed = await feedOf(tables);
      const left = Object.entries(feed.until).filter(([, end]) => end > now);
      await tables.meta.put({ ...feed, until: Object.fromEntries(left) });
      // The overlay may hold copies of the rows that went.
      await redraw(tables, foresight);
    });
    // Taking away needs no room: at least that. The rest is done once there is some.
    if (!(await ifRoom(drop))) {
      await ifRoom(database.write(['rows', 'answers'], (tables) => dropScopes(tables, ended)));
      return now + WITHOUT_ROOM_MS;
    }
  }
  await dropUnnamedPhotos(database, now);
  const next = Math.min(...until.map(([, end]) => end).filter((end) => end > now));
  return Number.isFinite(next) ? next : undefined;
}

/** Ms for which a desk's answer is kept that nobody has asked for again: who was to be looked after then, is not any more. */
const ANSWERS_KEPT_MS = 7 * DAY_MS;

async function dropOldAnswers({ answers }: LocalDatabase, now: number): Promise<void> {
  const old = await answers.filter(({ at }) => at < now - ANSWERS_KEPT_MS).primaryKeys();
  if (old.length > 0) await ifRoom(answers.bulkDelete(old));
}

/** Ms after which a store that would not be emptied is asked again. */
const SEAL_AGAIN_MS = 5_000;

/** Seals it for sure: a store that refuses is asked again until the page closes it. The next opening would ask as well. */
export async function sealSurely(database: LocalDatabase, world: Pick<World, 'after'>): Promise<void> {
  for (;;) {
    try {
      return await sealDatabase(database);
    } catch (error) {
      if (error instanceof Error && error.name === 'DatabaseClosedError') return;
      await pause(world, SEAL_AGAIN_MS);
    }
  }
}

/**
 * The server has ended this device: everything that was entrusted to it goes, pictures too. What was never sent stays, to be
 * read. `mayReturn`: another one signs in here; pictures that this one has not sent wait for it like its acts.
 */
export async function sealDatabase(database: LocalDatabase, { mayReturn = false } = {}): Promise<void> {
  const seal = database.write(everything, async (tables) => {
    await emptyAll(tables, mayReturn);
    await tables.meta.put({ ...(await feedOf(tables)), cursor: null, until: {} });
    const session = await tables.meta.get('session');
    if (session?.key === 'session') await tables.meta.put({ ...session, ended: true });
  });
  // Taking away needs no room. That it has ended, the server says again; where it had read to, nobody needs to know.
  if (!(await ifRoom(seal)))
    await database.write(everything, async (tables) => {
      await emptyAll(tables, mayReturn);
      await tables.meta.delete('feed');
    });
}

async function emptyAll({ rows, overlay, sent, answers, drafts, outbox, photos }: Tables, mayReturn: boolean) {
  for (const table of [rows, overlay, sent, answers, drafts]) await table.clear();
  await photos.filter(({ state }) => !(mayReturn && state === 'waiting')).delete();
  await outbox.where('state').anyOf('received', 'held').delete();
}

import type { Actor } from '../../domain/actor.ts';
import type { PullEnd } from '../../sync/wire.ts';
import { everything, feedOf, sessionOf, streamOf } from './database.ts';
import type { LocalDatabase, StoredRow, StreamRecord, Tables } from './database.ts';
import { dropScopes } from './drop-scopes.ts';
import { applyVerdicts, endCovered, forgetOldSent, hearEpoch, offerAgain } from './outbox.ts';
import { redraw } from './replay.ts';
import type { Foresight } from './replay.ts';

/** What a page of a pull brings. */
export interface Page {
  readonly drops: string[];
  readonly puts: StoredRow[];
  readonly gone: (readonly [entity: string, id: string, scope: string])[];
}

export const emptyPage = (): Page => ({ drops: [], puts: [], gone: [] });

/** Writes a page and its cursor in one transaction: a stream that is cut loses the page that was on its way, no more. */
export async function applyPage(
  database: LocalDatabase,
  foresight: Foresight,
  page: Page,
  cursor: string,
): Promise<void> {
  const plain = page.drops.length === 0;
  await database.write(plain ? ['rows', 'meta'] : ['rows', 'overlay', 'outbox', 'answers', 'meta'], async (tables) => {
    await writeRows(tables, page);
    await tables.meta.put({ ...(await feedOf(tables)), cursor });
    // The overlay may hold copies of the rows that went.
    if (!plain) await redraw(tables, foresight);
  });
}

/** What the last page needs to know of its pull. */
export interface PullStart {
  readonly stream: StreamRecord;
  /** Server's clock minus the phone's as this pull measured it, ms. */
  readonly offsetMs: number;
  /** The phone's clock, epoch ms. */
  readonly now: number;
  /** For a new stream, should one be needed. */
  readonly streamId: string;
}

/**
 * Writes the last page with its cursor, the verdicts and the overlay, in one transaction: an accepted entry's effect goes
 * in the same moment in which the server's own rows for it come.
 * @returns whether another pull is needed to cover what was answered, and whether entries were offered again
 */
export function applyLastPage(
  database: LocalDatabase,
  foresight: Foresight,
  page: Page,
  end: PullEnd,
  start: PullStart,
): Promise<{ uncovered: boolean; offeredAgain: boolean }> {
  return database.write(everything, async (tables) => {
    await writeRows(tables, page);
    await tables.meta.put({
      ...(await feedOf(tables)),
      cursor: end.cursor,
      freshAt: end.at,
      until: end.until,
      offsetMs: start.offsetMs,
    });
    await applyVerdicts(tables, end.verdicts, start.now);
    const offeredAgain = await offerWhatIsLost(tables, end, start);
    const uncovered = !offeredAgain && (await endCovered(tables, start.stream, end.lastSeq));
    await forgetOldSent(tables, start.now);
    const actor = await takeActor(tables, foresight.actor, end);
    await redraw(tables, { ...foresight, actor, offsetMs: start.offsetMs });
    return { uncovered, offeredAgain };
  });
}

/** Rights come with the rows that rest on them. @returns who acts from now on */
async function takeActor(tables: Pick<Tables, 'meta'>, before: Actor, { actor: told }: PullEnd): Promise<Actor> {
  const session = await sessionOf(tables);
  if (told === undefined || session === undefined) return before;
  const { person, roles, households, grants } = told;
  const actor: Actor = { ...session.actor, personId: person, roles, households, grants };
  await tables.meta.put({ ...session, actor });
  return actor;
}

/** A server restored from a backup has another epoch, or has forgotten verdicts that it gave. */
async function offerWhatIsLost(tables: Tables, end: PullEnd, { stream, streamId, now }: PullStart): Promise<boolean> {
  if (await hearEpoch(tables, end.epoch, streamId, now)) return true;
  const current = await streamOf(tables);
  if (current.id !== stream.id || stream.ackedSeq <= end.lastSeq) return false;
  await offerAgain(tables, streamId, now);
  return true;
}

async function writeRows(tables: Pick<Tables, 'rows' | 'answers'>, page: Page): Promise<void> {
  await dropScopes(tables, page.drops);
  if (page.gone.length > 0) await tables.rows.bulkDelete([...page.gone] as [string, string, string][]);
  if (page.puts.length > 0) await tables.rows.bulkPut(page.puts);
}

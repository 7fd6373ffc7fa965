import { openDatabase } from '../../src/server/database/open-database.ts';
import { silentLog } from '../../src/server/log.ts';
import { serverWorld } from '../../src/server/server-world.ts';

/** Every route of the app, and the addresses to look at it by. `{…}` is filled in from the rehearsal. */
export const SCREENS: Readonly<Record<string, readonly string[]>> = {
  '/': ['/'],
  '/pending': ['/pending'],
  '/call': ['/call'],
  '/me': ['/me'],
  '/who': ['/who'],
  '/in': ['/in'],
  '/:rest(.*)*': ['/nowhere'],
  '/check-in': ['/check-in'],
  '/check-in/unwell': ['/check-in/unwell'],
  '/desk': ['/desk'],
  '/buy': ['/buy'],
  '/buy/new': ['/buy/new'],
  '/buy/:id': ['/buy/{round}', '/buy/none'],
  '/help': ['/help'],
  '/help/new': ['/help/new?kind=medicine', '/help/new?kind=parcel'],
  '/help/:id': ['/help/{errand}', '/help/none'],
  '/notices': ['/notices'],
  '/notices/:id': ['/notices/{notice}', '/notices/none'],
  '/desk/notices/new': ['/desk/notices/new'],
};

/** Ids of the rehearsal's rows to fill into addresses: by name, or by role and name where they differ. */
export type ScreenIds = Readonly<Record<string, string>>;

/** @param volunteer the name of one who has claimed an errand @param errand what the others look at */
export async function findScreenIds(dataFolder: string, volunteer: string, errand = 'none'): Promise<ScreenIds> {
  const { db, stop } = await openDatabase({ dataFolder, join: true }, silentLog, serverWorld);
  const one = async (sql: string, ...values: string[]) => {
    const [row] = await db.query<{ id: string }>(sql, values);
    if (row === undefined) throw new Error(`the rehearsal has none: ${sql}`);
    return row.id;
  };
  try {
    return {
      errand,
      'volunteer errand': await one(
        `select id from errand where claimed_by_name = $1 and claimed_by is not null`,
        volunteer,
      ),
      round: await one(`select id from group_buy where title like '蔬菜%'`),
      notice: await one(`select id from notice where needs_receipt and level = 'urgent' order by published_at desc`),
    };
  } finally {
    await stop();
  }
}

/** @returns the address with its ids; one that nothing has where the role has none */
export function fillPath(path: string, role: string, ids: ScreenIds): string {
  return path.replace(/\{(\w+)\}/, (_, key: string) => ids[`${role} ${key}`] ?? ids[key] ?? 'none');
}

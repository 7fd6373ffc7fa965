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
  '/check-in/history': ['/check-in/history'],
  '/observation/:id': ['/observation/{observation}', '/observation/none'],
  '/people': ['/people', '/people?household={helped}'],
  '/people/others': ['/people/others'],
  '/desk/mode': ['/desk/mode'],
  '/desk': ['/desk'],
  '/desk/follow-ups': ['/desk/follow-ups'],
  '/desk/follow-ups/:id': ['/desk/follow-ups/{followUp}', '/desk/follow-ups/none'],
  '/desk/duty': ['/desk/duty'],
  '/desk/knock': ['/desk/knock'],
  '/desk/report': ['/desk/report'],
  '/desk/observations': ['/desk/observations'],
  '/buy': ['/buy'],
  '/buy/new': ['/buy/new'],
  '/buy/:id/edit': ['/buy/none/edit'],
  '/buy/:id/desk': ['/buy/{round}/desk', '/buy/none/desk'],
  '/buy/:id/arrival': ['/buy/{round}/arrival', '/buy/none/arrival'],
  '/buy/:id': ['/buy/{round}', '/buy/none'],
  '/buy/:id/claim': ['/buy/none/claim'],
  '/buy/:id/hand-out': ['/buy/{handedOut}/hand-out', '/buy/none/hand-out'],
  '/runs': ['/runs'],
  '/runs/:groupBuyId/:building/:unit': ['/runs/{handedOut}/{building}/{unit}', '/runs/none/1栋/1'],
  '/buy/:id/sheet': ['/buy/{round}/sheet', '/buy/none/sheet'],
  '/buy/:id/labels': ['/buy/{round}/labels'],
  '/buy/:id/supplier': ['/buy/{round}/supplier'],
  '/buy/:id/list': ['/buy/{round}/list', '/buy/none/list'],
  '/buy/:id/paste': ['/buy/{round}/paste', '/buy/none/paste'],
  '/buy/:id/for': ['/buy/{round}/for', '/buy/none/for'],
  '/buy/:id/money': ['/buy/{round}/money', '/buy/none/money'],
  '/buy/:id/closing': ['/buy/{round}/closing'],
  '/buy/:id/weigh': ['/buy/{round}/weigh'],
  '/buy/:id/claims': ['/buy/{round}/claims'],
  '/buy/money/code': ['/buy/money/code'],
  '/help': ['/help'],
  '/help/new': ['/help/new?kind=medicine', '/help/new?kind=parcel'],
  '/help/:id': ['/help/{errand}', '/help/none'],
  '/notices': ['/notices'],
  '/notices/:id': ['/notices/{notice}', '/notices/none'],
  '/desk/notices/new': ['/desk/notices/new'],
  '/sweeps': ['/sweeps'],
  '/sweep/:id': ['/sweep/{sweep}', '/sweep/none'],
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
    const elder = await one(`select household_id as id from person where name = '王秀兰' and household_id <> ''`);
    return {
      'gridWorker helped': elder,
      'volunteer helped': elder,
      'gridWorker followUp': await one(
        `select coalesce((select id from follow_up where grid = '二格' and closed_at is null order by opened_at limit 1), 'none') as id`,
      ),
      errand,
      'volunteer errand': await one(
        `select id from errand where claimed_by_name = $1 and claimed_by is not null`,
        volunteer,
      ),
      round: await one(`select id from group_buy where state = 'open' and title like '蔬菜%'`),
      draft: await one(`select id from group_buy where state = 'draft'`),
      arrived: await one(`select id from group_buy where state = 'arrived'`),
      settled: await one(`select id from group_buy where state = 'settled'`),
      handedOut: await one(`select id from group_buy where state = 'handingOut'`),
      building: await one(
        `select building as id from hand_out_run where person_name = $1 and ended is null`,
        volunteer,
      ),
      unit: await one(`select unit as id from hand_out_run where person_name = $1 and ended is null`, volunteer),
      notice: await one(`select id from notice where needs_receipt and level = 'urgent' order by published_at desc`),
      // Of the grid worker's own grid: nobody else reads of somebody's health.
      'gridWorker observation': await one(`select id from observation where grid = '二格' order by started_at desc`),
      sweep: await one(`select coalesce((select id from sweep order by started_at desc limit 1), 'none') as id`),
    };
  } finally {
    await stop();
  }
}

/** @returns the address with its ids; one that nothing has where the role has none */
export function fillPath(path: string, role: string, ids: ScreenIds): string {
  return path.replace(/\{(\w+)\}/g, (_, key: string) =>
    encodeURIComponent(ids[`${role} ${key}`] ?? ids[key] ?? 'none'),
  );
}

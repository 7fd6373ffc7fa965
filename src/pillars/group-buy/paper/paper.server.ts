import type { Context } from 'hono';
import { mayOrganise } from '../order-rules.ts';
import { readPaperRound, sortingSheetOf } from './read.server.ts';
import { ordersCsv } from './orders-csv.ts';
import { ordersXlsx } from './orders-xlsx.server.ts';
import { readSupplierSheet } from './supplier.server.ts';
import { tableTexts as words } from './table-texts.ts';
import type { AppVariables, ServerSlice } from '../../../server/slice.ts';
import type { Sql } from '../../../server/database/database.ts';

const KINDS = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

/** A round on paper: sheets to sort and to order by, tables to take along. For who may not organise there is none. */
export const paperRoutes: NonNullable<ServerSlice['routes']> = (app, { db, world, log }) => {
  /** Reads in one snapshot; undefined for who may not, and where there is no such round. */
  const read = async <T>(
    c: Context<AppVariables>,
    work: (sql: Sql, communityId: string, id: string) => Promise<T | undefined>,
  ): Promise<T | undefined> => {
    const actor = c.get('actor');
    const id = c.req.param('id') ?? '';
    // The database refuses this sign in any text: nothing can be called so.
    if (!mayOrganise(actor, world.now()) || id.includes('\0')) return undefined;
    return db.transaction((sql) => work(sql, actor.communityId, id), 'snapshot');
  };

  /** What leaves the app as a file is written down: by whom, of which round, how much; no names. */
  const file = (c: Context<AppVariables>, kind: keyof typeof KINDS, title: string, orders: number): void => {
    const { communityId, personId, deviceId } = c.get('actor');
    log.info('exported', { what: `orders.${kind}`, communityId, round: c.req.param('id'), orders, personId, deviceId });
    c.header('Content-Type', KINDS[kind]);
    c.header('Content-Disposition', attachment(`${title}-${words.orders}.${kind}`, `orders.${kind}`));
  };

  app.get('/group-buys/:id/sheet', async (c) => {
    const found = await read(c, (sql, communityId, id) => readPaperRound(sql, communityId, id, world.now()));
    return found === undefined ? c.notFound() : c.json(sortingSheetOf(found));
  });

  app.get('/group-buys/:id/supplier', async (c) => {
    const found = await read(c, (sql, communityId, id) => readSupplierSheet(sql, communityId, id, world.now()));
    return found === undefined ? c.notFound() : c.json(found);
  });

  app.get('/group-buys/:id/orders.csv', async (c) => {
    const found = await read(c, (sql, communityId, id) => readPaperRound(sql, communityId, id, world.now()));
    if (found === undefined) return c.notFound();
    file(c, 'csv', found.head.title, found.orders.length);
    return c.body(ordersCsv(found.columns, found.head.slots, found.orders));
  });

  app.get('/group-buys/:id/orders.xlsx', async (c) => {
    const found = await read(c, async (sql, communityId, id) => {
      const round = await readPaperRound(sql, communityId, id, world.now());
      const supplier = await readSupplierSheet(sql, communityId, id, world.now());
      return round && supplier && { round, supplier };
    });
    if (found === undefined) return c.notFound();
    const book = await ordersXlsx(found.round, found.supplier);
    file(c, 'xlsx', found.round.head.title, found.round.orders.length);
    return c.body(new Uint8Array(book));
  });
};

/** A name for the file in any writing (RFC 6266, RFC 8187), and one for what reads ASCII alone. */
export function attachment(name: string, plain: string): string {
  const safe = encodeURIComponent(name.replace(/[\\/:*?"<>|]|\p{Cc}/gu, '-')).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${safe}`;
}

import { v7 } from 'uuid';
import type { Database, Sql } from '../../src/server/database/database.ts';
import type { WireDevice } from '../support/wire-client.ts';
import { ITEMS, together, wishesOf, type Done, type RushRound, type RushRun } from './rush-crowd.ts';

/** A pool of the usual size for two cores. */
const CONNECTIONS = 16;

const tables = `
  create table if not exists hand_item (id text primary key, round_id text not null, price_fen int not null, stock int not null, sold int not null);
  create table if not exists hand_order (id text primary key, round_id text not null, household_id text not null, state text not null, total_fen int not null, unique (round_id, household_id));
  create table if not exists hand_line (order_id text not null, item_id text not null, quantity int not null, price_fen int not null, primary key (order_id, item_id));
  create table if not exists hand_waiting (id bigserial primary key, item_id text not null, household_id text not null, quantity int not null, state text not null);
  create index if not exists hand_waiting_by_item on hand_waiting (item_id, id) where state = 'waiting'`;

/**
 * The same rush on the data model that such shops have (items with a stock, orders, order lines, a queue) and as a good
 * plain server would write it: one SQL transaction an act, the items' rows locked in their order. No HTTP, no session, no
 * verdict that is kept, no feed, no book.
 */
export async function rushByHand(db: Database, devices: readonly WireDevice[], stock: number): Promise<RushRun> {
  for (const statement of tables.split(';')) await db.query(statement);
  const round: RushRound = { id: v7(), items: Array.from({ length: ITEMS }, () => v7()) };
  await db.query('insert into hand_item select unnest($1::text[]), $2, 3980, $3, 0', [round.items, round.id, stock]);
  const lane = lanes(CONNECTIONS);
  const act = <T>(work: (sql: Sql) => Promise<T>): Promise<T> => lane(() => db.transaction(work));
  return together(
    devices,
    (device, i, tellFirst) => orderOne(act, round, device.householdId, wishesOf(round, i), tellFirst),
    async (device) => {
      await act((sql) => takeBack(sql, round, device.householdId));
      return true;
    },
  );
}

type Act = <T>(work: (sql: Sql) => Promise<T>) => Promise<T>;

/** So many at a time, in the order in which they came. */
function lanes(width: number): <T>(work: () => Promise<T>) => Promise<T> {
  let free = width;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free++;
      else next();
    }
  };
}

async function orderOne(
  act: Act,
  round: RushRound,
  home: string,
  wanted: readonly string[],
  tellFirst: () => void,
): Promise<Done> {
  let wishes = wanted;
  let gone = await act((sql) => place(sql, round, home, wishes));
  tellFirst();
  let [asked, waited] = [1, 0];
  while (gone !== undefined) {
    const out = gone;
    const joined = await act((sql) => wait(sql, home, out));
    asked++;
    if (joined) {
      waited++;
      wishes = wishes.filter((itemId) => itemId !== out);
    }
    if (wishes.length === 0) return { asked, ordered: 0, waited };
    gone = await act((sql) => place(sql, round, home, wishes));
    asked++;
  }
  return { asked, ordered: 1, waited };
}

interface Stocked {
  readonly id: string;
  readonly stock: number;
  readonly sold: number;
}

const lockItems = (sql: Sql, ids: readonly string[]): Promise<Stocked[]> =>
  sql.query<Stocked>('select id, stock, sold from hand_item where id = any($1) order by id for update', [ids]);

/** @returns the item that is sold out, where one is */
async function place(sql: Sql, round: RushRound, home: string, wishes: readonly string[]): Promise<string | undefined> {
  const items = await lockItems(sql, wishes);
  const gone = items.find((one) => one.sold >= one.stock);
  if (gone !== undefined) return gone.id;
  await sql.query('update hand_item set sold = sold + 1 where id = any($1)', [wishes]);
  await addLines(sql, round.id, home, wishes);
  return undefined;
}

async function addLines(sql: Sql, roundId: string, home: string, itemIds: readonly string[]): Promise<void> {
  const [order] = await sql.query<{ id: string }>(
    `insert into hand_order values ($1, $2, $3, 'placed', $4)
     on conflict (round_id, household_id) do update set state = 'placed', total_fen = hand_order.total_fen + excluded.total_fen returning id`,
    [v7(), roundId, home, itemIds.length * 3_980],
  );
  await sql.query('insert into hand_line select $1, unnest($2::text[]), 1, 3980 on conflict do nothing', [
    order!.id,
    itemIds,
  ]);
}

/** @returns whether it waits: something may have come free meanwhile */
async function wait(sql: Sql, home: string, itemId: string): Promise<boolean> {
  const [item] = await lockItems(sql, [itemId]);
  if (item!.sold < item!.stock) return false;
  await sql.query(`insert into hand_waiting (item_id, household_id, quantity, state) values ($1, $2, 1, 'waiting')`, [
    itemId,
    home,
  ]);
  return true;
}

/** Each portion goes to the first who waits for it, or is free. */
async function takeBack(sql: Sql, round: RushRound, home: string): Promise<void> {
  const lines = await sql.query<{ itemId: string }>(
    `select item_id as "itemId" from hand_line l join hand_order o on o.id = l.order_id where o.round_id = $1 and o.household_id = $2`,
    [round.id, home],
  );
  const ids = lines.map((line) => line.itemId);
  await lockItems(sql, ids);
  await sql.query(
    `with gone as (update hand_order set state = 'cancelled', total_fen = 0 where round_id = $1 and household_id = $2 returning id)
     delete from hand_line where order_id in (select id from gone)`,
    [round.id, home],
  );
  for (const itemId of ids) {
    const [next] = await sql.query<{ householdId: string }>(
      `update hand_waiting set state = 'served' where id = (
         select id from hand_waiting where item_id = $1 and state = 'waiting' order by id limit 1) returning household_id as "householdId"`,
      [itemId],
    );
    if (next === undefined) await sql.query('update hand_item set sold = sold - 1 where id = $1', [itemId]);
    else await addLines(sql, round.id, next.householdId, [itemId]);
  }
}

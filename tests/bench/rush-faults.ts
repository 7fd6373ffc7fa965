import type { Database } from '../../src/server/database/database.ts';

interface Counted {
  readonly name: string;
  readonly stock: number;
  readonly sold: number;
  readonly waiting: number;
  readonly ordered: number;
  readonly queued: number;
  /** The highest ticket that was served whole, and the lowest that still waits. */
  readonly served: number | null;
  readonly behind: number | null;
}

/** What a rush left wrong in a round, a line each: counted from the orders and places themselves. */
export async function faultsOf(db: Database, groupBuyId: string): Promise<string[]> {
  const items = await db.query<Counted>(
    `select i.name, i.stock, i.sold, coalesce(i.waiting, 0) as waiting,
            coalesce((select sum((line ->> 'quantity')::int)
               from group_buy_order o, jsonb_array_elements(o.lines) as line
              where o.group_buy_id = $1 and o.state = 'placed' and line ->> 'itemId' = i.id), 0)::int as ordered,
            coalesce((select sum(w.quantity) from waiting_place w where w.item_id = i.id and w.state = 'waiting'), 0)::int as queued,
            (select max(w.ticket) from waiting_place w where w.item_id = i.id and w.state = 'served') as served,
            (select min(w.ticket) from waiting_place w where w.item_id = i.id and w.state = 'waiting') as behind
       from group_buy_item i where i.group_buy_id = $1`,
    [groupBuyId],
  );
  const [book] = await db.query<{ apart: number }>(
    `select count(*)::int as apart from group_buy_order o
      where o.group_buy_id = $1 and o.total_fen <> coalesce((
        select sum((p ->> 'fen')::bigint) from ledger_entry e, jsonb_array_elements(e.postings) as p
         where e.group_buy_id = $1 and e.household_id = o.household_id and p ->> 'account' = 'household:' || o.household_id), 0)`,
    [groupBuyId],
  );
  const faults = items.flatMap((one) => [
    ...(one.ordered > one.stock || one.sold > one.stock ? [`${one.name}: ${one.ordered} of ${one.stock} sold`] : []),
    ...(one.sold !== one.ordered ? [`${one.name}: counts ${one.sold}, ordered are ${one.ordered}`] : []),
    ...(one.waiting !== one.queued ? [`${one.name}: counts ${one.waiting} waiting, there are ${one.queued}`] : []),
    ...(one.queued > 0 && one.sold < one.stock ? [`${one.name}: ${one.stock - one.sold} free, unserved`] : []),
    ...(one.served !== null && one.behind !== null && one.behind < one.served ? [`${one.name}: out of turn`] : []),
  ]);
  if (items.length === 0) faults.push('the round has no items');
  if (book!.apart > 0) faults.push(`${book!.apart} orders differ from the book`);
  return faults;
}

import { CARRYING_ORDER } from '../hand-out/carrying-order.server.ts';
import { mayOrganise } from '../order-rules.ts';
import { bookLines, closingItems, inMoneyOrder, sidesOf, sumsOf } from './money-view.ts';
import type { ClosingReceipt, ClosingSheet, DoorMoney, ReceivedPayment, RoundMoney } from './money-view.ts';
import type { EntryKind, LedgerEntry, Posting } from './schema.ts';
import type { GroupBuy, OrderLine } from '../schema.ts';
import type { ServerSlice } from '../../../server/slice.ts';
import type { Sql } from '../../../server/database/database.ts';

/** A round's money, for who organises. For others there is no such page. */
export const moneyRoutes: NonNullable<ServerSlice['routes']> = (app, { db, world }) => {
  app.get('/group-buys/:id/money', async (c) => {
    const actor = c.get('actor');
    if (!mayOrganise(actor, world.now())) return c.notFound();
    const read = await db.transaction((sql) => readMoney(sql, actor.communityId, c.req.param('id')), 'snapshot');
    return read === undefined ? c.notFound() : c.json(read.money);
  });
  app.get('/group-buys/:id/closing', async (c) => {
    const actor = c.get('actor');
    const now = world.now();
    if (!mayOrganise(actor, now)) return c.notFound();
    const id = c.req.param('id');
    const sheet = await db.transaction((sql) => closingOf(sql, actor.communityId, id, now), 'snapshot');
    return sheet === undefined ? c.notFound() : c.json(sheet);
  });
};

/** Every kind of entry, in the order in which they happen. */
const KINDS: readonly EntryKind[] = [
  'order',
  'change',
  'fromQueue',
  'cancel',
  'short',
  'similar',
  'weighing',
  'claim',
  'notReached',
  'payment',
  'paymentBack',
  'refund',
  'supplier',
  'supplierBack',
];

type Entry = Pick<LedgerEntry, 'id' | 'kind' | 'postings' | 'at' | 'householdId' | 'of'> & { readonly byName?: string };
type DoorRow = Omit<DoorMoney, 'lastPayment'> & { readonly lines: readonly OrderLine[] };

async function readMoney(sql: Sql, communityId: string, id: string) {
  const values = [communityId, id];
  const [round] = await sql.query<Pick<GroupBuy, 'id' | 'title' | 'state' | 'payment' | 'closesAt'>>(
    `select id, title, state, payment, closes_at as "closesAt" from group_buy where community_id = $1 and id = $2`,
    values,
  );
  if (round === undefined) return undefined;
  const rows = (await sql.query<DoorRow>(DOORS, values)).map(withoutNulls);
  const entries = (await sql.query<Entry>(ENTRIES, values)).map(withoutNulls);
  const last = standingPayments(entries);
  const doors = rows.map(({ lines: _, ...door }): DoorMoney => {
    const lastPayment = last.get(door.householdId);
    return lastPayment === undefined ? door : { ...door, lastPayment };
  });
  const book = sidesOf(entries.flatMap((one) => one.postings));
  const { closesAt, ...named } = withoutNulls(round);
  const money: RoundMoney = { ...named, sums: sumsOf(doors, book, supplierFen(entries)), doors: inMoneyOrder(doors) };
  return { money, closesAt, entries, lines: rows.flatMap((row) => (row.state === 'placed' ? row.lines : [])) };
}

async function closingOf(sql: Sql, communityId: string, id: string, now: number): Promise<ClosingSheet | undefined> {
  const read = await readMoney(sql, communityId, id);
  if (read === undefined) return undefined;
  const items = await sql.query<{ id: string; name: string; unit: string }>(
    `select id, name, unit from group_buy_item where community_id = $1 and group_buy_id = $2 order by position`,
    [communityId, id],
  );
  const receipts = await sql.query<ClosingReceipt>(
    `select fen, supplier, added_at as "addedAt", added_by_name as "addedByName" from supplier_receipt
      where community_id = $1 and group_buy_id = $2 and removed_at is null order by added_at, id`,
    [communityId, id],
  );
  const [town] = await sql.query<{ name: string }>('select name from community where community_id = $1', [communityId]);
  return {
    ...read.money,
    communityName: town?.name ?? '',
    closesAt: read.closesAt,
    at: now,
    items: closingItems(items, read.lines),
    receipts: receipts.map(withoutNulls),
    book: bookLines(KINDS, read.entries),
  };
}

/** The newest payment of each household that was not booked back. */
function standingPayments(entries: readonly Entry[]): ReadonlyMap<string, ReceivedPayment> {
  const back = new Set(entries.filter((one) => one.kind === 'paymentBack').map((one) => one.of));
  const found = new Map<string, ReceivedPayment>();
  for (const { id, kind, householdId, postings, at, byName } of entries) {
    if (kind !== 'payment' || householdId === undefined || back.has(id)) continue;
    found.set(householdId, { entryId: id, fen: cashOf(postings), at, ...(byName !== undefined && { byName }) });
  }
  return found;
}

const cashOf = (postings: readonly Posting[]): number => sidesOf(postings).cashFen;

function supplierFen(entries: readonly Entry[]): number {
  const those = entries.filter((one) => one.kind === 'supplier' || one.kind === 'supplierBack');
  return -those.reduce((sum, one) => sum + cashOf(one.postings), 0);
}

/** A column that is null is a field that is absent. */
function withoutNulls<T extends object>(record: T): T {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null)) as T;
}

/** Every order that stands, and every other with which money changed hands. A door that is gone still has its money. */
const DOORS = `
  select o.household_id as "householdId", coalesce(h.door, o.door) as door, coalesce(h.building_name, '') as building,
         coalesce(h.unit, '') as unit, coalesce(h.floor, 0) as floor, coalesce(h.room, '') as room,
         o.state, o.number, o.lines, o.total_fen as "totalFen", coalesce(o.paid_fen, 0)::bigint as "paidFen",
         coalesce(o.refunded_fen, 0)::bigint as "refundedFen", o.said_paid as "saidPaid"
    from group_buy_order o
    left join household h on h.community_id = $1 and h.id = o.household_id
    left join building b on b.community_id = $1 and b.id = h.building_id
   where o.community_id = $1 and o.group_buy_id = $2
     and (o.state = 'placed' or o.paid_fen is not null or o.refunded_fen is not null or o.said_paid is not null)
   order by ${CARRYING_ORDER}`;

/** The whole book of a round, oldest first. */
const ENTRIES = `
  select e.id, e.kind, e.postings, e.at, e.household_id as "householdId", e.of_entry as of, p.name as "byName"
    from ledger_entry e
    left join person p on p.community_id = $1 and p.id = e.person_id
   where e.community_id = $1 and e.group_buy_id = $2
   order by e.booked_at, e.at, e.id`;

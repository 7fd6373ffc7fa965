import { CARRYING_ORDER } from '../hand-out/carrying-order.server.ts';
import { lookedAfterBornBy } from './looked-after.ts';
import { missingFen } from './short-lines.ts';
import { owedFen } from '../money/book.ts';
import type { ArrivalHousehold, ArrivalItem, ArrivalList, ChangeSlip, Shortage, ShortLine } from './answers.ts';
import type { Database, Sql } from '../../../server/database/database.ts';
import type { IfShort, Order, RoundState, ShareRule } from '../schema.ts';

/** What was ordered, for counting what came. @param now epoch ms @returns undefined where there is no such round */
export function arrivalOf(
  db: Database,
  communityId: string,
  id: string,
  now: number,
): Promise<ArrivalList | undefined> {
  return db.transaction(async (sql) => {
    const round = await roundOf(sql, communityId, id);
    if (round === undefined) return undefined;
    const eldersFirst = round.share?.eldersFirst === true;
    const items = await sql.query<Nullable<ArrivalItem>>(ITEMS, [communityId, id]);
    const orders = await sql.query<OrderRow & { first: boolean }>(ORDERS, [communityId, id, lookedAfterBornBy(now)]);
    const households = orders.map(({ householdId, door, number, first, lines }): ArrivalHousehold => ({
      householdId,
      door,
      ...(number !== null && { number }),
      first: eldersFirst && first,
      lines: lines.map(({ itemId, quantity, ifShort }) => ({ itemId, quantity, ifShort })),
    }));
    const { title, state, seed } = round;
    const known = items.map((one) => present<ArrivalItem>(one));
    return { id, title, state, seed: seed ?? id, eldersFirst, items: known, households };
  }, 'snapshot');
}

/** Who was cut short, and whom to ring. @returns undefined where there is no such round */
export function shortageOf(db: Database, communityId: string, id: string): Promise<Shortage | undefined> {
  return db.transaction(async (sql) => {
    const round = await roundOf(sql, communityId, id);
    if (round === undefined) return undefined;
    const orders = await sql.query<OrderRow>(SHORT_ORDERS, [communityId, id]);
    const lines = orders.flatMap(shortLines).sort((a, b) => urgency(a) - urgency(b));
    const toRing = [...new Set(lines.filter(isToRing).map(({ householdId }) => householdId))];
    const people = toRing.length === 0 ? [] : await sql.query<Contact>(CONTACTS, [communityId, toRing]);
    const { title, state, share } = round;
    return {
      id,
      title,
      state,
      eldersFirst: share?.eldersFirst === true,
      lines: lines.map((line) => (isToRing(line) ? { ...line, people: contactsOf(people, line.householdId) } : line)),
      slips: orders.map(slipOf),
    };
  }, 'snapshot');
}

type Nullable<T> = { readonly [K in keyof T]: T[K] | null };
type Contact = { readonly householdId: string; readonly name: string; readonly phone: string };
type OrderRow = Pick<Order, 'householdId' | 'door' | 'lines' | 'totalFen'> & {
  readonly number: number | null;
  readonly paidFen: number | null;
  readonly refundedFen: number | null;
};

async function roundOf(sql: Sql, communityId: string, id: string) {
  const [round] = await sql.query<{ title: string; state: RoundState; seed: string | null; share: ShareRule | null }>(
    'select title, state, seed, share from group_buy where community_id = $1 and id = $2',
    [communityId, id],
  );
  return round;
}

function shortLines({ householdId, door, number, lines }: OrderRow): ShortLine[] {
  return lines.flatMap((line) => {
    const { itemId, name, unit, quantity, got, short, ifShort, similar } = line;
    if (got === undefined || short === undefined) return [];
    return {
      householdId,
      door,
      ...(number !== null && { number }),
      itemId,
      name,
      unit,
      quantity,
      got,
      why: short,
      ifShort,
      missingFen: missingFen(line),
      ...(similar !== undefined && { similar }),
    };
  });
}

/** What is settled already comes last. */
function urgency({ ifShort, similar }: ShortLine): number {
  const order: Readonly<Record<IfShort, number>> = { ask: 0, similar: 1, drop: 2 };
  return similar === undefined ? order[ifShort] : 3;
}

const isToRing = ({ ifShort, similar }: ShortLine): boolean => ifShort === 'ask' && similar === undefined;

function contactsOf(people: readonly Contact[], householdId: string) {
  return people.filter((one) => one.householdId === householdId).map(({ name, phone }) => ({ name, phone }));
}

function slipOf({ householdId, door, number, lines, totalFen, paidFen, refundedFen }: OrderRow): ChangeSlip {
  return {
    householdId,
    door,
    ...(number !== null && { number }),
    lines: lines.map(({ name, unit, quantity, got, similar, short }) => ({
      name,
      unit,
      quantity,
      ...(got !== undefined && { got }),
      ...(similar !== undefined && { similar }),
      ...(short !== undefined && { short }),
    })),
    beforeFen: lines.reduce((sum, { quantity, priceFen }) => sum + quantity * priceFen, 0),
    totalFen,
    owedFen: owedFen({ totalFen, paidFen: paidFen ?? 0, refundedFen: refundedFen ?? 0 }),
  };
}

/** A column that is null is a field that is absent. */
function present<T>(record: Nullable<T>): T {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null)) as T;
}

const ITEMS = `
  select i.id, i.name, i.unit, i.case_size as "caseSize", sum(l.quantity)::int as ordered, i.arrived
    from group_buy_item i
    join (
      select line ->> 'itemId' as item_id, (line ->> 'quantity')::int as quantity
        from group_buy_order o, jsonb_array_elements(o.lines) as line
       where o.community_id = $1 and o.group_buy_id = $2 and o.state = 'placed'
    ) l on l.item_id = i.id
   where i.community_id = $1 and i.group_buy_id = $2
   group by i.id, i.name, i.unit, i.case_size, i.arrived, i.position
   order by i.position`;

/** `first` is `isLookedAfter` in SQL; $3: the last year of birth that counts. */
const ORDERS = `
  select o.household_id as "householdId", o.door, o.number, o.lines, o.total_fen as "totalFen",
         exists (
           select 1 from person p
            where p.community_id = $1 and p.household_id = o.household_id and p.presence = 'home'
              and (p.birth_year <= $3 or jsonb_array_length(p.needs) > 0)
         ) as first
    from group_buy_order o
    join household h on h.community_id = $1 and h.id = o.household_id
    left join building b on b.community_id = $1 and b.id = h.building_id
   where o.community_id = $1 and o.group_buy_id = $2 and o.state = 'placed'
   order by ${CARRYING_ORDER}`;

const SHORT_ORDERS = `
  select o.household_id as "householdId", o.door, o.number, o.lines, o.total_fen as "totalFen",
         o.paid_fen as "paidFen", o.refunded_fen as "refundedFen"
    from group_buy_order o
    join household h on h.community_id = $1 and h.id = o.household_id
    left join building b on b.community_id = $1 and b.id = h.building_id
   where o.community_id = $1 and o.group_buy_id = $2 and o.state = 'placed'
     and jsonb_path_exists(o.lines, '$[*].short')
   order by ${CARRYING_ORDER}`;

/** As the household lists them; whoever has moved out or died is not rung. */
const CONTACTS = `
  select household_id as "householdId", name, phone
    from person
   where community_id = $1 and household_id = any($2) and coalesce(phone, '') <> ''
     and presence not in ('movedOut', 'deceased')
   order by household_id, position`;

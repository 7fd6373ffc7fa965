import { groupBy } from '../../../domain/group-by.ts';
import { inCarryingOrder } from '../hand-out/carrying-order.ts';
import { stairwayKey, summed } from './sheet.ts';
import type { Fen } from '../../../domain/money.ts';
import type { BagAddress, DeliverySlot, Similar } from '../schema.ts';
import type { Sql } from '../../../server/database/database.ts';
import type { PaperHead, SheetColumn, SheetStairway, SortingSheet } from './sheet.ts';

/** An order as paper and tables need it: where it goes, and what is in it by column. */
export interface PaperOrder extends BagAddress {
  readonly door: string;
  readonly number?: number;
  readonly counts: readonly number[];
  readonly note?: string;
  readonly slotId?: string;
  /** The name that the household shows in the public list. For tables alone, never for what hangs at a door. */
  readonly listedAs?: string;
  readonly totalFen: Fen;
}

/** A round with its standing orders in carrying order. */
export interface PaperRound {
  readonly head: PaperHead & { readonly place?: string; readonly slots: readonly DeliverySlot[] };
  readonly columns: readonly SheetColumn[];
  readonly orders: readonly PaperOrder[];
}

/** Reads a round for paper; within one snapshot, so that sums and orders agree. @returns undefined where there is none */
export async function readPaperRound(
  sql: Sql,
  communityId: string,
  id: string,
  now: number,
): Promise<PaperRound | undefined> {
  const head = await readHead(sql, communityId, id, now);
  if (head === undefined) return undefined;
  const items = await sql.query<{ id: string; name: string; unit: string; sensitive: boolean | null }>(
    `select id, name, unit, sensitive from group_buy_item
      where community_id = $1 and group_buy_id = $2 order by position, id`,
    [communityId, id],
  );
  const columns: SheetColumn[] = items.map(({ name, unit, sensitive }) => ({
    name,
    unit,
    ...(sensitive === true && { sensitive }),
  }));
  const columnOf = JSON.stringify(Object.fromEntries(items.map((item, column) => [item.id, column])));
  const found = await sql.query<FoundOrder>(ORDERS, [communityId, id, columnOf]);
  const instead = columnsInstead(columns, found);
  return {
    head,
    columns,
    orders: found
      .map((row) => ({ row, order: orderOf(row, columns.length, instead) }))
      .sort((a, b) => a.row.position - b.row.position || inCarryingOrder(a.order, b.order) || byDoor(a.order, b.order))
      .map(({ order }) => order),
  };
}

/** @returns what the round's sheets say above all else */
export async function readHead(
  sql: Sql,
  communityId: string,
  id: string,
  now: number,
): Promise<PaperRound['head'] | undefined> {
  const [row] = await sql.query<
    Omit<PaperRound['head'], 'at' | 'slots' | 'place'> & { place: string | null; slots: DeliverySlot[] | null }
  >(
    `select g.id, g.title, g.state, g.closes_at as "closesAt", g.place, g.slots, c.name as "communityName"
       from group_buy g join community c on c.community_id = $1 and c.id = $1
      where g.community_id = $1 and g.id = $2`,
    [communityId, id],
  );
  if (row === undefined) return undefined;
  const { place, slots, ...rest } = row;
  return { ...rest, at: now, slots: slots ?? [], ...(place !== null && { place }) };
}

/** The round as the sheet that is sorted by. */
export function sortingSheetOf({ head, columns, orders }: PaperRound): SortingSheet {
  const stairways = [...groupBy(orders, stairwayKey).values()].map((own): SheetStairway => {
    const { building, unit } = own[0]!;
    return {
      building,
      unit,
      totals: summed(own, columns.length),
      doors: own.map(({ door, floor, number, counts, note, slotId }) => ({
        door,
        floor,
        counts,
        ...(number !== undefined && { number }),
        ...(note !== undefined && { note }),
        ...(slotId !== undefined && { slotId }),
      })),
    };
  });
  return { ...head, columns, totals: summed(orders, columns.length), stairways };
}

interface FoundOrder extends BagAddress {
  readonly position: number;
  readonly door: string;
  readonly number: number | null;
  readonly note: string | null;
  readonly slotId: string | null;
  readonly listedAs: string | null;
  readonly totalFen: number;
  /** `column:portions`, by commas. */
  readonly counts: string | null;
  readonly similar: readonly Similar[] | null;
}

/**
 * Where a bag goes is fixed when the round arrives; until then it is where the household lives. Portions are picked out here and
 * not sent as whole lines: of a large round those are megabytes.
 */
const ORDERS = `
  select coalesce(b.position, 2147483647) as position, a.building, a.unit, a.floor, a.room,
         case when o.bag is null or (h.building_name, h.unit, h.room) = (a.building, a.unit, a.room)
              then coalesce(h.door, o.door) else o.door end as door,
         o.number, o.note, o.slot_id as "slotId", o.listed_as as "listedAs", o.total_fen as "totalFen",
         (select string_agg(($3::jsonb ->> (line ->> 'itemId')) || ':' || coalesce(line ->> 'got', line ->> 'quantity'), ',')
            from jsonb_array_elements(o.lines) as line) as counts,
         case when o.bag is not null then nullif(jsonb_path_query_array(o.lines, '$[*].similar'), '[]') end as similar
    from group_buy_order o
    left join household h on h.community_id = $1 and h.id = o.household_id
    cross join lateral (
      select coalesce(o.bag ->> 'building', h.building_name, '') as building, coalesce(o.bag ->> 'unit', h.unit, '') as unit,
             coalesce((o.bag ->> 'floor')::int, h.floor, 0) as floor, coalesce(o.bag ->> 'room', h.room, '') as room
    ) a
    left join building b on b.community_id = $1 and b.name = a.building
   where o.community_id = $1 and o.group_buy_id = $2 and o.state = 'placed'`;

/** Adds a column for each thing that is given in place of another. @returns its place by name and unit */
function columnsInstead(columns: SheetColumn[], orders: readonly FoundOrder[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (const { name, unit } of orders.flatMap(({ similar }) => similar ?? [])) {
    const key = JSON.stringify([name, unit]);
    if (places.has(key)) continue;
    places.set(key, columns.length);
    columns.push({ name, unit, instead: true });
  }
  return places;
}

function orderOf(row: FoundOrder, columns: number, instead: ReadonlyMap<string, number>): PaperOrder {
  const { building, unit, floor, room, door, number, note, slotId, listedAs, totalFen } = row;
  const counts = new Array<number>(columns).fill(0);
  for (const part of row.counts?.split(',') ?? []) {
    const [column, portions] = part.split(':').map(Number);
    counts[column!]! += portions!;
  }
  for (const { name, unit: of, quantity } of row.similar ?? []) {
    counts[instead.get(JSON.stringify([name, of]))!]! += quantity;
  }
  return {
    building,
    unit,
    floor,
    room,
    door,
    counts,
    totalFen,
    ...(number !== null && { number }),
    ...(note !== null && { note }),
    ...(slotId !== null && { slotId }),
    ...(listedAs !== null && { listedAs }),
  };
}

/** Unrelated households behind one door, by the sign that tells them apart. */
const byDoor = (one: PaperOrder, other: PaperOrder): number => (one.door < other.door ? -1 : 1);

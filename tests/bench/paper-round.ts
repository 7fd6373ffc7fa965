import { v7 } from 'uuid';
import { DAY_MS } from '../../src/domain/day.ts';
import type { Database } from '../../src/server/database/database.ts';

export const ORDERS = 5_000;
export const ITEMS = 20;
export const ROUND = '019f0000-0000-7000-8000-00000000000b';
const NAMES = ['东北大米', '鲜鸡蛋', '上海青', '土豆', '西红柿', '黄瓜', '胡萝卜', '白萝卜', '娃娃菜', '菠菜'] as const;
const UNITS = ['袋', '板', '份', '把'] as const;

/** A closed round in the server's one community: an order of every household, with one to three of every item. Written by SQL: how it was placed is measured elsewhere. */
export async function writeRound(db: Database): Promise<void> {
  const now = Date.now();
  const [clock] = await db.query<{ communityId: string }>('select community_id as "communityId" from clock');
  const community = clock!.communityId;
  const items = Array.from({ length: ITEMS }, (_, at) => ({
    id: v7(),
    name: `${NAMES[at % NAMES.length]}${at >= NAMES.length ? '（大份）' : ''}`,
    unit: UNITS[at % UNITS.length]!,
    priceFen: 900 + at * 130,
  }));
  await db.query(
    `insert into group_buy (community_id, id, title, opens_at, closes_at, state, households, portions, next_number)
     values ($1, $2, '蔬菜大团', $3, $4, 'closed', $5, 0, $5 + 1)`,
    [community, ROUND, now - DAY_MS, now - 1, ORDERS],
  );
  for (const [at, { id, name, unit, priceFen }] of items.entries()) {
    await db.query(
      `insert into group_buy_item (community_id, id, group_buy_id, name, unit, contents, price_fen, stock, sold,
         per_household, position, case_size)
       values ($1, $2, $3, $4, $5, '', $6, 100000, 0, 9, $7, 12)`,
      [community, id, ROUND, name, unit, priceFen, at],
    );
  }
  await db.query(
    `insert into group_buy_order (community_id, id, group_buy_id, household_id, building_id, door, state, lines, total_fen,
       revision, changed_by, placed_at, changed_at, changes, number, note)
     select $1, $2 || '/' || h.id, $2, h.id, h.building_id, h.door, 'placed',
       (select jsonb_agg(jsonb_build_object('itemId', i.id, 'name', i.name, 'unit', i.unit, 'priceFen', i.price_fen,
          'ifShort', 'drop', 'quantity', 1 + (h.nth + i.position) % 3) order by i.position)
        from group_buy_item i where i.community_id = $1 and i.group_buy_id = $2),
       60000, 'r', 'd', $3, $3, '[]', h.nth, case when h.nth % 10 = 0 then '不要辣，放门口' end
     from (select *, row_number() over (order by id) as nth from household where community_id = $1) h`,
    [community, ROUND, now - 3_600_000],
  );
  // Phones ask for sheets of rounds that they know.
  await db.query(
    `with seen as (update clock set seq = seq + 1 where community_id = $1 returning seq)
     insert into feed (community_id, scope, entity, id, seq, row, changed_at)
     select $1, 'community', 'groupBuy', g.id, seen.seq,
       json_build_object('id', g.id, 'title', g.title, 'opensAt', g.opens_at, 'closesAt', g.closes_at, 'state', g.state,
         'households', g.households, 'portions', g.portions), $3
     from seen, group_buy g where g.community_id = $1 and g.id = $2`,
    [community, ROUND, now],
  );
  await db.query('analyze group_buy_order');
}

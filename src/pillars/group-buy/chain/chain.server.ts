import { CARRYING_ORDER } from '../hand-out/carrying-order.server.ts';
import { isShown } from '../rules.ts';
import { mayOrganise } from '../order-rules.ts';
import type { GroupBuy } from '../schema.ts';
import type { ServerSlice } from '../../../server/slice.ts';
import type { Sql } from '../../../server/database/database.ts';
import type { ChainDoor, DoorStands, PublicChain, PublicEntry, RoundDoors } from './entry.ts';

/**
 * 接龙: the public list, for everybody who is signed in; and every door with what is ordered there, for whoever may
 * organise. For the others there is no such page.
 */
export const chainRoutes: NonNullable<ServerSlice['routes']> = (app, { db, world }) => {
  app.get('/group-buys/:id/chain', async (c) => {
    const { communityId } = c.get('actor');
    const chain = await db.transaction((sql) => readChain(sql, communityId, c.req.param('id')), 'snapshot');
    return chain === undefined ? c.notFound() : c.json(chain);
  });

  app.get('/group-buys/:id/doors', async (c) => {
    const actor = c.get('actor');
    if (!mayOrganise(actor, world.now())) return c.notFound();
    const doors = await db.transaction((sql) => readDoors(sql, actor.communityId, c.req.param('id')), 'snapshot');
    return doors === undefined ? c.notFound() : c.json(doors);
  });
};

/** Of a draft there is no list yet, whoever asks. */
async function readChain(sql: Sql, communityId: string, id: string): Promise<PublicChain | undefined> {
  const values = [communityId, id];
  const [rounds, entries] = await Promise.all([
    sql.query<Pick<PublicChain, 'id' | 'title'> & Pick<GroupBuy, 'state' | 'steps'>>(ROUND, values),
    sql.query<PublicEntry>(ENTRIES, values),
  ]);
  const [round] = rounds;
  return round === undefined || !isShown(round) ? undefined : { id: round.id, title: round.title, entries };
}

interface DoorRow extends ChainDoor {
  readonly floor: number;
  readonly order: DoorStands | null;
}

async function readDoors(sql: Sql, communityId: string, id: string): Promise<RoundDoors | undefined> {
  const values = [communityId, id];
  const [rounds, doors] = await Promise.all([
    sql.query<{ id: string }>(ROUND, values),
    sql.query<DoorRow>(DOORS, values),
  ]);
  if (rounds[0] === undefined) return undefined;
  return { id, doors: doors.map(({ order, ...door }) => (order === null ? door : { ...door, order })) };
}

const ROUND = `select id, title, state, steps from group_buy where community_id = $1 and id = $2`;

// Whoever ordered sensitive goods alone is not in it at all: a line without goods would say just that.
const ENTRIES = `
  select o.number, b.name as building, o.listed_as as name, sum(l.quantity)::int as portions,
         jsonb_agg(jsonb_build_object('name', l.name, 'unit', l.unit, 'quantity', l.quantity) order by i.position) as goods
    from group_buy_order o
    join building b on b.community_id = $1 and b.id = o.building_id
   cross join lateral jsonb_to_recordset(o.lines) as l("itemId" text, name text, unit text, quantity int)
    join group_buy_item i on i.community_id = $1 and i.id = l."itemId" and i.sensitive is not true
   where o.community_id = $1 and o.group_buy_id = $2 and o.state = 'placed'
   group by o.id, o.number, b.name, o.listed_as, o.placed_at
   order by o.number nulls last, o.placed_at, o.id`;

const DOORS = `
  select h.id as "householdId", h.door, h.building_name as building, h.unit, h.floor, h.room, h.share, h.vacant,
         case when o.id is null then null else jsonb_build_object(
           'state', o.state, 'own', o.source is null, 'source', o.source, 'chainKey', o.chain_key, 'note', o.note, 'slotId', o.slot_id,
           'lines', (select coalesce(jsonb_agg(jsonb_build_object('itemId', line ->> 'itemId', 'name', line ->> 'name',
                       'unit', line ->> 'unit', 'quantity', (line ->> 'quantity')::int)), '[]')
                       from jsonb_array_elements(o.lines) as line)) end as "order"
    from household h
    left join building b on b.community_id = $1 and b.id = h.building_id
    left join group_buy_order o on o.community_id = $1 and o.group_buy_id = $2 and o.household_id = h.id
   where h.community_id = $1
   order by ${CARRYING_ORDER}`;

import { CARRYING_ORDER } from '../hand-out/carrying-order.server.ts';
import { mayOrganise } from '../order-rules.ts';
import type { OrderLine } from '../schema.ts';
import type { ServerSlice } from '../../../server/slice.ts';
import type { Weighing, WeighingLine } from './weighing-view.ts';

/** What is to be weighed of a round, door by door, for who organises. */
export const weighingRoutes: NonNullable<ServerSlice['routes']> = (app, { db, world }) => {
  app.get('/group-buys/:id/weighing', async (c) => {
    const actor = c.get('actor');
    if (!mayOrganise(actor, world.now())) return c.notFound();
    const values = [actor.communityId, c.req.param('id')];
    const known = await db.query('select 1 from group_buy where community_id = $1 and id = $2', values);
    if (known.length === 0) return c.notFound();
    const rows = await db.query<Row>(LINES, values);
    return c.json({ lines: rows.map(lineOf).filter((one) => one.portions > 0) } satisfies Weighing);
  });
};

type Row = Omit<WeighingLine, 'itemId' | 'portions' | 'priceFen' | 'weighed' | 'isSettled'> & {
  readonly line: OrderLine;
};

function lineOf({ line, ...door }: Row): WeighingLine {
  const { itemId, quantity, got, priceFen, weighed, allowanceFen } = line;
  return {
    ...door,
    itemId,
    portions: got ?? quantity,
    priceFen,
    ...(weighed !== undefined && { weighed }),
    isSettled: allowanceFen !== undefined,
  };
}

const LINES = `
  select o.household_id as "householdId", h.door, h.building_name as building, h.unit, h.floor, h.room, line
    from group_buy_order o
    join household h on h.community_id = $1 and h.id = o.household_id
    left join building b on b.community_id = $1 and b.id = h.building_id
    cross join lateral jsonb_array_elements(o.lines) as line
    join group_buy_item i on i.community_id = $1 and i.id = line ->> 'itemId' and i.per_jin_fen is not null
   where o.community_id = $1 and o.group_buy_id = $2 and o.state = 'placed'
   order by ${CARRYING_ORDER}`;

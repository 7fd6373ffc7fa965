import { claimWorthFen } from './rules.ts';
import { mayOrganise } from '../order-rules.ts';
import type { ClaimWorths } from './worth.ts';
import type { OrderLine } from '../schema.ts';
import type { ServerSlice } from '../../../server/slice.ts';

/** What could be given back at most for each claim that is open, for who decides them. */
export const claimRoutes: NonNullable<ServerSlice['routes']> = (app, { db, world }) => {
  app.get('/group-buys/:id/claims', async (c) => {
    const actor = c.get('actor');
    if (!mayOrganise(actor, world.now())) return c.notFound();
    const rows = await db.query<{ id: string; quantity: number; line: OrderLine }>(OPEN, [
      actor.communityId,
      c.req.param('id'),
    ]);
    const worths = Object.fromEntries(rows.map(({ id, quantity, line }) => [id, claimWorthFen(line, quantity)]));
    return c.json({ worths } satisfies ClaimWorths);
  });
};

const OPEN = `
  select c.id, c.quantity, line
    from group_buy_claim c
    join group_buy_order o on o.community_id = $1 and o.group_buy_id = c.group_buy_id and o.household_id = c.household_id
    cross join lateral jsonb_array_elements(o.lines) as line
   where c.community_id = $1 and c.group_buy_id = $2 and c.state = 'open' and o.state = 'placed'
     and line ->> 'itemId' = c.item_id`;

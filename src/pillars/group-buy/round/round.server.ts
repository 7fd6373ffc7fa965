import { createMiddleware } from 'hono/factory';
import { MINUTE_MS } from '../../../domain/day.ts';
import { arrivalOf, shortageOf } from './answers.server.ts';
import { eachCommunity } from '../../../server/each-community.ts';
import { mayOrganise } from '../order-rules.ts';
import { totalsOf } from './totals.server.ts';
import type { Operate } from '../../../server/operate.ts';
import type { Sql } from '../../../server/database/database.ts';
import type { AppVariables, ServerSlice, TimedJob } from '../../../server/slice.ts';

/** Rounds closed in one run; the next one takes the rest. */
const MAX_ROUNDS = 100;

const DUE = `
  select id, closes_at as "closesAt" from group_buy
  where community_id = $1 and state = 'open' and closes_at <= $2
  order by closes_at, id limit ${MAX_ROUNDS}`;

/**
 * Closes the rounds of a community whose time has come. Safe to run as often as wanted, also on two servers at once: an
 * order's id names round, cut-off and minute (so that one that came too early, the clock having been set back, is tried
 * again), and the rule looks again whether the round is still open.
 * @param now epoch ms
 * @returns how many were closed
 */
export async function closeDueRounds(communityId: string, db: Sql, operate: Operate, now: number): Promise<number> {
  const due = await db.query<{ id: string; closesAt: number }>(DUE, [communityId, now]);
  let closed = 0;
  // One after the other: each may change thousands of orders, and a transaction should hold one such only.
  for (const { id, closesAt } of due) {
    const order = {
      id: `groupBuy.close/${id}/${closesAt}/${Math.floor(now / MINUTE_MS)}`,
      name: 'groupBuy.close',
      args: { groupBuyId: id },
    };
    const [verdict] = await operate(communityId, [order]);
    if (verdict?.outcome === 'accepted') closed += 1;
  }
  return closed;
}

const due = (now: number) => ({
  where: `exists (select 1 from group_buy g where g.community_id = clock.community_id
    and g.state = 'open' and g.closes_at <= $1)`,
  params: [now],
});

/** What the clock does for rounds: at their cut-off they close, or are cancelled for want of orders. */
export const roundJobs: readonly TimedJob[] = [
  {
    name: 'close rounds',
    everyMs: 15_000,
    run: ({ db, world, operate }) =>
      eachCommunity(db, due(world.now()), (communityId) => closeDueRounds(communityId, db, operate, world.now())),
  },
];

/**
 * What organisers ask about a round: what it adds up to (`?orders=none`: without the doors), what was ordered, who came
 * short. Nobody else learns that there is one.
 */
export const roundRoutes: NonNullable<ServerSlice['routes']> = (app, { db, world }) => {
  const organisers = createMiddleware<AppVariables>(async (c, next) => {
    if (!mayOrganise(c.get('actor'), world.now())) return c.notFound();
    await next();
    return undefined;
  });
  app.get('/group-buys/:id/totals', organisers, async (c) => {
    const withOrders = c.req.query('orders') !== 'none';
    const totals = await totalsOf(db, c.get('actor').communityId, c.req.param('id'), withOrders);
    return totals === undefined ? c.notFound() : c.json(totals);
  });
  app.get('/group-buys/:id/arrival', organisers, async (c) => {
    const list = await arrivalOf(db, c.get('actor').communityId, c.req.param('id'), world.now());
    return list === undefined ? c.notFound() : c.json(list);
  });
  app.get('/group-buys/:id/shortage', organisers, async (c) => {
    const shortage = await shortageOf(db, c.get('actor').communityId, c.req.param('id'));
    return shortage === undefined ? c.notFound() : c.json(shortage);
  });
};

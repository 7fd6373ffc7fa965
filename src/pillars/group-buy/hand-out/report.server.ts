import { bagOf } from './bag-of.ts';
import { byStairway, inCarryingOrder } from './carrying-order.ts';
import { isDone, sortedOut } from './doors.ts';
import { handOutRunId } from './schema.ts';
import { mayOrganise } from '../order-rules.ts';
import type { Bag, HandOutRun } from './schema.ts';
import type { BagAddress, GroupBuy, Order } from '../schema.ts';
import type { HandOutBags, HandOutReport, StairwayReport } from './report.ts';
import type { ServerSlice } from '../../../server/slice.ts';
import type { Sql } from '../../../server/database/database.ts';

/** The organiser's answers about handing out. For who does not organise there is no such page. */
export const handOutRoutes: NonNullable<ServerSlice['routes']> = (app, { db, world }) => {
  app.get('/group-buys/:id/hand-out', async (c) => {
    const actor = c.get('actor');
    if (!mayOrganise(actor, world.now())) return c.notFound();
    const id = c.req.param('id');
    const report = await db.transaction((sql) => reportOf(sql, actor.communityId, id), 'snapshot');
    return report === undefined ? c.notFound() : c.json(report);
  });

  /** `?building=3栋&unit=2`: the bags of a stairway; `?fetched`: those that their households come for. */
  app.get('/group-buys/:id/bags', async (c) => {
    const actor = c.get('actor');
    if (!mayOrganise(actor, world.now())) return c.notFound();
    const { building = '', unit = '', fetched } = c.req.query();
    const id = c.req.param('id');
    const place = fetched === undefined ? { building, unit } : undefined;
    const bags = await db.transaction((sql) => bagsAsked(sql, actor.communityId, id, place), 'snapshot');
    return bags === undefined ? c.notFound() : c.json(bags);
  });
};

type Round = Pick<GroupBuy, 'title' | 'state' | 'slots'>;

async function reportOf(sql: Sql, communityId: string, id: string): Promise<HandOutReport | undefined> {
  const round = await roundOf(sql, communityId, id);
  if (round === undefined) return undefined;
  const bags = await bagsOf(sql, communityId, id);
  const { carried, fetched } = sortedOut(round, bags);
  return {
    title: round.title,
    state: round.state,
    doors: carried.length,
    done: carried.filter(isDone).length,
    fetched: fetched.length,
    fetchedDone: fetched.filter(isDone).length,
    stairways: stairwaysOf(id, carried, await runsIn(sql, communityId, id)),
    problems: bags
      .flatMap(({ householdId, door, number, problem }) =>
        problem === undefined ? [] : [{ householdId, door, number, ...problem }],
      )
      .sort((one, other) => one.at - other.at),
  };
}

/** Counted from the bags themselves; the stairway's own row says who carries it. */
function stairwaysOf(id: string, bags: readonly Bag[], runs: readonly HandOutRun[]): StairwayReport[] {
  const carriers = new Map(runs.map((run) => [run.id, run]));
  const stairways = new Map<string, StairwayReport>();
  for (const bag of bags) {
    const { building, unit } = bag.address;
    const runId = handOutRunId(id, bag.address);
    const { personName, takenAt } = carriers.get(runId) ?? {};
    const before = stairways.get(runId) ?? {
      runId,
      building,
      unit,
      doors: 0,
      done: 0,
      problems: 0,
      personName,
      takenAt,
    };
    stairways.set(runId, {
      ...before,
      doors: before.doors + 1,
      done: before.done + Number(isDone(bag)),
      problems: before.problems + Number(bag.problem !== undefined),
    });
  }
  return [...stairways.values()].sort(byStairway);
}

async function bagsAsked(
  sql: Sql,
  communityId: string,
  id: string,
  place: Pick<BagAddress, 'building' | 'unit'> | undefined,
): Promise<HandOutBags | undefined> {
  const round = await roundOf(sql, communityId, id);
  if (round === undefined) return undefined;
  const bags = await bagsOf(sql, communityId, id, place);
  const { carried, fetched } = sortedOut(round, bags);
  return { bags: place === undefined ? fetched : carried };
}

async function roundOf(sql: Sql, communityId: string, id: string): Promise<Round | undefined> {
  const [round] = await sql.query<Pick<Round, 'title' | 'state'> & { slots: GroupBuy['slots'] | null }>(
    'select title, state, slots from group_buy where community_id = $1 and id = $2',
    [communityId, id],
  );
  return round && { ...round, slots: round.slots ?? undefined };
}

function runsIn(sql: Sql, communityId: string, id: string): Promise<readonly HandOutRun[]> {
  return sql.query<HandOutRun>(
    `select id, person_name as "personName", taken_at as "takenAt" from hand_out_run
      where community_id = $1 and group_buy_id = $2`,
    [communityId, id],
  );
}

/** Without money and without names, as those who carry them see them, in carrying order. */
async function bagsOf(
  sql: Sql,
  communityId: string,
  id: string,
  place?: Pick<BagAddress, 'building' | 'unit'>,
): Promise<Bag[]> {
  const orders = await sql.query<BagColumns>(
    `select id, group_buy_id as "groupBuyId", household_id as "householdId", number, door, note, slot_id as "slotId",
            lines, bag, handed_out as "handedOut", hand_out_problem as "handOutProblem"
       from group_buy_order
      where community_id = $1 and group_buy_id = $2 and state = 'placed' and bag is not null
        and ($3::text is null or (bag ->> 'building' = $3 and bag ->> 'unit' = $4))`,
    [communityId, id, place?.building ?? null, place?.unit ?? null],
  );
  return orders
    .map((one) => bagOf(withoutNulls(one) as Order, one.bag))
    .sort((one, other) => inCarryingOrder(one.address, other.address));
}

type BagColumns = Pick<Order, 'id' | 'groupBuyId' | 'householdId' | 'door' | 'lines'> & { readonly bag: BagAddress };

/** A column that is null is a field that is absent. */
function withoutNulls<T extends object>(record: T): Partial<T> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null)) as Partial<T>;
}

import { found } from '../../../domain/refusal.ts';
import { groupBuy, item as itemEntity, order as orderEntity } from '../schema.ts';
import { household, person } from '../../../people/schema.ts';
import { linesFen, putOrder } from '../money/book.ts';
import { mutation } from '../../../domain/mutation.ts';
import { row, rows } from '../../../domain/tx.ts';
import { standingLines } from '../rules.ts';
import { lineChanges, withChange } from '../order-rules.ts';
import { arriveArgs } from './args.ts';
import { isLookedAfter } from './looked-after.ts';
import { dueRound, stepped } from './rules.ts';
import { sharedLines } from './short-lines.ts';
import { seedOf, shareOut } from './share-out.ts';
import type { Context } from '../../../domain/mutation.ts';
import type { ArriveArgs } from './args.ts';
import type { BagAddress, GroupBuy, Item, Order } from '../schema.ts';
import type { Household } from '../../../people/schema.ts';
import type { Tx } from '../../../domain/tx.ts';
import type { ItemShares } from './short-lines.ts';

/**
 * What came is counted. Where it is fewer than was ordered it is shared out by the round's rule, each household's line says
 * what it gets and why, and each order becomes a bag with its door. May be said again until handing out begins: all is
 * worked out anew from the orders, never from the sharing out before.
 */
export const arrive = mutation({
  name: 'groupBuy.arrive',
  args: arriveArgs,
  reads: ({ groupBuyId }) => [
    row(groupBuy, groupBuyId),
    rows(itemEntity, 'groupBuyId', groupBuyId),
    rows(orderEntity, 'groupBuyId', groupBuyId),
  ],
  async run(tx, args, context) {
    const { round, items } = await counted(tx, args, context);
    const orders = (await tx.list(orderEntity, 'groupBuyId', round.id)).filter((one) => one.state === 'placed');
    const shares = await sharesOf(tx, round, items, orders, context);
    const homes = await householdsOf(tx, orders);
    await Promise.all(orders.map((one) => settleOrder(tx, one, homes.get(one.householdId), shares, context)));
  },
  async foresee(tx, args, context) {
    await counted(tx, args, context);
  },
});

/** Writes down what came: item by item, and that the round has arrived. Refuses `notFound` for an item of another round. */
async function counted(tx: Tx, { groupBuyId, items: said }: ArriveArgs, context: Context) {
  const round = stepped(await dueRound(tx, groupBuyId, 'arrive', context), 'arrived', context);
  const known = await tx.list(itemEntity, 'groupBuyId', groupBuyId);
  for (const { itemId } of said) found(known.find((one) => one.id === itemId));
  const items = known.map((one) => ({
    ...one,
    arrived: said.find(({ itemId }) => itemId === one.id)?.arrived ?? one.sold,
  }));
  await tx.put(groupBuy, round);
  for (const one of items) await tx.put(itemEntity, one);
  return { round, items };
}

/** The sharing out of each item that came short; items that came whole are not in it. */
async function sharesOf(
  tx: Tx,
  round: GroupBuy,
  items: readonly (Item & { arrived: number })[],
  orders: readonly Order[],
  { now }: Context,
): Promise<ReadonlyMap<string, ItemShares>> {
  const eldersFirst = round.share?.eldersFirst === true;
  const lines = orders.flatMap(({ householdId, lines }) => lines.map((line) => ({ householdId, ...line })));
  const short = items.flatMap(({ id, arrived }) => {
    const wants = lines.filter((line) => line.itemId === id);
    const ordered = wants.reduce((sum, { quantity }) => sum + quantity, 0);
    return arrived < ordered ? [{ id, arrived, ordered, wants }] : [];
  });
  const wanting = new Set(short.flatMap(({ wants }) => wants.map(({ householdId }) => householdId)));
  const first = eldersFirst ? await lookedAfter(tx, [...wanting], now) : new Set<string>();
  return new Map(
    short.map(({ id, arrived, ordered, wants }) => {
      const asked = wants.map((want) => ({ ...want, first: first.has(want.householdId) }));
      const shares = shareOut(arrived, asked, seedOf(round.seed ?? round.id, id), eldersFirst);
      const byHousehold = new Map(shares.map((share) => [share.householdId, share]));
      return [id, { arrived, ordered, households: wants.length, byHousehold }] as const;
    }),
  );
}

/** Those of the households where somebody is to be looked after. Asked together: one by one thousands would take long. */
async function lookedAfter(tx: Tx, householdIds: readonly string[], now: number): Promise<ReadonlySet<string>> {
  const found = await Promise.all(
    householdIds.map(async (householdId) => isLookedAfter(await tx.list(person, 'householdId', householdId), now)),
  );
  return new Set(householdIds.filter((_id, index) => found[index]));
}

/** The households of the orders, building by building. */
async function householdsOf(tx: Tx, orders: readonly Order[]): Promise<ReadonlyMap<string, Household>> {
  const buildings = [...new Set(orders.map(({ buildingId }) => buildingId))];
  const lists = await Promise.all(buildings.map((id) => tx.list(household, 'buildingId', id)));
  return new Map(lists.flat().map((home) => [home.id, home]));
}

/** One order after the counting: its shares, what it costs by them, and the door that its bag goes to. */
async function settleOrder(
  tx: Tx,
  before: Order,
  home: Household | undefined,
  shares: ReadonlyMap<string, ItemShares>,
  context: Context,
): Promise<void> {
  const bag = addressOf(home ?? found(await tx.get(household, before.householdId)));
  const lines = sharedLines(standingLines(before), shares, before.householdId);
  if (lineChanges(before.lines, lines).length === 0) {
    await tx.put(orderEntity, { ...before, lines, bag });
    return;
  }
  const { actor, now, happenedAt, mutationId } = context;
  const totalFen = linesFen(lines);
  const after: Order = {
    ...before,
    lines,
    totalFen,
    bag,
    revision: mutationId,
    changedBy: actor.deviceId,
    changedAt: now,
    changes: withChange(before, { what: 'short', at: happenedAt, personId: actor.personId, totalFen }, lines),
  };
  await putOrder(tx, before, after, 'short', context);
}

function addressOf({ buildingName, unit, floor, room }: Household): BagAddress {
  return { building: buildingName, unit, floor, room };
}

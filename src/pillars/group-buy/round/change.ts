import { demand, found } from '../../../domain/refusal.ts';
import { groupBuy, item as itemEntity, order } from '../schema.ts';
import { mutation } from '../../../domain/mutation.ts';
import { row } from '../../../domain/tx.ts';
import { serveQueue } from '../waiting/serve.ts';
import { changeItemArgs, changeRoundArgs } from './args.ts';
import { dueRound } from './rules.ts';
import { limits } from '../args.ts';
import { estimateFen } from '../rules.ts';
import type { ChangeItemArgs, ChangeRoundArgs } from './args.ts';
import type { DeliverySlot, GroupBuy, Item } from '../schema.ts';
import type { Tx } from '../../../domain/tx.ts';

/** Changes what residents read of a round: name, cut-off, minimum, place, slots, supplier. Orders stand as they are. */
export const changeRound = mutation({
  name: 'groupBuy.change',
  args: changeRoundArgs,
  reads: ({ groupBuyId }) => [row(groupBuy, groupBuyId)],
  async run(tx, args, context) {
    const round = await dueRound(tx, args.groupBuyId, 'change', context);
    const closesAt = args.closesAt ?? round.closesAt;
    if (closesAt !== round.closesAt) {
      demand(context.now < closesAt && round.opensAt < closesAt, 'tooLate', { title: round.title, closesAt });
    }
    const slots = args.slots && (await keptSlots(tx, round, args.slots));
    await tx.put(groupBuy, changedRound(round, { ...args, closesAt }, slots));
  },
  async foresee(tx, args, context) {
    const round = await dueRound(tx, args.groupBuyId, 'change', context);
    await tx.put(groupBuy, changedRound(round, args, args.slots));
  },
});

/**
 * Changes an item of a round: what it costs from now on (orders keep the price that they were placed at), how much there
 * is, how much a household may have. Refuses `belowSold`, and `changedMeanwhile` where another organiser changed the same.
 */
export const changeItem = mutation({
  name: 'groupBuy.changeItem',
  args: changeItemArgs,
  reads: ({ groupBuyId, itemId }) => [row(groupBuy, groupBuyId), row(itemEntity, itemId)],
  async run(tx, args, context) {
    const round = await dueRound(tx, args.groupBuyId, 'changeItem', context);
    const before = found(await tx.get(itemEntity, args.itemId));
    demand(before.groupBuyId === round.id, 'notFound');
    demandAsSeen(before, args.was);
    const after = changedItem(before, args);
    demandPriced(after);
    demand(after.stock >= before.sold, 'belowSold', { name: after.name, unit: after.unit, sold: before.sold });
    const served = await serveQueue(tx, round, after, after.stock - after.sold, context);
    await tx.put(groupBuy, served.round);
    await tx.put(itemEntity, served.item);
  },
});

/** The slots of now; those that somebody has chosen as they were: an order does not lose the time that it was promised. */
async function keptSlots(tx: Tx, round: GroupBuy, slots: readonly DeliverySlot[]): Promise<readonly DeliverySlot[]> {
  const said = new Map(slots.map((slot) => [slot.id, slot]));
  const touched = (round.slots ?? []).filter((slot) => !isSameSlot(slot, said.get(slot.id)));
  if (touched.length === 0) return slots;
  const orders = await tx.list(order, 'groupBuyId', round.id);
  const chosen = new Set(orders.filter(({ state }) => state === 'placed').map(({ slotId }) => slotId));
  const kept = new Map(touched.filter(({ id }) => chosen.has(id)).map((slot) => [slot.id, slot]));
  return [...slots.map((slot) => kept.get(slot.id) ?? slot), ...[...kept.values()].filter(({ id }) => !said.has(id))];
}

function isSameSlot(slot: DeliverySlot, other: DeliverySlot | undefined): boolean {
  return (['kind', 'from', 'to', 'place'] as const).every((field) => slot[field] === other?.[field]);
}

function changedRound(round: GroupBuy, args: ChangeRoundArgs, slots: readonly DeliverySlot[] | undefined): GroupBuy {
  const { minimumPortions, place, supplier, ...rest } = round;
  return {
    ...rest,
    title: args.title ?? round.title,
    closesAt: args.closesAt ?? round.closesAt,
    ...kept('minimumPortions', args.minimumPortions, minimumPortions),
    ...kept('place', args.place, place),
    ...kept('supplier', args.supplier, supplier),
    ...(slots !== undefined && { slots }),
  };
}

/** What the organiser saw must be what there is. Refuses `changedMeanwhile` with what there is now. */
function demandAsSeen(item: Item, was: ChangeItemArgs['was']): void {
  const { name, unit, priceFen, stock, perHousehold } = item;
  const isSame = (['priceFen', 'stock', 'perHousehold'] as const).every(
    (field) => was[field] === undefined || was[field] === item[field],
  );
  demand(isSame, 'changedMeanwhile', { name, unit, priceFen, stock, perHousehold });
}

function changedItem(item: Item, args: ChangeItemArgs): Item {
  const { origin, photoId, ...rest } = item;
  return {
    ...rest,
    ...changedPrice(item, args),
    stock: args.stock ?? item.stock,
    perHousehold: args.perHousehold ?? item.perHousehold,
    contents: args.contents ?? item.contents,
    ...kept('origin', args.origin, origin),
    ...kept('photoId', args.photoId, photoId),
  };
}

/** The price of a portion; of what is priced by weight the price of a jin, and of the portion its estimate. */
function changedPrice({ priceFen, perJinFen, weightJin }: Item, args: ChangeItemArgs): Partial<Item> {
  if (perJinFen === undefined || weightJin === undefined) return { priceFen: args.priceFen ?? priceFen };
  if (args.perJinFen !== undefined) {
    return { perJinFen: args.perJinFen, priceFen: estimateFen(args.perJinFen, weightJin) };
  }
  if (args.priceFen === undefined || args.priceFen === priceFen) return {};
  return { perJinFen: Math.max(1, Math.round(args.priceFen / weightJin)), priceFen: args.priceFen };
}

/** Of a heavy portion a price by weight that can be typed may come to more than a portion may cost, and the other way round. */
function demandPriced({ priceFen, perJinFen = 0 }: Item): void {
  demand(priceFen <= limits.priceFen && perJinFen <= limits.priceFen, 'malformed');
}

/** A field that null takes away and absence keeps. */
function kept<K extends string, T>(field: K, said: T | null | undefined, before: T | undefined): Partial<Record<K, T>> {
  const now = said === null ? undefined : (said ?? before);
  return now === undefined ? {} : ({ [field]: now } as Partial<Record<K, T>>);
}

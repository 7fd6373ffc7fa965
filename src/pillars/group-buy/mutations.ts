import { demand, found } from '../../domain/refusal.ts';
import { householdToActFor } from '../../people/acting-for.ts';
import { household } from '../../people/schema.ts';
import { mutation } from '../../domain/mutation.ts';
import type { AnyMutation } from '../../domain/mutation.ts';
import { row, rows } from '../../domain/tx.ts';
import { cancelOrderArgs, openArgs, placeOrderArgs } from './args.ts';
import { groupBuy, item, order, orderId } from './schema.ts';
import {
  demandFresh,
  demandOpen,
  mayOrganise,
  movePortions,
  pricedLines,
  recounted,
  totalFen,
  withChange,
} from './order-rules.ts';
import { standingLines } from './rules.ts';
import type { Actor } from '../../domain/actor.ts';
import type { Item, Order } from './schema.ts';
import type { Read, Tx } from '../../domain/tx.ts';

/** An organiser or the desk opens a round with its items. */
export const open = mutation({
  name: 'groupBuy.open',
  args: openArgs,
  reads: (args) => [row(groupBuy, args.id), ...args.items.map((one) => row(item, one.id))],
  async run(tx, { items, ...round }, { actor, now }) {
    demand(mayOrganise(actor, now), 'notAllowed');
    await tx.add(groupBuy, { ...round, state: 'open', openedBy: actor.personId, households: 0, portions: 0 });
    for (const [position, offered] of items.entries()) {
      await tx.add(item, { ...offered, groupBuyId: round.id, sold: 0, position });
    }
  },
});

/** A household orders, or orders anew: the new order replaces the old one, whose portions go back first. */
export const placeOrder = mutation({
  name: 'groupBuy.placeOrder',
  args: placeOrderArgs,
  reads: orderReads,
  async run(tx, { groupBuyId, householdId, basedOn, lines }, { actor, now, happenedAt, mutationId }) {
    const { round, home, before } = await openOrder(tx, { groupBuyId, householdId, basedOn }, actor, now);
    const items = await itemsOf(tx, groupBuyId, [...lines, ...standingLines(before)]);
    const taken = pricedLines(items, lines);
    const total = totalFen(taken);
    const standing = before?.state === 'placed';
    await putAll(tx, movePortions(items, standingLines(before), taken));
    const after: Order = {
      id: orderId(groupBuyId, householdId),
      groupBuyId,
      householdId,
      buildingId: home.buildingId,
      door: home.door,
      state: 'placed',
      lines: taken,
      totalFen: total,
      revision: mutationId,
      changedBy: actor.deviceId,
      placedAt: standing ? before.placedAt : now,
      changedAt: now,
      changes: withChange(before, {
        what: standing ? 'changed' : 'placed',
        at: happenedAt,
        personId: actor.personId,
        totalFen: total,
      }),
    };
    await (before === undefined ? tx.add(order, after) : tx.put(order, after));
    await tx.put(groupBuy, recounted(round, before, after));
  },
});

/** A household takes its order back, until the cut-off. Its portions are free again. */
export const cancelOrder = mutation({
  name: 'groupBuy.cancelOrder',
  args: cancelOrderArgs,
  reads: orderReads,
  async run(tx, args, { actor, now, happenedAt, mutationId }) {
    const { round, before } = await openOrder(tx, args, actor, now);
    demand(before?.state === 'placed', 'nothingOrdered');
    await putAll(tx, movePortions(await itemsOf(tx, round.id, before.lines), before.lines, []));
    const after: Order = {
      ...before,
      state: 'cancelled',
      revision: mutationId,
      changedBy: actor.deviceId,
      changedAt: now,
      changes: withChange(before, { what: 'cancelled', at: happenedAt, personId: actor.personId, totalFen: 0 }),
    };
    await tx.put(order, after);
    await tx.put(groupBuy, recounted(round, before, after));
  },
});

interface OrderKey {
  readonly groupBuyId: string;
  readonly householdId: string;
  readonly basedOn?: string | null;
}

/** Items by round, not by line: an amendment also needs those of the order it replaces, and a batch asks for them once. */
function orderReads({ groupBuyId, householdId }: OrderKey): Read[] {
  return [
    row(groupBuy, groupBuyId),
    rows(item, 'groupBuyId', groupBuyId),
    row(order, orderId(groupBuyId, householdId)),
    row(household, householdId),
  ];
}

/** Loads what a change of an order rests on; refuses unless this actor may make it now, from what they saw. */
async function openOrder(tx: Tx, { groupBuyId, householdId, basedOn }: OrderKey, actor: Actor, now: number) {
  const round = found(await tx.get(groupBuy, groupBuyId));
  const home = await householdToActFor(tx, { actor, now }, householdId, 'order');
  demandOpen(round, now);
  const before = await tx.get(order, orderId(groupBuyId, householdId));
  demandFresh(before, basedOn, actor.deviceId);
  return { round, home, before };
}

/** The round's items that the lines name; one of another round is as good as missing. */
async function itemsOf(tx: Tx, groupBuyId: string, lines: readonly { itemId: string }[]): Promise<Map<string, Item>> {
  const items = new Map<string, Item>();
  for (const { itemId } of lines) {
    const one = items.get(itemId) ?? (await tx.get(item, itemId));
    if (one?.groupBuyId === groupBuyId) items.set(itemId, one);
  }
  return items;
}

async function putAll(tx: Tx, items: readonly Item[]): Promise<void> {
  for (const one of items) await tx.put(item, one);
}

/** Everything that can be done about rounds and orders. */
export const mutations: readonly AnyMutation[] = [open, placeOrder, cancelOrder];

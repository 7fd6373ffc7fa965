import { collectionCode, ledgerEntry } from './money/schema.ts';
import { cancel, itemsOf, order as placeIn } from './placing.ts';
import { demand, found } from '../../domain/refusal.ts';
import { asideOf, demandFresh, demandOpen, mayOrganise, pricedLines } from './order-rules.ts';
import { entryId } from './money/book.ts';
import { groupBuy, item, order, orderId } from './schema.ts';
import { household } from '../../people/schema.ts';
import { householdToActFor } from '../../people/acting-for.ts';
import { mutation } from '../../domain/mutation.ts';
import { offeredItem, offeredRound } from './offer.ts';
import { cancelOrderArgs, openArgs, placeForArgs, placeOrderArgs } from './args.ts';
import { row, rows } from '../../domain/tx.ts';
import { waitingPlace } from './waiting/schema.ts';
import type { AnyMutation, Context } from '../../domain/mutation.ts';
import type { EntryKind } from './money/schema.ts';
import type { Read, Tx } from '../../domain/tx.ts';

/** An organiser or the desk opens a round with its items, or writes it as a draft. */
export const open = mutation({
  name: 'groupBuy.open',
  args: openArgs,
  reads: (args) => [
    row(groupBuy, args.id),
    ...args.items.map((one) => row(item, one.id)),
    ...(args.payTo === undefined ? [] : [row(collectionCode, args.payTo)]),
  ],
  async run(tx, args, context) {
    demand(mayOrganise(context.actor, context.now), 'notAllowed');
    await demandCode(tx, args.payTo);
    const round = offeredRound(args, context);
    await tx.add(groupBuy, round);
    for (const [position, offered] of args.items.entries()) {
      await tx.add(item, offeredItem(offered, round, position));
    }
  },
});

/** A household orders, or orders anew: the new order replaces the old one, whose portions go back first. */
export const placeOrder = mutation({
  name: 'groupBuy.placeOrder',
  args: placeOrderArgs,
  reads: (args, _actor, mutationId) => orderReads(args, ['order', 'change'], mutationId),
  async run(tx, args, context) {
    const ground = await openOrder(tx, args, context);
    const { lines, note, slotId, listedAs } = args;
    await placeIn(tx, ground, { lines, note, slotId, listedAs }, context);
  },
});

/** A household takes its order back, until the cut-off. Its portions are free again. */
export const cancelOrder = mutation({
  name: 'groupBuy.cancelOrder',
  args: cancelOrderArgs,
  reads: (args, _actor, mutationId) => orderReads(args, ['cancel'], mutationId),
  async run(tx, args, context) {
    const { round, home, before } = await openOrder(tx, args, context);
    demand(before?.state === 'placed', 'nothingOrdered');
    await cancel(tx, { round, home, before }, context);
  },
});

/**
 * The organiser enters an order for a household without a phone, or from a pasted list. What the household (or somebody
 * who acts for it) ordered itself is never overwritten; a line of a list that is pasted again changes nothing.
 */
export const placeFor = mutation({
  name: 'groupBuy.placeFor',
  args: placeForArgs,
  reads: (args, _actor, mutationId) => orderReads(args, ['order', 'change'], mutationId),
  async run(tx, args, context) {
    demand(mayOrganise(context.actor, context.now), 'notAllowed');
    const round = found(await tx.get(groupBuy, args.groupBuyId));
    const home = found(await tx.get(household, args.householdId));
    const before = await tx.get(order, orderId(round.id, home.id));
    if (args.chainKey !== undefined && before?.chainKey === args.chainKey) return;
    demandOpen(round, context.now);
    demand(before?.state !== 'placed' || before.source !== undefined, 'alreadyOrdered', { door: home.door });
    const { lines, note, slotId, source, chainKey } = args;
    await placeIn(tx, { round, home, before }, { lines, note, slotId, source, chainKey }, context);
  },
  // A phone holds no orders but its own household's: it says what is certain, and shows that something is under way.
  async foresee(tx, args, { actor, now }) {
    demand(mayOrganise(actor, now), 'notAllowed');
    const round = found(await tx.get(groupBuy, args.groupBuyId));
    demandOpen(round, now);
    asideOf(round, undefined, args);
    pricedLines(await itemsOf(tx, round.id, args.lines), args.lines);
  },
});

interface OrderKey {
  readonly groupBuyId: string;
  readonly householdId: string;
  readonly basedOn?: string | null;
}

/** Items by round, not by line: an amendment also needs those of the order it replaces, and a batch asks for them once. */
function orderReads({ groupBuyId, householdId }: OrderKey, books: readonly EntryKind[], mutationId: string): Read[] {
  return [
    row(groupBuy, groupBuyId),
    rows(item, 'groupBuyId', groupBuyId),
    row(order, orderId(groupBuyId, householdId)),
    row(household, householdId),
    rows(waitingPlace, 'householdId', householdId),
    ...books.map((kind) => row(ledgerEntry, entryId(mutationId, householdId, kind))),
  ];
}

/** Loads what a change of an order rests on; refuses unless this actor may make it now, from what they saw. */
async function openOrder(tx: Tx, { groupBuyId, householdId, basedOn }: OrderKey, { actor, now }: Context) {
  const round = found(await tx.get(groupBuy, groupBuyId));
  const home = await householdToActFor(tx, { actor, now }, householdId, 'order');
  demandOpen(round, now);
  const before = await tx.get(order, orderId(groupBuyId, householdId));
  demandFresh(before, basedOn, actor.deviceId);
  return { round, home, before };
}

/** Refuses `missingCode` where residents would be told to pay to a code that is not there. */
export async function demandCode(tx: Tx, payTo: string | undefined): Promise<void> {
  demand(payTo === undefined || (await tx.get(collectionCode, payTo)) !== undefined, 'missingCode');
}

/** Everything that can be done about rounds and orders. */
export const mutations: readonly AnyMutation[] = [open, placeOrder, cancelOrder, placeFor];

import { demand, found } from '../../../domain/refusal.ts';
import { household } from '../../../people/schema.ts';
import { householdToActFor } from '../../../people/acting-for.ts';
import { mutation } from '../../../domain/mutation.ts';
import { row } from '../../../domain/tx.ts';
import { groupBuy, order, orderId } from '../schema.ts';
import { mayOrganise } from '../order-rules.ts';
import { book, householdAccount, owedFen } from './book.ts';
import { demandNotOwn } from './own-household.ts';
import { ledgerEntry } from './schema.ts';
import { receivePaymentArgs, sayPaidArgs, takeBackPaymentArgs } from './args.ts';
import { self } from './people.ts';
import type { Context } from '../../../domain/mutation.ts';
import type { Order } from '../schema.ts';
import type { Tx } from '../../../domain/tx.ts';

/** The household's order in the round. Refuses `nothingOrdered` where there never was one. */
export async function orderOf(tx: Tx, groupBuyId: string, householdId: string): Promise<Order> {
  const it = await tx.get(order, orderId(groupBuyId, householdId));
  demand(it !== undefined, 'nothingOrdered');
  return it;
}

/** Who may handle money: organisers and the desk, never that of their own household. */
export async function demandMoneyOf(tx: Tx, { actor, now }: Context, householdId: string): Promise<void> {
  demand(mayOrganise(actor, now), 'notAllowed');
  await demandNotOwn(tx, actor, householdId);
}

/** 我付了: what the household says. It books nothing: whether the money came is the organiser's to say. */
export const sayPaid = mutation({
  name: 'groupBuy.sayPaid',
  args: sayPaidArgs,
  reads: ({ groupBuyId, householdId }, actor) => [
    row(order, orderId(groupBuyId, householdId)),
    row(household, householdId),
    ...self(actor),
  ],
  async run(tx, { groupBuyId, householdId, fen }, context) {
    await householdToActFor(tx, context, householdId, 'order');
    const it = await orderOf(tx, groupBuyId, householdId);
    const { personId } = context.actor;
    const saidPaid = { fen, at: context.happenedAt, ...(personId !== undefined && { personId }) };
    await tx.put(order, { ...it, saidPaid });
  },
});

/**
 * 钱收到了. More than is owed may come (somebody rounds up, or pays for an order that was cancelled since): it was received,
 * and the household is owed the rest. Only a round that is settled takes no more than its debts.
 */
export const receivePayment = mutation({
  name: 'groupBuy.receivePayment',
  args: receivePaymentArgs,
  reads: ({ groupBuyId, householdId }, actor) => [
    row(groupBuy, groupBuyId),
    row(order, orderId(groupBuyId, householdId)),
    ...self(actor),
  ],
  async run(tx, { groupBuyId, householdId, fen, paidBefore }, context) {
    await demandMoneyOf(tx, context, householdId);
    const round = found(await tx.get(groupBuy, groupBuyId));
    const it = await orderOf(tx, groupBuyId, householdId);
    const paidFen = it.paidFen ?? 0;
    demand(paidFen === paidBefore, 'changedMeanwhile', { paidFen });
    const owed = Math.max(0, owedFen(it));
    demand(round.state !== 'settled' || fen <= owed, 'moreThanOwed', { owedFen: owed });
    await tx.put(order, { ...it, paidFen: paidFen + fen });
    const move = { from: householdAccount(householdId), to: 'cash', fen } as const;
    await book(tx, { groupBuyId, householdId, kind: 'payment' }, move, context);
  },
  foresee: (tx, { householdId }, context) => demandMoneyOf(tx, context, householdId),
});

/** A payment that was entered by mistake is booked back: both entries stay in the book. */
export const takeBackPayment = mutation({
  name: 'groupBuy.takeBackPayment',
  args: takeBackPaymentArgs,
  reads: ({ entryId }, actor) => [row(ledgerEntry, entryId), ...self(actor)],
  async run(tx, { entryId }, context) {
    demand(mayOrganise(context.actor, context.now), 'notAllowed');
    const entry = found(await tx.get(ledgerEntry, entryId));
    const { groupBuyId, householdId } = entry;
    demand(entry.kind === 'payment' && householdId !== undefined, 'notFound');
    await demandNotOwn(tx, context.actor, householdId);
    const known = await tx.list(ledgerEntry, 'householdId', householdId);
    demand(!known.some((one) => one.kind === 'paymentBack' && one.of === entryId), 'changedMeanwhile');
    const it = await orderOf(tx, groupBuyId, householdId);
    const fen = entry.postings.find((one) => one.account === 'cash')?.fen ?? 0;
    await tx.put(order, { ...it, paidFen: (it.paidFen ?? 0) - fen });
    const move = { from: 'cash', to: householdAccount(householdId), fen } as const;
    await book(tx, { groupBuyId, householdId, kind: 'paymentBack', of: entryId }, move, context);
  },
  async foresee(tx, { entryId }, { actor, now }) {
    demand(mayOrganise(actor, now), 'notAllowed');
    const householdId = (await tx.get(ledgerEntry, entryId))?.householdId;
    if (householdId !== undefined) await demandNotOwn(tx, actor, householdId);
  },
});

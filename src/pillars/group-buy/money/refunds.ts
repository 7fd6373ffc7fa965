import { demand, found } from '../../../domain/refusal.ts';
import { mutation } from '../../../domain/mutation.ts';
import { row, rows } from '../../../domain/tx.ts';
import { order, orderId } from '../schema.ts';
import { mayOrganise } from '../order-rules.ts';
import { book, householdAccount, owedFen } from './book.ts';
import { demandMoneyOf, orderOf } from './payments.ts';
import { demandNotOwn } from './own-household.ts';
import { demandSecondPerson, nameOf, self } from './people.ts';
import { MONEY_RULES_ID, moneyRules, refund } from './schema.ts';
import { refundableFen, refundLimitFen, takesSecondPerson } from './rules.ts';
import { decideRefundArgs, refundArgs } from './args.ts';
import type { Context } from '../../../domain/mutation.ts';
import type { Fen } from '../../../domain/money.ts';
import type { Order } from '../schema.ts';
import type { Refund } from './schema.ts';
import type { Tx } from '../../../domain/tx.ts';

/**
 * 退了: money that was paid back to a household, never more than it is owed. Above the limit it is only asked for, and is
 * paid when a second person has agreed.
 */
export const payBack = mutation({
  name: 'groupBuy.refund',
  args: refundArgs,
  reads: ({ id, groupBuyId, householdId }, actor) => [
    row(order, orderId(groupBuyId, householdId)),
    row(refund, id),
    rows(refund, 'householdId', householdId),
    row(moneyRules, MONEY_RULES_ID),
    ...self(actor),
  ],
  async run(tx, { id, groupBuyId, householdId, fen, refundedBefore }, context) {
    await demandMoneyOf(tx, context, householdId);
    const it = await orderOf(tx, groupBuyId, householdId);
    demand((it.refundedFen ?? 0) === refundedBefore, 'changedMeanwhile', { refundedFen: it.refundedFen ?? 0 });
    const others = (await tx.list(refund, 'householdId', householdId)).filter((one) => one.groupBuyId === groupBuyId);
    const atMost = refundableFen(it, others);
    demand(fen <= atMost, 'moreThanOwed', { owedFen: atMost });
    const limit = refundLimitFen(await tx.get(moneyRules, MONEY_RULES_ID));
    const waits = takesSecondPerson(others, fen, limit);
    await tx.add(refund, {
      id,
      groupBuyId,
      householdId,
      door: it.door,
      fen,
      state: waits ? 'asked' : 'paid',
      askedAt: context.happenedAt,
      ...(context.actor.personId !== undefined && { askedBy: context.actor.personId }),
      askedByName: await nameOf(tx, context.actor),
    });
    if (!waits) await bookRefund(tx, it, fen, id, context);
  },
  foresee: (tx, { householdId }, context) => demandMoneyOf(tx, context, householdId),
});

/** A second person agrees, or not. Whoever asked may also take it back. */
export const decideRefund = mutation({
  name: 'groupBuy.decideRefund',
  args: decideRefundArgs,
  reads: ({ refundId }, actor) => [row(refund, refundId), ...self(actor)],
  async run(tx, { refundId, approve }, context) {
    const decided = await decide(tx, refundId, approve, context);
    if (!approve) return;
    const it = await orderOf(tx, decided.groupBuyId, decided.householdId);
    const owed = Math.max(0, -owedFen(it));
    demand(decided.fen <= owed, 'moreThanOwed', { owedFen: owed });
    await bookRefund(tx, it, decided.fen, refundId, context);
  },
  async foresee(tx, { refundId, approve }, context) {
    await decide(tx, refundId, approve, context);
  },
});

async function decide(tx: Tx, refundId: string, approve: boolean, context: Context): Promise<Refund> {
  const { actor, now, happenedAt } = context;
  demand(mayOrganise(actor, now), 'notAllowed');
  const it = found(await tx.get(refund, refundId));
  demand(it.state === 'asked', 'alreadyClosed', { state: it.state });
  const isOwn = actor.personId !== undefined && actor.personId === it.askedBy;
  if (approve || !isOwn) {
    await demandSecondPerson(tx, actor, it.askedBy);
    await demandNotOwn(tx, actor, it.householdId);
  }
  const decided: Refund = {
    ...it,
    state: approve ? 'paid' : 'declined',
    ...(actor.personId !== undefined && { decidedBy: actor.personId }),
    decidedByName: await nameOf(tx, actor),
    decidedAt: happenedAt,
  };
  await tx.put(refund, decided);
  return decided;
}

/** The money has gone back to the household. */
async function bookRefund(tx: Tx, it: Order, fen: Fen, refundId: string, context: Context): Promise<void> {
  const { groupBuyId, householdId } = it;
  await tx.put(order, { ...it, refundedFen: (it.refundedFen ?? 0) + fen });
  const move = { from: 'cash', to: householdAccount(householdId), fen } as const;
  await book(tx, { groupBuyId, householdId, kind: 'refund', of: refundId }, move, context);
}

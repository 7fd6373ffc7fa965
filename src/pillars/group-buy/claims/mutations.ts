import { demand, found } from '../../../domain/refusal.ts';
import { household } from '../../../people/schema.ts';
import { householdToActFor } from '../../../people/acting-for.ts';
import { isSystem } from '../../../domain/actor.ts';
import { mutation } from '../../../domain/mutation.ts';
import { row, rows } from '../../../domain/tx.ts';
import { mayOrganise, withChange } from '../order-rules.ts';
import { linesFen, putOrder } from '../money/book.ts';
import { demandNotOwn } from '../money/own-household.ts';
import { nameOf, self } from '../money/people.ts';
import { orderOf } from '../money/payments.ts';
import { groupBuy, order, orderId } from '../schema.ts';
import { claimArgs, decideClaimArgs, forgetClaimArgs } from './args.ts';
import { claim, CLAIM_KEPT_MS } from './schema.ts';
import { arrivesTooLate, claimablePortions, claimUntil, claimWorthFen, mayClaim } from './rules.ts';
import type { AnyMutation, Context } from '../../../domain/mutation.ts';
import type { DecideClaimArgs } from './args.ts';
import type { Claim } from './schema.ts';
import type { Fen } from '../../../domain/money.ts';
import type { Order } from '../schema.ts';
import type { Tx } from '../../../domain/tx.ts';

/** 坏了, 少了 or 不是我订的: said within a day of the hand-over, by when it happened, with no more portions than came. */
export const makeClaim = mutation({
  name: 'groupBuy.claim',
  args: claimArgs,
  reads: ({ id, groupBuyId, householdId }) => [
    row(claim, id),
    row(groupBuy, groupBuyId),
    row(order, orderId(groupBuyId, householdId)),
    rows(claim, 'householdId', householdId),
    row(household, householdId),
  ],
  async run(tx, args, context) {
    const { actor, now, happenedAt } = context;
    await householdToActFor(tx, context, args.householdId, 'order');
    const it = await orderOf(tx, args.groupBuyId, args.householdId);
    const line = found(it.lines.find((one) => one.itemId === args.itemId));
    const round = found(await tx.get(groupBuy, args.groupBuyId));
    demand(claimUntil(it, round) !== undefined, 'wrongStep');
    demand(mayClaim(it, round, happenedAt) && !arrivesTooLate(it, round, now), 'tooLate');
    const limit = claimablePortions(it, line, await tx.list(claim, 'householdId', args.householdId));
    const { name, unit } = line;
    demand(args.quantity <= limit, 'overLimit', { name, unit, limit, asked: args.quantity });
    await tx.add(claim, {
      ...args,
      door: it.door,
      name,
      unit,
      at: happenedAt,
      ...(actor.personId !== undefined && { personId: actor.personId }),
      state: 'open',
    });
  },
});

/** The organiser's word. Money back becomes an allowance on the line: from then on the household is owed it. */
export const decideClaim = mutation({
  name: 'groupBuy.decideClaim',
  args: decideClaimArgs,
  reads: ({ claimId }, actor) => [row(claim, claimId), ...self(actor)],
  async run(tx, args, context) {
    const { groupBuyId, householdId, itemId, quantity, fen } = await decide(tx, args, context);
    if (fen === undefined) return;
    const before = await orderOf(tx, groupBuyId, householdId);
    const line = found(before.lines.find((one) => one.itemId === itemId));
    const atMost = before.state === 'placed' ? claimWorthFen(line, quantity) : 0;
    demand(fen <= atMost, 'moreThanOwed', { owedFen: atMost });
    await putOrder(tx, before, withAllowance(before, itemId, fen, context), 'claim', context);
  },
  async foresee(tx, args, context) {
    await decide(tx, args, context);
  },
});

async function decide(tx: Tx, { claimId, outcome, fen, answer }: DecideClaimArgs, context: Context): Promise<Claim> {
  const { actor, now, happenedAt } = context;
  demand(mayOrganise(actor, now), 'notAllowed');
  const it = found(await tx.get(claim, claimId));
  await demandNotOwn(tx, actor, it.householdId);
  demand(it.state === 'open', 'alreadyClosed', { state: it.state });
  const decided: Claim = {
    ...it,
    state: outcome,
    ...(fen !== undefined && { fen }),
    ...(answer !== undefined && { answer }),
    ...(actor.personId !== undefined && { decidedBy: actor.personId }),
    decidedByName: await nameOf(tx, actor),
    decidedAt: happenedAt,
  };
  await tx.put(claim, decided);
  return decided;
}

function withAllowance(before: Order, itemId: string, fen: Fen, context: Context): Order {
  const { actor, now, happenedAt, mutationId } = context;
  const lines = before.lines.map((one) =>
    one.itemId === itemId ? { ...one, allowanceFen: (one.allowanceFen ?? 0) + fen } : one,
  );
  const totalFen = linesFen(lines);
  return {
    ...before,
    lines,
    totalFen,
    revision: mutationId,
    changedBy: actor.deviceId,
    changedAt: now,
    changes: withChange(before, {
      what: 'claim',
      at: happenedAt,
      ...(actor.personId !== undefined && { personId: actor.personId }),
      totalFen,
    }),
  };
}

/** Picture and words of a claim go when they have served: the community's clock does it. What was decided stays. */
export const forgetClaim = mutation({
  name: 'groupBuy.forgetClaim',
  args: forgetClaimArgs,
  reads: ({ claimId }) => [row(claim, claimId)],
  async run(tx, { claimId }, { actor, now }) {
    demand(isSystem(actor), 'notAllowed');
    const { photoId: _photo, text: _text, ...kept } = found(await tx.get(claim, claimId));
    demand(kept.decidedAt !== undefined && kept.decidedAt + CLAIM_KEPT_MS <= now, 'wrongStep', { state: kept.state });
    await tx.put(claim, kept);
  },
});

/** Everything that can be done about what was not right. */
export const claimMutations: readonly AnyMutation[] = [makeClaim, decideClaim, forgetClaim];

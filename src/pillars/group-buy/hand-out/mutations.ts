import { changeBags, changeOrders } from './hold-bags.ts';
import { demand, found } from '../../../domain/refusal.ts';
import { demandFree, handOver, isCarrier, leave, mayCarry, undo } from './rules.ts';
import { groupBuy, order, orderId } from '../schema.ts';
import { handOutArgs, notHandedOutArgs, releaseRunArgs, takeRunArgs, undoHandOutArgs } from './args.ts';
import { handOutRun } from './schema.ts';
import { mayOrganise } from '../order-rules.ts';
import { mutation } from '../../../domain/mutation.ts';
import { person } from '../../../people/schema.ts';
import { row } from '../../../domain/tx.ts';
import type { Actor } from '../../../domain/actor.ts';
import type { AnyMutation, Context } from '../../../domain/mutation.ts';
import type { Bags, Handling } from './hold-bags.ts';
import type { HandedOut } from '../schema.ts';
import type { HandOutArgs, NotHandedOutArgs } from './args.ts';
import type { Read, Tx } from '../../../domain/tx.ts';

/**
 * A volunteer takes a stairway, whole: of two who want it one finds it taken. What is in its bags comes to the phone with
 * the server's yes.
 */
export const takeRun = mutation({
  name: 'groupBuy.takeRun',
  args: takeRunArgs,
  reads: ({ runId }, actor) => [row(handOutRun, runId), ...self(actor)],
  async run(tx, { runId }, { actor, now, happenedAt }) {
    demand(mayCarry(actor, now), 'notAllowed');
    const run = found(await tx.get(handOutRun, runId));
    demandFree(run, found(await tx.get(groupBuy, run.groupBuyId)), actor);
    if (isCarrier(actor, run)) return;
    const personName = await nameOf(tx, actor);
    await tx.put(handOutRun, { ...run, personId: actor.personId, personName, takenAt: happenedAt });
  },
});

/** Whoever carries it gives the stairway back, or an organiser does: what was handed over stays so, the rest is for the next. */
export const releaseRun = mutation({
  name: 'groupBuy.releaseRun',
  args: releaseRunArgs,
  reads: ({ runId }) => [row(handOutRun, runId)],
  async run(tx, { runId }, { actor, now }) {
    demand(mayCarry(actor, now), 'notAllowed');
    const run = found(await tx.get(handOutRun, runId));
    demand(isCarrier(actor, run) || mayOrganise(actor, now), 'notAllowed');
    demand(run.personId !== undefined && run.ended !== true, 'wrongStep');
    await tx.put(handOutRun, { ...run, personId: undefined, personName: undefined, takenAt: undefined });
  },
});

/** All bags of a door are handed over: who did it and when it was done is what the household reads. */
export const handOut = mutation({
  name: 'groupBuy.handOut',
  args: handOutArgs,
  reads: bagReads,
  run: async (tx, args, context) => changeOrders(tx, args, context, await handing(tx, args, context)),
  foresee: async (tx, args, context) => changeBags(tx, args, context, await handing(tx, args, context)),
});

/** Nobody was in, the bag is a wrong one, or something is missing: the bags stay open until they are handed over. */
export const notHandedOut = mutation({
  name: 'groupBuy.notHandedOut',
  args: notHandedOutArgs,
  reads: bagReads,
  run: (tx, args, context) => changeOrders(tx, args, context, leaving(args, context)),
  foresee: (tx, args, context) => changeBags(tx, args, context, leaving(args, context)),
});

/** Takes back what was said of a door's bags, within ten minutes by the times of both taps. */
export const undoHandOut = mutation({
  name: 'groupBuy.undoHandOut',
  args: undoHandOutArgs,
  reads: bagReads,
  run: (tx, args, context) => changeOrders(tx, args, context, undoing(context)),
  foresee: (tx, args, context) => changeBags(tx, args, context, undoing(context)),
});

/** Everything that is done about carrying bags. */
export const handOutMutations: readonly AnyMutation[] = [takeRun, releaseRun, handOut, notHandedOut, undoHandOut];

async function handing(tx: Tx, { how }: HandOutArgs, { actor, happenedAt }: Context): Promise<Handling> {
  const name = await nameOf(tx, actor);
  const { personId } = actor;
  const by: HandedOut = {
    at: happenedAt,
    how,
    ...(personId !== undefined && { personId }),
    ...(name !== undefined && { name }),
  };
  return (bags) => handOver(bags, by);
}

function leaving({ what, text }: NotHandedOutArgs, { happenedAt }: Context): Handling {
  return (bags) => leave(bags, { what, at: happenedAt, ...(text !== undefined && { text }) });
}

function undoing({ actor, now, happenedAt }: Context): Handling {
  return (bags) => undo(bags, happenedAt, (who) => mayOrganise(actor, now) || who === actor.personId);
}

function bagReads({ groupBuyId, householdIds }: Bags, actor: Actor): Read[] {
  return [
    row(groupBuy, groupBuyId),
    ...householdIds.map((householdId) => row(order, orderId(groupBuyId, householdId))),
    ...self(actor),
  ];
}

function self(actor: Actor): Read[] {
  return actor.personId === undefined ? [] : [row(person, actor.personId)];
}

async function nameOf(tx: Tx, actor: Actor): Promise<string | undefined> {
  return actor.personId === undefined ? undefined : (await tx.get(person, actor.personId))?.name;
}

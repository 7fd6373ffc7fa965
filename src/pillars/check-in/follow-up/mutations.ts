import { mutation } from '../../../domain/mutation.ts';
import { demand, found } from '../../../domain/refusal.ts';
import { row, rows } from '../../../domain/tx.ts';
import { isStaffOf } from '../../../domain/actor.ts';
import { MINUTE_MS } from '../../../domain/day.ts';
import { household, person } from '../../../people/schema.ts';
import { isDayOf } from '../rules.ts';
import { foreseeCard } from './card.ts';
import { nobody } from './open.ts';
import { callerAt, hasIt, hasReached, isOpen, maySee, shownCall, withContact } from './rules.ts';
import {
  call,
  callId,
  CALLING_MINUTES,
  closeArgs,
  followUp,
  followUpCard,
  recordCallArgs,
  seeArgs,
  takeCallArgs,
} from './schema.ts';
import type { Actor } from '../../../domain/actor.ts';
import type { Day } from '../../../domain/day.ts';
import type { AnyMutation, Context } from '../../../domain/mutation.ts';
import type { Read, Tx } from '../../../domain/tx.ts';
import type { Call, Contact, FollowUp } from './schema.ts';

const self = (actor: Actor): readonly Read[] => (actor.personId === undefined ? [] : [row(person, actor.personId)]);

/** A person has opened it. The first to do so holds, whoever's word arrives first. */
export const seeFollowUp = mutation({
  name: 'checkIn.seeFollowUp',
  args: seeArgs,
  reads: (args, actor) => [row(followUp, args.followUpId), ...self(actor)],
  async run(tx, { followUpId, openedAt }, context) {
    const before = await toWorkOn(tx, followUpId, context);
    // What was raised anew since then has not been seen by this.
    if (openedAt !== undefined && openedAt !== before.openedAt) return;
    const next = seen(before, context, await nameOf(tx, context.actor), openedAt !== undefined);
    if (next !== before) await tx.put(followUp, next);
  },
  async foresee(tx, args, context) {
    if (await tx.get(followUp, args.followUpId)) {
      await seeFollowUp.run(tx, args, context);
      return foreseeCard(tx, args.followUpId);
    }
    const card = found(await tx.get(followUpCard, args.followUpId));
    if (card.seenAt != null) return;
    const seenByName = await nameOf(tx, context.actor);
    await tx.put(followUpCard, { ...card, seenAt: context.happenedAt, seenByName });
  },
});

/** It is done, and what came of it. Then it is nobody's any longer and leaves the desk's phones. */
export const closeFollowUp = mutation({
  name: 'checkIn.closeFollowUp',
  args: closeArgs,
  reads: (args, actor) => [row(followUp, args.followUpId), ...self(actor)],
  async run(tx, { followUpId, openedAt, result, note }, context) {
    const before = await toWorkOn(tx, followUpId, context);
    demand(isOpen(before), 'alreadyClosed');
    demand(
      openedAt === undefined ? before.openedAt <= context.happenedAt : openedAt === before.openedAt,
      'changedMeanwhile',
    );
    const byName = await nameOf(tx, context.actor);
    // What they had before them was raised before they closed it, by whatever ms two clocks differ.
    const closedAt = Math.max(context.happenedAt, before.openedAt);
    const reached = result === 'falseAlarm' ? before.firstContactAt : (before.firstContactAt ?? closedAt);
    await tx.put(followUp, {
      ...seen(before, context, byName, true),
      ...nobody,
      firstContactAt: reached,
      result,
      note,
      closedAt,
      closedByName: byName,
    });
  },
  async foresee(tx, args, context) {
    if (await tx.get(followUp, args.followUpId)) {
      await closeFollowUp.run(tx, args, context);
      return foreseeCard(tx, args.followUpId);
    }
    const card = found(await tx.get(followUpCard, args.followUpId));
    demand(card.closedAt == null, 'alreadyClosed');
    await tx.put(followUpCard, { ...card, ...nobody, result: args.result, closedAt: context.happenedAt });
  },
});

/** 我来打: for some minutes the door is theirs, so that two workers do not ring it at once. */
export const takeCall = mutation({
  name: 'checkIn.takeCall',
  args: takeCallArgs,
  reads: doorReads,
  async run(tx, { householdId, day }, context) {
    const door = await doorToCall(tx, householdId, context);
    demand(isDayOf(day, context.happenedAt), 'notToday');
    const me = whoCalls(context.actor);
    const before = await tx.get(call, callId(householdId, day));
    const caller = callerAt(before, context.now);
    demand(caller === undefined || caller.by === me, 'beingCalled', { name: caller?.name ?? '' });
    // Heard of only long after: they are not calling any longer.
    if (context.now - context.happenedAt >= CALLING_MINUTES * MINUTE_MS) return;
    const callingName = await nameOf(tx, context.actor);
    await store(tx, door, day, before, { callingBy: me, callingName, callingAt: context.happenedAt });
  },
});

/** What came of a call or a knock. Whoever was reached was reached for all that is open behind the door. */
export const recordCall = mutation({
  name: 'checkIn.recordCall',
  args: recordCallArgs,
  reads: doorReads,
  async run(tx, { householdId, day, outcome, note }, context) {
    const door = await doorToCall(tx, householdId, context);
    demand(isDayOf(day, context.happenedAt), 'notToday');
    const me = whoCalls(context.actor);
    const byName = await nameOf(tx, context.actor);
    const contact: Contact = { at: context.happenedAt, by: me, byName, outcome, note };
    const before = await tx.get(call, callId(householdId, day));
    const free = before?.callingBy === me ? { callingBy: undefined, callingName: undefined, callingAt: undefined } : {};
    await store(tx, door, day, before, { ...free, attempts: withContact(before?.attempts ?? [], contact) });
    for (const open of await tx.list(followUp, 'householdId', householdId)) {
      // A call made before it was said was not about it.
      if (!isOpen(open) || open.openedAt > contact.at) continue;
      await tx.put(followUp, withCall(open, contact, context, byName));
    }
  },
  async foresee(tx, args, context) {
    await recordCall.run(tx, args, context);
    await tx.put(call, shownCall(found(await tx.get(call, callId(args.householdId, args.day)))));
    for (const open of await tx.list(followUp, 'householdId', args.householdId)) {
      if (isOpen(open)) await foreseeCard(tx, open.id);
    }
  },
});

export const followUpMutations: readonly AnyMutation[] = [seeFollowUp, closeFollowUp, takeCall, recordCall];

function doorReads(args: { householdId: string; day: Day }, actor: Actor): readonly Read[] {
  return [
    row(household, args.householdId),
    row(call, callId(args.householdId, args.day)),
    rows(followUp, 'householdId', args.householdId),
    ...self(actor),
  ];
}

/** The follow-up, for somebody who may work on it. Whoever tries ids learns nothing. */
async function toWorkOn(tx: Tx, id: string, { actor, now }: Context): Promise<FollowUp> {
  const before = await tx.get(followUp, id);
  demand(before !== undefined && maySee(actor, before, now), 'notFound');
  return before;
}

/** The door, for its desk, and for who has a follow-up behind it (and need not hold the household's row). */
async function doorToCall(
  tx: Tx,
  householdId: string,
  { actor, now }: Context,
): Promise<Pick<Call, 'householdId' | 'grid'>> {
  const home = await tx.get(household, householdId);
  if (home !== undefined && isStaffOf(actor, now, home.grid)) return { householdId, grid: home.grid };
  const behind = await tx.list(followUp, 'householdId', householdId);
  const mine = behind.find((one) => isOpen(one) && hasIt(actor, one, now));
  demand(mine !== undefined, 'notAllowed');
  return { householdId, grid: mine.grid };
}

function whoCalls(actor: Actor): string {
  return actor.personId ?? actor.deviceId;
}

async function nameOf(tx: Tx, actor: Actor): Promise<string | undefined> {
  return actor.personId === undefined ? undefined : (await tx.get(person, actor.personId))?.name;
}

/** @param isThisOne they had it before them as it is now; else the times must tell that it was not an earlier state of it */
function seen(before: FollowUp, context: Context, seenByName: string | undefined, isThisOne = false): FollowUp {
  const seenAt = isThisOne ? Math.max(context.happenedAt, before.openedAt) : context.happenedAt;
  if (seenAt < before.openedAt || (before.seenAt != null && before.seenAt <= seenAt)) return before;
  return { ...before, seenAt, seenBy: whoCalls(context.actor), seenByName };
}

function withCall(open: FollowUp, contact: Contact, context: Context, byName: string | undefined): FollowUp {
  const next = { ...open, contacts: withContact(open.contacts, contact) };
  if (!hasReached(contact)) return next;
  return { ...seen(next, context, byName), firstContactAt: Math.min(open.firstContactAt ?? contact.at, contact.at) };
}

async function store(
  tx: Tx,
  { householdId, grid }: Pick<Call, 'householdId' | 'grid'>,
  day: Day,
  before: Call | undefined,
  change: Partial<Call>,
): Promise<void> {
  if (before !== undefined) return tx.put(call, { ...before, ...change });
  return tx.add(call, { id: callId(householdId, day), householdId, grid, day, attempts: [], ...change });
}

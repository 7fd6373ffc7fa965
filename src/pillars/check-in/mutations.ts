import { isSystem, livesIn } from '../../domain/actor.ts';
import { naturalKey } from '../../domain/entity.ts';
import { mutation } from '../../domain/mutation.ts';
import { demand, found, Refusal } from '../../domain/refusal.ts';
import { row } from '../../domain/tx.ts';
import { householdToActFor } from '../../people/acting-for.ts';
import { belongs } from '../../people/rules.ts';
import { community, household, person } from '../../people/schema.ts';
import { answerFor, ofTheDay, reasonsToLook } from './answer-for.ts';
import { foreseeCard } from './follow-up/card.ts';
import { openingReads } from './follow-up/open.ts';
import { followUp, followUpId } from './follow-up/schema.ts';
import { isDayOf, isUndoable } from './rules.ts';
import { checkIn, checkInId, lifeSign, retractArgs, signArgs, submitArgs } from './schema.ts';
import { ownAnswer, takeBack, withdraw } from './take-back.ts';
import type { Actor } from '../../domain/actor.ts';
import type { Tx } from '../../domain/tx.ts';
import type { By } from './schema.ts';

/**
 * 家里都好, 我不舒服, 现在好了: what a household (or somebody for it) says of its people for a slot of the day.
 * Said for several, what no longer fits one of them (away by now, reported unwell meanwhile) leaves that one out and
 * does not stop the others; only where nothing at all remains is it refused.
 */
export const submit = mutation({
  name: 'checkIn.submit',
  args: submitArgs,
  reads: (args, actor) => [
    ...ground(args.householdId, actor),
    ...args.entries.flatMap((said) => [row(person, said.personId), ...ofTheDay(said.personId, args.day)]),
    ...args.entries.flatMap((said) => (reasonsToLook(said).length > 0 ? openingReads(said.personId, args.day) : [])),
  ],
  async run(tx, args, context) {
    const town = found(await tx.get(community, context.actor.communityId));
    const home = await householdToActFor(tx, context, args.householdId, 'check-in');
    demand(isDayOf(args.day, context.happenedAt), 'notToday');
    demand(town.slots.includes(args.slot), 'noSuchSlot');
    const actingFor = !livesIn(context.actor, home.id) && !isSystem(context.actor);
    demand(!actingFor || args.how !== undefined, 'howNeeded');
    const by = await whoSays(tx, context.actor, actingFor);
    const reasons: ('notAtHome' | 'reportedUnwell')[] = [];
    for (const said of args.entries) {
      const reason = await answerFor(tx, { town, home, args, said, by, context });
      if (reason !== undefined) reasons.push(reason);
    }
    const first = reasons[0];
    if (first !== undefined && reasons.length === args.entries.length) throw new Refusal(first);
  },
  async foresee(tx, args, context) {
    await submit.run(tx, args, context);
    for (const said of args.entries) {
      if (reasonsToLook(said).length > 0) await foreseeCard(tx, followUpId(said.personId, args.day));
    }
  },
});

/**
 * 撤回: takes back what this device said within the last 10 minutes; what it had corrected holds again. What another
 * device has said since is left alone. A follow-up that it alone had opened ends with it, if nobody has seen it yet.
 */
export const retract = mutation({
  name: 'checkIn.retract',
  args: retractArgs,
  reads: (args, actor) => [
    ...ground(args.householdId, actor),
    ...args.personIds.flatMap((one) => [...ofTheDay(one, args.day), row(followUp, followUpId(one, args.day))]),
  ],
  async run(tx, args, context) {
    const home = await householdToActFor(tx, context, args.householdId, 'check-in');
    let others = 0;
    let undone = 0;
    for (const personId of args.personIds) {
      const answer = await tx.get(checkIn, checkInId(personId, args.day, args.slot));
      if (answer === undefined || answer.householdId !== home.id) continue;
      const own = ownAnswer(answer, context.actor);
      if (own === undefined) {
        others += 1;
        continue;
      }
      demand(isUndoable(own, context.happenedAt), 'tooLate');
      await takeBack(tx, answer, own);
      await withdraw(tx, answer, own, context);
      undone += 1;
    }
    demand(undone > 0 || others === 0, 'changedMeanwhile');
  },
});

/**
 * A sign of life: what somebody who need not report (不用天天报) did on the phone marked as theirs. The first of the day
 * is kept, and not what it was.
 */
export const sign = mutation({
  name: 'checkIn.sign',
  args: signArgs,
  reads: (args, actor) => [
    ...ground(args.householdId, actor),
    row(person, args.personId),
    row(lifeSign, naturalKey(args.personId, args.day)),
  ],
  async run(tx, { householdId, personId, day }, { actor, happenedAt }) {
    demand(livesIn(actor, householdId) && actor.personId === personId, 'onlyThemselves');
    const whom = found(await tx.get(person, personId));
    demand(whom.householdId === householdId, 'onlyThemselves');
    demand(isDayOf(day, happenedAt), 'notToday');
    // They report as everybody does by now: nothing is kept that nobody asks for.
    if (whom.quiet !== true || !belongs(whom)) return;
    const { grid } = found(await tx.get(household, householdId));
    const before = await tx.get(lifeSign, naturalKey(personId, day));
    if (before === undefined) {
      await tx.add(lifeSign, { id: naturalKey(personId, day), personId, householdId, grid, day, happenedAt });
    } else if (happenedAt < before.happenedAt) await tx.put(lifeSign, { ...before, happenedAt });
  },
});

function ground(householdId: string, actor: Actor) {
  const own = actor.personId === undefined ? [] : [row(person, actor.personId)];
  return [row(community, actor.communityId), row(household, householdId), ...own];
}

async function whoSays(tx: Tx, actor: Actor, actingFor: boolean): Promise<By> {
  const self = actor.personId === undefined ? undefined : await tx.get(person, actor.personId);
  return { personId: actor.personId, name: self?.name, deviceId: actor.deviceId, actingFor };
}

import { isSystem, livesIn } from '../../domain/actor.ts';
import { mutation } from '../../domain/mutation.ts';
import { demand, found, Refusal } from '../../domain/refusal.ts';
import { row } from '../../domain/tx.ts';
import { householdToActFor } from '../../people/acting-for.ts';
import { belongs } from '../../people/rules.ts';
import { community, household, person } from '../../people/schema.ts';
import { effectOf, isAtHome, isDayOf, isLate, isUndoable, levelOf } from './rules.ts';
import { checkIn, checkInId, retractArgs, submitArgs } from './schema.ts';
import type { Actor } from '../../domain/actor.ts';
import type { Context } from '../../domain/mutation.ts';
import type { Tx } from '../../domain/tx.ts';
import type { Community, Household, Slot } from '../../people/schema.ts';
import type { Answer, By, CheckIn, Entry, SubmitArgs } from './schema.ts';

const BOTH: readonly Slot[] = ['morning', 'evening'];
/** Corrections of one answer that are kept, so that a row stays small whatever happens to it. */
const MAX_HISTORY = 20;

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
});

/**
 * 撤回: takes back what this device said within the last 10 minutes; what it had corrected holds again. What another
 * device has said since is left alone.
 */
export const retract = mutation({
  name: 'checkIn.retract',
  args: retractArgs,
  reads: (args, actor) => [
    ...ground(args.householdId, actor),
    ...args.personIds.map((one) => row(checkIn, checkInId(one, args.day, args.slot))),
  ],
  async run(tx, args, context) {
    const home = await householdToActFor(tx, context, args.householdId, 'check-in');
    let others = 0;
    let undone = 0;
    for (const personId of args.personIds) {
      const answer = await tx.get(checkIn, checkInId(personId, args.day, args.slot));
      if (answer === undefined || answer.householdId !== home.id) continue;
      if (answer.by.deviceId !== context.actor.deviceId) {
        others += 1;
        continue;
      }
      demand(isUndoable(answer, context.happenedAt), 'tooLate');
      await takeBack(tx, answer);
      undone += 1;
    }
    demand(undone > 0 || others === 0, 'changedMeanwhile');
  },
});

function ground(householdId: string, actor: Actor) {
  const own = actor.personId === undefined ? [] : [row(person, actor.personId)];
  return [row(community, actor.communityId), row(household, householdId), ...own];
}

function ofTheDay(personId: string, day: string) {
  return BOTH.map((slot) => row(checkIn, checkInId(personId, day, slot)));
}

async function whoSays(tx: Tx, actor: Actor, actingFor: boolean): Promise<By> {
  const self = actor.personId === undefined ? undefined : await tx.get(person, actor.personId);
  return { personId: actor.personId, name: self?.name, deviceId: actor.deviceId, actingFor };
}

interface Saying {
  readonly town: Community;
  readonly home: Household;
  readonly args: SubmitArgs;
  readonly said: Entry;
  readonly by: By;
  readonly context: Context;
}

/** Stores what is said of one person. @returns why it was left out, or undefined */
async function answerFor(tx: Tx, saying: Saying): Promise<'notAtHome' | 'reportedUnwell' | undefined> {
  const { town, home, args, said, context } = saying;
  const whom = found(await tx.get(person, said.personId));
  demand(whom.householdId === home.id, 'notFound');
  const well = levelOf(said) === 'ok';
  demand(!well || said.temperatureC === undefined || town.asksTemperature, 'temperatureOff');
  // Where the register thinks somebody is must never turn away "I am unwell".
  if (!belongs(whom) || (well && !isAtHome(whom, args.day))) return 'notAtHome';

  const rows = await Promise.all(BOTH.map((slot) => tx.get(checkIn, checkInId(whom.id, args.day, slot))));
  const earlier = rows.filter((answer) => answer !== undefined);
  const before = earlier.find((answer) => answer.slot === args.slot);
  const effect = effectOf(earlier, before, said, context.happenedAt);
  if (effect === 'reportedUnwell') return effect;
  if (effect === 'repeats') return undefined;

  const next = checkInOf(saying);
  if (before === undefined) await tx.add(checkIn, next);
  else if (effect === 'older') await tx.put(checkIn, { ...before, history: kept([...before.history, answerOf(next)]) });
  else await tx.put(checkIn, { ...next, history: kept([...before.history, answerOf(before)]) });
  return undefined;
}

function checkInOf({ town, home, args, said, by, context }: Saying): CheckIn {
  const when = { day: args.day, slot: args.slot, happenedAt: context.happenedAt, receivedAt: context.now };
  return {
    ...when,
    id: checkInId(said.personId, args.day, args.slot),
    personId: said.personId,
    householdId: home.id,
    grid: home.grid,
    feels: said.feels,
    temperatureC: said.temperatureC,
    symptoms: said.symptoms ?? [],
    needs: said.needs ?? [],
    level: levelOf(said),
    recovered: said.recovered ?? false,
    how: args.how,
    by,
    late: isLate(town, when),
    history: [],
  };
}

function answerOf(row: CheckIn): Answer {
  const { feels, temperatureC, symptoms, needs, level, recovered, how, by, happenedAt, receivedAt, late } = row;
  return { feels, temperatureC, symptoms, needs, level, recovered, how, by, happenedAt, receivedAt, late };
}

function kept(history: readonly Answer[]): readonly Answer[] {
  return [...history].sort((one, other) => one.happenedAt - other.happenedAt).slice(-MAX_HISTORY);
}

const nothingSaid = { temperatureC: undefined, how: undefined };

async function takeBack(tx: Tx, answer: CheckIn): Promise<void> {
  const earlier = answer.history[answer.history.length - 1];
  if (earlier === undefined) await tx.remove(checkIn, answer.id);
  // What the earlier answer did not say must not be left over from the one that is taken back.
  else await tx.put(checkIn, { ...answer, ...nothingSaid, ...earlier, history: answer.history.slice(0, -1) });
}

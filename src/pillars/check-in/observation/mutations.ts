import { isStaffOf, isSystem, livesIn } from '../../../domain/actor.ts';
import type { Actor } from '../../../domain/actor.ts';
import { addDays } from '../../../domain/day.ts';
import { mutation } from '../../../domain/mutation.ts';
import type { AnyMutation, Context } from '../../../domain/mutation.ts';
import { demand, found } from '../../../domain/refusal.ts';
import { row, rows } from '../../../domain/tx.ts';
import type { Tx } from '../../../domain/tx.ts';
import { householdToActFor } from '../../../people/acting-for.ts';
import { community, household, person } from '../../../people/schema.ts';
import { foreseeCard } from '../follow-up/card.ts';
import { openFollowUp } from '../follow-up/open.ts';
import { followUpId } from '../follow-up/schema.ts';
import { asksEverybody, isAtHome } from '../rules.ts';
import { demandReadingDay, isMissed, isRunning, readingOf, withReading } from './rules.ts';
import { endObservationArgs, missReadingArgs, startObservationArgs, takeReadingArgs } from './args.ts';
import { observation, reading, readingId } from './schema.ts';
import type { TakeReadingArgs } from './args.ts';
import type { Observation } from './schema.ts';

/** Begins home observation of somebody at home. Only in an emergency; it goes on where the emergency ends before it does. */
export const startObservation = mutation({
  name: 'checkIn.startObservation',
  args: startObservationArgs,
  reads: (args, actor) => [
    row(observation, args.id),
    row(person, args.personId),
    rows(observation, 'personId', args.personId),
    row(community, actor.communityId),
    ...self(actor),
  ],
  async run(tx, { id, personId, days, reason }, { actor, now, happenedAt, today }) {
    const whom = await tx.get(person, personId);
    const home = whom && (await tx.get(household, whom.householdId));
    demand(whom !== undefined && home !== undefined && isStaffOf(actor, now, home.grid), 'notAllowed');
    demand(asksEverybody(found(await tx.get(community, actor.communityId)), today), 'ordinaryMode');
    demand(isAtHome(whom, today), 'notAtHome');
    const earlier = await tx.list(observation, 'personId', personId);
    demand(!earlier.some((one) => one.id !== id && isRunning(one, now)), 'alreadyThere');
    await tx.add(observation, {
      id,
      personId,
      personName: whom.name,
      householdId: home.id,
      grid: home.grid,
      door: home.door,
      startDay: today,
      days,
      endDay: addDays(today, days - 1),
      reason,
      startedByName: await nameOf(tx, actor),
      startedAt: happenedAt,
    });
  },
});

/**
 * One of the day's two cards. Fever asks for somebody at once, a need for a visit or a call; also where the card comes late,
 * or another one of the same slot came before it.
 */
export const takeReading = mutation({
  name: 'checkIn.takeReading',
  args: takeReadingArgs,
  reads: (args, actor) => [
    row(observation, args.observationId),
    row(reading, readingId(args.observationId, args.day, args.slot)),
    ...self(actor),
  ],
  run: take,
  // The secretary's phone holds nobody's readings: there it is shown once the server has it.
  foresee: async (tx, args, context) => {
    const under = await tx.get(observation, args.observationId);
    if (under === undefined) return;
    await take(tx, args, context);
    await foreseeCard(tx, followUpId(under.personId, args.day));
  },
});

/** Ends an observation before its last day, and says why. */
export const endObservation = mutation({
  name: 'checkIn.endObservation',
  args: endObservationArgs,
  reads: (args, actor) => [row(observation, args.observationId), ...self(actor)],
  run: end,
  foresee: async (tx, args, context) => {
    if (await tx.get(observation, args.observationId)) await end(tx, args, context);
  },
});

/** By the community's clock: a reading that was due did not come, and somebody is asked to look. */
export const missReading = mutation({
  name: 'checkIn.missReading',
  args: missReadingArgs,
  reads: (args) => [
    row(observation, args.observationId),
    row(reading, readingId(args.observationId, args.day, args.slot)),
  ],
  async run(tx, { observationId, day, slot }, context) {
    demand(isSystem(context.actor), 'notAllowed');
    const under = found(await tx.get(observation, observationId));
    demand((await tx.get(reading, readingId(observationId, day, slot))) === undefined, 'alreadyAnswered');
    demand(isMissed(under, day, slot, context.now), 'wrongStep');
    const whom = found(await tx.get(person, under.personId));
    const home = found(await tx.get(household, under.householdId));
    await openFollowUp(tx, { whom, home, day, reasons: ['missedReading'], level: 'watch', context });
  },
});

async function take(tx: Tx, args: TakeReadingArgs, context: Context): Promise<void> {
  const { actor, now, happenedAt } = context;
  const under = await tx.get(observation, args.observationId);
  demand(under !== undefined, 'notAllowed');
  const home = await householdToActFor(tx, context, under.householdId, 'check-in');
  const actingFor = !livesIn(actor, home.id) && !isSystem(actor);
  demand(!actingFor || args.how !== undefined, 'howNeeded');
  demandReadingDay(under, args.day, happenedAt);
  const by = { personId: actor.personId, name: await nameOf(tx, actor), deviceId: actor.deviceId, actingFor };
  const next = readingOf({ ...under, grid: home.grid }, args, { by, happenedAt, receivedAt: now });
  const before = await tx.get(reading, next.id);
  if (before === undefined) await tx.add(reading, next);
  else await tx.put(reading, withReading(before, next));

  const hasFever = next.level === 'alert';
  const reasons = [...(hasFever ? (['alert'] as const) : []), ...(args.needs ?? [])];
  if (reasons.length === 0) return;
  const whom = found(await tx.get(person, under.personId));
  await openFollowUp(tx, { whom, home, day: args.day, reasons, level: hasFever ? 'alert' : 'watch', context });
}

async function end(tx: Tx, args: { observationId: string; reason: string }, context: Context): Promise<void> {
  const { actor, now, happenedAt } = context;
  const under = await tx.get(observation, args.observationId);
  demand(under !== undefined && isStaffOf(actor, now, under.grid), 'notAllowed');
  demand(isRunning(under, happenedAt), 'alreadyClosed');
  const ended: Partial<Observation> = { endedByName: await nameOf(tx, actor), endReason: args.reason };
  await tx.put(observation, { ...under, ...ended, endedAt: happenedAt });
}

const self = (actor: Actor) => (actor.personId === undefined ? [] : [row(person, actor.personId)]);

async function nameOf(tx: Tx, actor: Actor): Promise<string | undefined> {
  return actor.personId === undefined ? undefined : (await tx.get(person, actor.personId))?.name;
}

export const observationMutations: readonly AnyMutation[] = [
  startObservation,
  takeReading,
  endObservation,
  missReading,
];

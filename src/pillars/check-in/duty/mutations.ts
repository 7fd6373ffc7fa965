import { holdsRole, isSystem } from '../../../domain/actor.ts';
import type { Actor } from '../../../domain/actor.ts';
import { mutation } from '../../../domain/mutation.ts';
import type { AnyMutation, Context } from '../../../domain/mutation.ts';
import { demand, found } from '../../../domain/refusal.ts';
import { row, rows } from '../../../domain/tx.ts';
import type { Tx } from '../../../domain/tx.ts';
import { belongs } from '../../../people/rules.ts';
import { community, household, person, role } from '../../../people/schema.ts';
import type { Person } from '../../../people/schema.ts';
import { foreseeCard } from '../follow-up/card.ts';
import { isOpen } from '../follow-up/rules.ts';
import { followUp } from '../follow-up/schema.ts';
import { endDutyArgs, handOverDutyArgs, passOnArgs, robotToldArgs, setRobotArgs, startDutyArgs } from './args.ts';
import { handedOver, isOverdue, passedOn } from './escalation.ts';
import { isRobotAddress } from './robot.ts';
import { canTakeDuty, demandTerm, isInForce, mayArrangeDuty, mayHandOver } from './rules.ts';
import { duty, robot, robotCard } from './schema.ts';
import type { Duty, Robot } from './schema.ts';

const who = (personId: string) => [row(person, personId), rows(role, 'personId', personId)];
const town = (actor: Actor) => row(community, actor.communityId);

/** 值班: somebody of the staff answers from when to when, for a grid or for the whole community. */
export const startDuty = mutation({
  name: 'checkIn.startDuty',
  args: startDutyArgs,
  reads: (args, actor) => [row(duty, args.id), town(actor), ...who(args.personId)],
  async run(tx, { id, personId, grid, from, to }, context) {
    const shift = { id, personId, place: grid ?? '', from, to };
    demand(mayArrangeDuty(context.actor, shift, context.now), 'notAllowed');
    if (grid !== undefined) demand((await tx.list(household, 'grid', grid)).length > 0, 'notFound');
    await begin(tx, shift, await oneOfUs(tx, personId, context), context);
  },
  // A desk's phone holds the roles of its own grid only: whether the person may be on duty is the server's to say.
  async foresee(tx, { id, personId, grid, from, to }, context) {
    const shift = { id, personId, place: grid ?? '', from, to };
    demand(mayArrangeDuty(context.actor, shift, context.now), 'notAllowed');
    await begin(tx, shift, found(await tx.get(person, personId)), context);
  },
});

/** Ends a shift, or calls off one that has not begun. */
export const endDuty = mutation({
  name: 'checkIn.endDuty',
  args: endDutyArgs,
  reads: (args) => [row(duty, args.dutyId)],
  async run(tx, { dutyId }, { actor, now }) {
    const shift = found(await tx.get(duty, dutyId));
    demand(mayArrangeDuty(actor, shift, now), 'notAllowed');
    demand(shift.endedAt == null && now < shift.to, 'notOnDuty');
    await tx.put(duty, { ...shift, endedAt: now });
  },
});

/**
 * 交班: ends this shift, begins the next one's, and what is open goes along. It was in time if it was tapped in the shift,
 * however late it arrives; what changes hands is what is open then.
 */
export const handOverDuty = mutation({
  name: 'checkIn.handOverDuty',
  args: handOverDutyArgs,
  reads: (args, actor) => [row(duty, args.dutyId), row(duty, args.nextId), town(actor), ...who(args.toPersonId)],
  async run(tx, args, context) {
    await handOver(tx, args, context, () => oneOfUs(tx, args.toPersonId, context));
  },
  async foresee(tx, args, context) {
    const moved = await handOver(tx, args, context, async () => found(await tx.get(person, args.toPersonId)));
    for (const id of moved) await foreseeCard(tx, id);
  },
});

/** By the community's clock: an alert that nobody opened in time goes to the next. */
export const passOn = mutation({
  name: 'checkIn.passOn',
  args: passOnArgs,
  reads: (args) => [row(followUp, args.followUpId), ...who(args.toPersonId)],
  async run(tx, args, context) {
    const { actor, now } = context;
    demand(isSystem(actor), 'notAllowed');
    const alert = found(await tx.get(followUp, args.followUpId));
    demand(isOverdue(alert, now) && alert.stage === args.stageBefore, 'wrongStep');
    // Since the clock looked they may have been dismissed: it looks again, and finds another.
    const next = await oneOfUs(tx, args.toPersonId, context);
    await tx.put(followUp, passedOn(alert, { stage: args.stage, personId: next.id, name: next.name }, now));
  },
});

/** Sets or takes away the group chat's robot. Its address reaches the server and no phone. */
export const setRobot = mutation({
  name: 'checkIn.setRobot',
  args: setRobotArgs,
  reads: (_args, actor) => [row(robot, actor.communityId), town(actor), ...self(actor)],
  async run(tx, args, context) {
    const set = await robotOf(tx, args, context);
    const before = await tx.get(robot, context.actor.communityId);
    if (set === undefined) await (before && tx.remove(robot, before.id));
    else await (before ? tx.put(robot, set) : tx.add(robot, set));
  },
  async foresee(tx, args, context) {
    const set = await robotOf(tx, args, context);
    const before = await tx.get(robotCard, context.actor.communityId);
    if (set === undefined) return before && tx.remove(robotCard, before.id);
    const { url: _secret, ...card } = set;
    await (before ? tx.put(robotCard, card) : tx.add(robotCard, card));
  },
});

/** By the community's clock: the robot has been told of an alert's present stage. */
export const robotTold = mutation({
  name: 'checkIn.robotTold',
  args: robotToldArgs,
  reads: (args) => [row(followUp, args.followUpId)],
  async run(tx, { followUpId, at }, { actor }) {
    demand(isSystem(actor), 'notAllowed');
    const alert = found(await tx.get(followUp, followUpId));
    await tx.put(followUp, { ...alert, robotAt: at });
  },
});

const self = (actor: Actor) => (actor.personId === undefined ? [] : [row(person, actor.personId)]);

/** Loads somebody who can be on duty; refuses who has no such duty or has left. */
async function oneOfUs(tx: Tx, personId: string, { now }: Context): Promise<Person> {
  const one = found(await tx.get(person, personId));
  demand(belongs(one) && canTakeDuty(await tx.list(role, 'personId', personId), now), 'notOneOfUs');
  return one;
}

async function begin(
  tx: Tx,
  shift: Pick<Duty, 'id' | 'personId' | 'place' | 'from' | 'to'>,
  holder: Person,
  { actor, now }: Context,
): Promise<void> {
  demandTerm(shift, now);
  const settings = await tx.get(community, actor.communityId);
  await tx.add(duty, { ...shift, personName: holder.name, phone: holder.phone ?? settings?.dutyPhone });
}

/** @returns the ids of the follow-ups that went along */
async function handOver(
  tx: Tx,
  { dutyId, nextId, toPersonId, to }: { dutyId: string; nextId: string; toPersonId: string; to: number },
  context: Context,
  nextHolder: () => Promise<Person>,
): Promise<readonly string[]> {
  const { actor, now, happenedAt } = context;
  const shift = found(await tx.get(duty, dutyId));
  demand(mayHandOver(actor, shift, now), 'notAllowed');
  demand(shift.endedAt == null && isInForce(shift, happenedAt), 'notOnDuty');
  demand(toPersonId !== shift.personId, 'alreadyThere');
  const next = await nextHolder();
  await tx.put(duty, { ...shift, endedAt: Math.min(now, shift.to) });
  await begin(tx, { id: nextId, personId: next.id, place: shift.place, from: now, to }, next, context);
  const open = (await tx.list(followUp, 'assignedTo', shift.personId)).filter(isOpen);
  for (const one of open) await tx.put(followUp, handedOver(one, { personId: next.id, name: next.name }, now));
  return open.map(({ id }) => id);
}

/** @returns the robot as it is to be, or undefined for none */
async function robotOf(
  tx: Tx,
  { kind, url }: { kind?: Robot['kind']; url?: string },
  { actor, now }: Context,
): Promise<Robot | undefined> {
  demand(isSystem(actor) || holdsRole(actor, 'secretary', now), 'notAllowed');
  if (kind === undefined && url === undefined) return undefined;
  demand(kind !== undefined && url !== undefined, 'malformed');
  const settings = found(await tx.get(community, actor.communityId));
  demand(isRobotAddress(kind, url, settings.rehearsal), 'wrongAddress');
  const setBy = actor.personId === undefined ? undefined : await tx.get(person, actor.personId);
  return { id: actor.communityId, kind, url, setByName: setBy?.name, setAt: now };
}

export const dutyMutations: readonly AnyMutation[] = [startDuty, endDuty, handOverDuty, passOn, setRobot, robotTold];

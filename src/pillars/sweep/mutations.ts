import { mutation } from '../../domain/mutation.ts';
import { isStaffOf, isSystem } from '../../domain/actor.ts';
import { demand, found } from '../../domain/refusal.ts';
import { row } from '../../domain/tx.ts';
import { household, person } from '../../people/schema.ts';
import {
  covers,
  demandDeadline,
  hasRoom,
  isClosedAt,
  isLate,
  isOlderThan,
  mayAnswerAt,
  mayLead,
  mayPutRight,
  mergeFinding,
  withoutWords,
} from './rules.ts';
import { answerArgs, closeArgs, forgetArgs, startArgs } from './args.ts';
import { MAX_FINDINGS, STATUS_DAYS, WORDS_DAYS, sweep, sweptDoor, sweptDoorId } from './schema.ts';
import type { Actor } from '../../domain/actor.ts';
import type { Context, AnyMutation } from '../../domain/mutation.ts';
import type { Read, Tx } from '../../domain/tx.ts';
import type { Household } from '../../people/schema.ts';
import type { AnswerArgs } from './args.ts';
import type { SweptDoor } from './schema.ts';

/** Staff ask something at every door of some grids, or of the whole community, until a deadline. */
export const startSweep = mutation({
  name: 'sweep.start',
  args: startArgs,
  reads: ({ id }, actor) => [row(sweep, id), ...ownRow(actor)],
  async run(tx, { id, title, question, grids, deadline }, { actor, now, happenedAt }) {
    demand(mayLead(actor, grids, now), 'notAllowed');
    demandDeadline(now, deadline);
    await tx.add(sweep, {
      id,
      title,
      question,
      grids: [...new Set(grids)].sort(),
      startedAt: happenedAt,
      startedByName: await nameOf(tx, actor),
      deadline,
    });
  },
});

/**
 * What was found at a door. Several people may say it of the same door: all of it is kept, and what holds is the same in
 * whatever order it arrives.
 */
export const answerDoor = mutation({
  name: 'sweep.answer',
  args: answerArgs,
  reads: ({ sweepId, householdId }, actor) => [
    row(sweep, sweepId),
    row(household, householdId),
    row(sweptDoor, sweptDoorId(sweepId, householdId)),
    ...ownRow(actor),
  ],
  async run(tx, args, context) {
    const home = await tx.get(household, args.householdId);
    // One word for a door that is not there and one of another desk: whoever tries ids learns nothing.
    demand(home !== undefined, 'notAllowed');
    await answerAt(tx, home, args, context);
  },
  // A volunteer's phone holds no households: whether there is such a door only the server knows.
  async foresee(tx, args, context) {
    const home = await tx.get(household, args.householdId);
    if (home !== undefined) await answerAt(tx, home, args, context);
  },
});

/** Nobody is to knock any more. Doors without an answer stay without one. Closing again changes nothing. */
export const closeSweep = mutation({
  name: 'sweep.close',
  args: closeArgs,
  reads: ({ sweepId }, actor) => [row(sweep, sweepId), ...ownRow(actor)],
  async run(tx, { sweepId }, { actor, now, happenedAt }) {
    demand(isStaffOf(actor, now), 'notAllowed');
    const asked = found(await tx.get(sweep, sweepId));
    demand(mayLead(actor, asked.grids, now), 'notAllowed');
    if (asked.closedAt != null) return;
    await tx.put(sweep, { ...asked, closedAt: happenedAt, closedByName: await nameOf(tx, actor) });
  },
});

/** What was said at doors is forgotten when its time is over, and the doors after a year. By the community's clock. */
export const forgetDoors = mutation({
  name: 'sweep.forget',
  args: forgetArgs,
  reads: ({ doorIds }) => doorIds.map((id) => row(sweptDoor, id)),
  async run(tx, { doorIds }, { actor, now }) {
    demand(isSystem(actor), 'notAllowed');
    for (const id of doorIds) {
      const door = await tx.get(sweptDoor, id);
      if (door === undefined || !isOlderThan(door, WORDS_DAYS, now)) continue;
      if (isOlderThan(door, STATUS_DAYS, now)) await tx.remove(sweptDoor, id);
      else await tx.put(sweptDoor, withoutWords(door));
    }
  },
});

/** Everything that can be done in a sweep. */
export const sweepMutations: readonly AnyMutation[] = [startSweep, answerDoor, closeSweep, forgetDoors];

async function answerAt(tx: Tx, home: Household, args: AnswerArgs, context: Context): Promise<void> {
  const { actor, now, happenedAt, mutationId } = context;
  const { sweepId, householdId, ...said } = args;
  demand(mayAnswerAt(actor, home.grid, now), 'notAllowed');
  const asked = found(await tx.get(sweep, sweepId));
  demand(covers(asked, home.grid), 'notFound');
  demand(!isClosedAt(asked, happenedAt), 'closed');
  const id = sweptDoorId(sweepId, householdId);
  const known = await tx.get(sweptDoor, id);
  demand(hasRoom(known), 'overLimit', { most: MAX_FINDINGS });
  const wrong = known?.findings.find((one) => one.actId === said.instead);
  demand(wrong === undefined || mayPutRight(actor, wrong, home.grid, now), 'notAllowed');
  const next: SweptDoor = {
    id,
    sweepId,
    householdId,
    grid: home.grid,
    door: home.door,
    ...mergeFinding(known, {
      ...said,
      instead: wrong?.actId,
      actId: mutationId,
      by: actor.personId,
      byName: await nameOf(tx, actor),
      at: happenedAt,
      late: isLate(asked, happenedAt),
    }),
  };
  if (known === undefined) await tx.add(sweptDoor, next);
  else await tx.put(sweptDoor, next);
}

function ownRow(actor: Actor): readonly Read[] {
  return actor.personId === undefined ? [] : [row(person, actor.personId)];
}

async function nameOf(tx: Tx, actor: Actor): Promise<string | undefined> {
  return actor.personId === undefined ? undefined : (await tx.get(person, actor.personId))?.name;
}

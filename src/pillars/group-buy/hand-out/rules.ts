import { demand, Refusal } from '../../../domain/refusal.ts';
import { clockOf } from '../../../domain/day.ts';
import { holdsRole } from '../../../domain/actor.ts';
import { mayOrganise } from '../order-rules.ts';
import { UNDO_HAND_OUT_MS } from './schema.ts';
import type { Actor } from '../../../domain/actor.ts';
import type { GroupBuy, HandedOut } from '../schema.ts';
import type { Bag, HandOutRun } from './schema.ts';

/** What became of a bag: handed over, or why not. Neither while it is still to be carried. */
export type BagState = Pick<Bag, 'handedOut' | 'problem'>;

/** Whether the actor may carry stairways: volunteers and organisers, as the people that they are, on phones of their own. */
export function mayCarry(actor: Actor, now: number): boolean {
  return actor.personId !== undefined && (holdsRole(actor, 'volunteer', now) || mayOrganise(actor, now));
}

/** Whether the actor has taken this stairway. */
export function isCarrier(actor: Actor, run: Pick<HandOutRun, 'personId'> | undefined): boolean {
  return actor.personId !== undefined && run?.personId === actor.personId;
}

/** Whether the actor may say what became of a stairway's bags: who carries it, and organisers. */
export function mayHandOut(actor: Actor, run: Pick<HandOutRun, 'personId'> | undefined, now: number): boolean {
  return mayOrganise(actor, now) || (mayCarry(actor, now) && isCarrier(actor, run));
}

/**
 * Refuses `wrongStep` where the round was not being handed out at that time (epoch ms). What was done before the round was
 * settled counts, whenever it arrives: a phone may have been without a network.
 */
export function demandHandingOut(round: GroupBuy, happenedAt: number): void {
  const settledAt = round.steps?.findLast((step) => step.state === 'settled')?.at;
  const inTime = round.state === 'settled' && settledAt !== undefined && happenedAt < settledAt;
  demand(round.state === 'handingOut' || inTime, 'wrongStep', { state: round.state });
}

/** Whether the bag is brought to its door: there is something in it, and its household does not fetch it. */
export function isCarried(round: Pick<GroupBuy, 'slots'> | undefined, bag: Pick<Bag, 'contents' | 'slotId'>): boolean {
  return bag.contents.length > 0 && !isFetched(round, bag);
}

/** Whether the household comes for the bag itself. */
export function isFetched(round: Pick<GroupBuy, 'slots'> | undefined, bag: Pick<Bag, 'slotId'>): boolean {
  return round?.slots?.find((slot) => slot.id === bag.slotId)?.kind === 'pickUp';
}

/** Refuses `alreadyClaimed` where somebody else has the stairway, `wrongStep` where there is nothing more to carry. */
export function demandFree(run: HandOutRun, round: GroupBuy, actor: Actor): void {
  demand(run.ended !== true && round.state === 'handingOut', 'wrongStep', { state: round.state });
  demand(run.personId === undefined || isCarrier(actor, run), 'alreadyClaimed', { name: run.personName ?? '' });
}

/**
 * Bags handed over at once. What the same person said before stands as it was said first.
 * @returns the bags that change. Refuses `alreadyAnswered`, with who and when, where others have brought all of them
 */
export function handOver(bags: readonly Bag[], by: HandedOut): Bag[] {
  const open = bags.filter((bag) => bag.handedOut === undefined);
  const others = bags.filter((bag) => bag.handedOut !== undefined && bag.handedOut.personId !== by.personId);
  if (open.length === 0) demandNotHanded(others[0]);
  return open.map((bag) => ({ ...bag, handedOut: by, problem: undefined }));
}

/**
 * Why bags could not be handed over, or are not whole: they stay open, whatever was missing, until they are handed over.
 * @returns the bags that change. Refuses `alreadyAnswered` where all of them were handed over
 */
export function leave(bags: readonly Bag[], problem: NonNullable<Bag['problem']>): Bag[] {
  const open = bags.filter((bag) => bag.handedOut === undefined);
  if (open.length === 0) demandNotHanded(bags[0]);
  return open.map((bag) => ({ ...bag, problem }));
}

/**
 * Takes back what was said of bags last, as if it had never been said.
 * @param at when it was taken back (epoch ms), by the person's own time
 * @param own whether somebody may take back what this person said
 * @returns the bags that change. Refuses `tooLate`, or `wrongStep` where there is nothing to take back
 */
export function undo(bags: readonly Bag[], at: number, own: (personId: string | undefined) => boolean): Bag[] {
  const said = bags.filter(({ handedOut, problem }) =>
    handedOut === undefined ? problem !== undefined : own(handedOut.personId),
  );
  const fresh = said.filter((bag) => canUndo(bag, at));
  demand(said.length === 0 || fresh.length > 0, 'tooLate');
  demand(fresh.length > 0, 'wrongStep');
  return fresh.map((bag) => ({ ...bag, handedOut: undefined, problem: undefined }));
}

/** Whether what was said of the bag can still be taken back at this time (epoch ms). */
export function canUndo({ handedOut, problem }: BagState, now: number): boolean {
  const saidAt = handedOut?.at ?? problem?.at;
  return saidAt !== undefined && now - saidAt <= UNDO_HAND_OUT_MS;
}

/** The stairway with its count moved by what became of some of its bags. */
export function recounted(run: HandOutRun, before: readonly Bag[], after: readonly Bag[]): HandOutRun {
  const handed = (bags: readonly Bag[]): number => bags.filter((bag) => bag.handedOut !== undefined).length;
  const done = run.done + handed(after) - handed(before);
  return { ...run, done: Math.min(run.doors, Math.max(0, done)) };
}

/** Refuses `alreadyAnswered`, with who brought the bag and when. Nothing to refuse where there is none. */
function demandNotHanded(bag: Bag | undefined): void {
  const handed = bag?.handedOut;
  if (bag === undefined || handed === undefined) return;
  const { at, name = '' } = handed;
  throw new Refusal('alreadyAnswered', { door: bag.door, name, at, time: clockOf(at) });
}

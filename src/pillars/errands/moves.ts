import { isStaffOf, isSystem, mayActFor } from '../../domain/actor.ts';
import type { Actor } from '../../domain/actor.ts';
import { DAY_MS } from '../../domain/day.ts';
import { demand } from '../../domain/refusal.ts';
import type { RequestArgs } from './args.ts';
import { isClaimer, isIdle, isLive, isVolunteer, nextMoves } from './rules.ts';
import type { Errand, ErrandKind, ErrandState, HandOver, Medicine, PacketItem } from './schema.ts';

/**
 * Claims that a volunteer may hold at a time. Five is one stairway's round on foot; beyond that people wait longer than
 * if somebody else had gone, and the volunteer burns out.
 */
export const MAX_CLAIMS = 5;

/** How long a claim may lie idle before it may go to somebody else: half a working day. */
export const LEASE_MS = 4 * 3_600_000;

/** How long the claimer still sees door and telephone after handing over, for what was forgotten. */
export const AFTER_HAND_OVER_MS = DAY_MS;

/** The parts that people play in an errand. A person may play several. */
export type Part = 'household' | 'volunteer' | 'claimer' | 'desk' | 'clock';

/** Every way from state to state, and who may go it. What is not here cannot happen. */
const MOVES: readonly (readonly [from: ErrandState, to: ErrandState, by: readonly Part[]])[] = [
  ['waiting', 'claimed', ['volunteer']],
  ['claimed', 'waiting', ['claimer', 'desk', 'clock']],
  ['claimed', 'collected', ['claimer']],
  ['claimed', 'bought', ['claimer']],
  ['claimed', 'handedOver', ['claimer']],
  ['claimed', 'cannotBuy', ['claimer']],
  ['collected', 'bought', ['claimer']],
  ['collected', 'handedOver', ['claimer']],
  ['collected', 'cannotBuy', ['claimer']],
  ['bought', 'handedOver', ['claimer']],
  ['handedOver', 'closed', ['household', 'claimer', 'desk', 'clock']],
  ['cannotBuy', 'waiting', ['household', 'desk']],
  ['cannotBuy', 'cancelled', ['household', 'desk']],
  ['waiting', 'cancelled', ['household', 'desk']],
  ['claimed', 'cancelled', ['household', 'desk']],
];

/** Whether somebody in this part may take an errand from one state to another. */
export function mayMove(from: ErrandState, to: ErrandState, by: Part): boolean {
  return MOVES.some((move) => move[0] === from && move[1] === to && move[2].includes(by));
}

/** The parts that the actor plays in the errand now. */
export function partsOf(errand: Errand, actor: Actor, now: number): readonly Part[] {
  const parts: Part[] = [];
  if (isSystem(actor)) parts.push('clock');
  if (isStaffOf(actor, now, errand.grid)) parts.push('desk');
  if (mayActFor(actor, { id: errand.householdId, grid: errand.grid }, 'errand', now)) parts.push('household');
  if (isVolunteer(actor, now)) parts.push('volunteer');
  if (isClaimer(errand, actor)) parts.push('claimer');
  return parts;
}

/** Whether the actor may take the errand to that state now. What screens ask before they show a button. */
export function mayTake(errand: Errand, to: ErrandState, actor: Actor, now: number): boolean {
  return partsOf(errand, actor, now).some((part) => mayMove(errand.state, to, part));
}

/**
 * Refuses `wrongStep` where the actor could do it at another time, `notAllowed` where never; `notFound` for who has no part
 * in the errand at all: whoever tries ids learns nothing.
 */
export function demandMove(errand: Errand, to: ErrandState, actor: Actor, now: number): void {
  const parts = partsOf(errand, actor, now);
  demand(parts.length > 0, 'notFound');
  const ever = parts.some((part) => MOVES.some((move) => move[1] === to && move[2].includes(part)));
  demand(ever, 'notAllowed');
  demand(mayTake(errand, to, actor, now), 'wrongStep', { state: errand.state });
}

/** Whether the errand can be claimed now: nobody has it, or whoever had it let it lie. */
export function isClaimable(errand: Errand, now: number): boolean {
  return errand.state === 'waiting' || isIdle(errand, now);
}

/** Refuses unless the actor may claim the errand now. `held`: how many claims it already has in hand. */
export function demandClaim(errand: Errand, actor: Actor, held: number, now: number): void {
  demand(isVolunteer(actor, now), 'notAllowed');
  demand(isLive(errand), 'closed', { state: errand.state });
  demand(isClaimable(errand, now), 'alreadyClaimed');
  demand(held < MAX_CLAIMS, 'tooManyClaims', { most: MAX_CLAIMS });
}

/** Refuses `wrongStep` where the claimer leaves out a step: a packet to collect, a purchase to check. */
export function demandInOrder(errand: Errand, to: ErrandState): void {
  demand(nextMoves(errand).includes(to), 'wrongStep', { state: errand.state });
}

/** Medicine, card and cash never stand at a door: they go from hand to hand, counted by both. */
export function mayStandAtDoor(kind: ErrandKind, packet: readonly PacketItem[]): boolean {
  return kind !== 'medicine' && !packet.includes('card') && !packet.includes('cash');
}

/** Refuses `notInPerson` for a door hand-over of what must go from hand to hand. */
export function demandHandOver(how: HandOver, kind: ErrandKind, packet: readonly PacketItem[]): void {
  demand(how !== 'door' || mayStandAtDoor(kind, packet), 'notInPerson');
}

/** What was named for the packet and neither handed over nor said to be missing. */
export function uncounted(
  wanted: readonly PacketItem[],
  taken: readonly PacketItem[],
  missing: readonly PacketItem[],
): readonly PacketItem[] {
  return wanted.filter((item) => !taken.includes(item) && !missing.includes(item));
}

/**
 * Medicines of the request that were not ticked with exactly their name and strength, and ticks that no medicine of the
 * request answers to: a wrong medicine can kill, so nothing stands in for anything else.
 */
export function mismatches(
  wanted: readonly Medicine[],
  checked: readonly { readonly name: string; readonly strength: string }[],
): readonly string[] {
  const key = (it: { name: string; strength: string }) => `${it.name} ${it.strength}`;
  const asked = new Set(wanted.map(key));
  const ticked = new Set(checked.map(key));
  return [...[...asked].filter((it) => !ticked.has(it)), ...[...ticked].filter((it) => !asked.has(it))];
}

/** What of a request tells whether the need is already open. */
export type Need = Pick<RequestArgs, 'kind'> &
  Partial<Pick<RequestArgs, 'personId' | 'text'>> & { readonly medicines?: readonly Pick<Medicine, 'name'>[] };

/**
 * The household's open errand for the same need, so that nobody asks twice: the same medicine for the same person, or
 * the same kind of thing. Free text counts as the same only word for word.
 */
export function sameOpenNeed(errands: readonly Errand[], request: Need): Errand | undefined {
  return errands.find((it) => {
    if (it.kind !== request.kind || !isLive(it) || it.state === 'handedOver') return false;
    if (request.kind === 'medicine') {
      const names = new Set((request.medicines ?? []).map((medicine) => medicine.name.trim()));
      const samePerson = request.personId === undefined || it.personId === request.personId;
      return samePerson && (it.medicines ?? []).some((medicine) => names.has(medicine.name));
    }
    return request.kind !== 'other' || (request.text !== undefined && it.text === request.text.trim());
  });
}

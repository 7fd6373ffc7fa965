import { mutation } from '../../domain/mutation.ts';
import type { AnyMutation } from '../../domain/mutation.ts';
import type { Context } from '../../domain/mutation.ts';
import { dayOf } from '../../domain/day.ts';
import { householdToActFor } from '../../people/acting-for.ts';
import type { Actor } from '../../domain/actor.ts';
import { demand, found } from '../../domain/refusal.ts';
import { row, rows } from '../../domain/tx.ts';
import type { Read, Tx } from '../../domain/tx.ts';
import { household, person } from '../../people/schema.ts';
import type { Person } from '../../people/schema.ts';
import * as moves from './moves.ts';
import { isIdle, isInHand, isVolunteer } from './rules.ts';
import { buyArgs, cannotBuyArgs, collectArgs, errandArgs, handOverArgs, releaseArgs, requestArgs } from './args.ts';
import { errand, errandCard } from './schema.ts';
import type { Errand, ErrandState } from './schema.ts';

const errandAndActor = (args: { errandId: string }, actor: Actor): Read[] => [
  row(errand, args.errandId),
  ...self(actor),
];
const self = (actor: Actor): Read[] => (actor.personId === undefined ? [] : [row(person, actor.personId)]);

/** A household asks. Door and telephone are copied from its own rows: never typed, never wrong. */
export const requestErrand = mutation({
  name: 'errands.request',
  args: requestArgs,
  reads: (args, actor) => [
    row(household, args.householdId),
    rows(person, 'householdId', args.householdId),
    row(errand, args.id),
    ...self(actor),
  ],
  async run(tx, args, context) {
    const home = await householdToActFor(tx, context, args.householdId, 'errand');
    moves.demandHandOver(args.handOver, args.kind, args.packet);
    const members = [...(await tx.list(person, 'householdId', home.id))].sort((a, b) => a.position - b.position);
    const whom = forWhom(members, args.personId ?? context.actor.personId);
    demand(args.personId === undefined || whom?.id === args.personId, 'notFound');
    await tx.add(errand, {
      id: args.id,
      householdId: home.id,
      buildingId: home.buildingId,
      buildingName: home.buildingName,
      grid: home.grid,
      unit: home.unit,
      floor: home.floor,
      door: home.door,
      personId: whom?.id,
      personName: whom?.name ?? '',
      phone: [whom, ...members].find((it) => it?.phone)?.phone ?? undefined,
      kind: args.kind,
      medicines: args.medicines,
      text: args.text,
      neededBy: typeof args.neededBy === 'number' ? dayOf(args.neededBy) : args.neededBy,
      packet: [...new Set(args.packet)],
      handOver: args.handOver,
      state: 'waiting',
      stateAt: context.now,
      requestedAt: context.happenedAt,
      steps: [await stepNow(tx, 'waiting', context)],
      version: 1,
    });
  },
});

/**
 * A volunteer takes it. The community's writes are serial, so of two claims one finds it taken. The phone holds only the
 * card: there the claim moves the card among its own, and the errand follows when the server says yes.
 */
export const claimErrand = mutation({
  name: 'errands.claim',
  args: errandArgs,
  reads: (args, actor) => [
    ...errandAndActor(args, actor),
    ...(actor.personId === undefined ? [] : [rows(errand, 'claimedBy', actor.personId)]),
  ],
  run: (tx, args, context) => claim(tx, args.errandId, context),
  async foresee(tx, args, context) {
    const card = await tx.get(errandCard, args.errandId);
    // One's own household's errand is on the phone whole, and is claimed here as it will be there.
    if (await tx.get(errand, args.errandId)) await claim(tx, args.errandId, context);
    if (!card) return;
    const me = context.actor.personId;
    demand(me !== undefined && isVolunteer(context.actor, context.now), 'notAllowed');
    const foreseen = (await tx.list(errandCard, 'claimedBy', me)).filter((it) => it.id !== card.id).length;
    demand((await inHand(tx, me)) + foreseen < moves.MAX_CLAIMS, 'tooManyClaims', { most: moves.MAX_CLAIMS });
    await tx.put(errandCard, { ...card, claimedBy: me });
  },
});

async function claim(tx: Tx, errandId: string, context: Context): Promise<void> {
  const it = found(await tx.get(errand, errandId));
  const me = context.actor.personId ?? '';
  moves.demandClaim(it, context.actor, await inHand(tx, me), context.now);
  await move(tx, it, 'claimed', context, {
    claimedBy: me,
    claimedByName: (await tx.get(person, me))?.name,
    claimedAt: context.happenedAt,
    leaseUntil: context.now + moves.LEASE_MS,
  });
}

/** The claimer (or the desk) gives it back to the pool. */
export const releaseErrand = mutation({
  name: 'errands.release',
  args: releaseArgs,
  reads: errandAndActor,
  async run(tx, args, context) {
    const it = await allowed(tx, args.errandId, 'waiting', context);
    demand(it.state === 'claimed', 'wrongStep', { state: it.state });
    await move(tx, it, 'waiting', context, unclaimed, args.reason);
  },
});

/** A claim that lay idle past its lease goes back to the pool: the community's clock does it, or the desk. */
export const returnIdleErrand = mutation({
  name: 'errands.returnIdle',
  args: errandArgs,
  reads: errandAndActor,
  async run(tx, args, context) {
    const it = await allowed(tx, args.errandId, 'waiting', context);
    demand(isIdle(it, context.now), 'wrongStep', { state: it.state });
    await move(tx, it, 'waiting', context, unclaimed);
  },
});

/** The claimer has the packet in hand. From here on the claim has no lease: somebody's card is on the way. */
export const collectPacket = mutation({
  name: 'errands.collectPacket',
  args: collectArgs,
  reads: errandAndActor,
  async run(tx, args, context) {
    const it = await allowed(tx, args.errandId, 'collected', context);
    const left = moves.uncounted(it.packet, args.packet, args.missing);
    demand(left.length === 0, 'packetIncomplete', { missing: [...left] });
    await move(tx, it, 'collected', context, { packetTaken: [...new Set(args.packet)], leaseUntil: undefined });
  },
});

/** The claimer bought it, having read name and strength off every box. */
export const buyErrand = mutation({
  name: 'errands.buy',
  args: buyArgs,
  reads: errandAndActor,
  async run(tx, args, context) {
    const it = await allowed(tx, args.errandId, 'bought', context);
    moves.demandInOrder(it, 'bought');
    const wrong = moves.mismatches(it.medicines ?? [], args.checked);
    demand(wrong.length === 0, 'notChecked', { wrong: [...wrong] });
    await move(tx, it, 'bought', context, { amountFen: args.amountFen, leaseUntil: undefined });
  },
});

/** It cannot be had: back to the household to decide. Whoever holds its card or cash keeps sight of the door to bring it back. */
export const cannotBuyErrand = mutation({
  name: 'errands.cannotBuy',
  args: cannotBuyArgs,
  reads: errandAndActor,
  async run(tx, args, context) {
    const it = await allowed(tx, args.errandId, 'cannotBuy', context);
    const holds = (it.packetTaken ?? []).length > 0;
    const rest = holds ? { leaseUntil: undefined } : unclaimed;
    await move(tx, it, 'cannotBuy', context, { ...rest, reason: args.reason }, args.reason);
  },
});

/** The claimer gave it to the household. */
export const handOverErrand = mutation({
  name: 'errands.handOver',
  args: handOverArgs,
  reads: errandAndActor,
  async run(tx, args, context) {
    const it = await allowed(tx, args.errandId, 'handedOver', context);
    moves.demandInOrder(it, 'handedOver');
    moves.demandHandOver(args.how, it.kind, it.packetTaken ?? []);
    await move(tx, it, 'handedOver', context, { leaseUntil: undefined });
  },
});

/** Either side says that it is done; the claimer's sight of the door ends here. */
export const closeErrand = mutation({
  name: 'errands.close',
  args: errandArgs,
  reads: errandAndActor,
  async run(tx, args, context) {
    await move(tx, await allowed(tx, args.errandId, 'closed', context), 'closed', context, unclaimed);
  },
});

/** The household no longer needs it: as long as nobody carries its packet, or after it could not be bought. */
export const cancelErrand = mutation({
  name: 'errands.cancel',
  args: errandArgs,
  reads: errandAndActor,
  async run(tx, args, context) {
    await move(tx, await allowed(tx, args.errandId, 'cancelled', context), 'cancelled', context, unclaimed);
  },
});

/** The household decides to look for somebody again after it could not be bought. */
export const reopenErrand = mutation({
  name: 'errands.reopen',
  args: errandArgs,
  reads: errandAndActor,
  async run(tx, args, context) {
    const it = await allowed(tx, args.errandId, 'waiting', context);
    demand(it.state === 'cannotBuy', 'wrongStep', { state: it.state });
    await move(tx, it, 'waiting', context, { ...unclaimed, packetTaken: undefined, reason: undefined });
  },
});

/** Ends the claim, and with it the claimer's sight of the errand. */
const unclaimed = {
  claimedBy: undefined,
  claimedByName: undefined,
  claimedAt: undefined,
  leaseUntil: undefined,
} as const;

async function allowed(tx: Tx, errandId: string, to: ErrandState, context: Context): Promise<Errand> {
  const it = found(await tx.get(errand, errandId));
  moves.demandMove(it, to, context.actor, context.now);
  return it;
}

async function move(
  tx: Tx,
  it: Errand,
  state: ErrandState,
  context: Context,
  changes: Partial<Errand>,
  note?: string,
): Promise<void> {
  const steps = [...it.steps, await stepNow(tx, state, context, note)];
  await tx.put(errand, { ...it, ...changes, state, stateAt: context.now, steps, version: it.version + 1 });
}

async function stepNow(tx: Tx, state: ErrandState, context: Context, note?: string) {
  const by = context.actor.personId;
  const byName = by === undefined ? undefined : (await tx.get(person, by))?.name;
  return { state, at: context.happenedAt, by, byName, note };
}

async function inHand(tx: Tx, personId: string): Promise<number> {
  return (await tx.list(errand, 'claimedBy', personId)).filter(isInHand).length;
}

function forWhom(members: readonly Person[], personId: string | undefined): Person | undefined {
  return members.find((it) => it.id === personId) ?? members[0];
}

/** Everything that can be done about errands. */
export const mutations: readonly AnyMutation[] = [
  requestErrand,
  claimErrand,
  releaseErrand,
  returnIdleErrand,
  collectPacket,
  buyErrand,
  cannotBuyErrand,
  handOverErrand,
  closeErrand,
  cancelErrand,
  reopenErrand,
];

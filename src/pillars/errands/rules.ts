import { holdsRole } from '../../domain/actor.ts';
import type { Actor } from '../../domain/actor.ts';
import type { Errand, ErrandKind, ErrandState } from './schema.ts';

/** Volunteers are people: a device that nobody has named claims nothing. */
export function isVolunteer(actor: Actor, now: number): boolean {
  return actor.personId !== undefined && holdsRole(actor, 'volunteer', now);
}

export function isClaimer(errand: Errand, actor: Actor): boolean {
  return actor.personId !== undefined && errand.claimedBy === actor.personId;
}

/** Whether the claim has lain idle past its lease, so that somebody else may take it over. */
export function isIdle(errand: Errand, now: number): boolean {
  return errand.state === 'claimed' && errand.leaseUntil !== undefined && errand.leaseUntil <= now;
}

/** Whether the claim keeps its volunteer busy, and so counts towards MAX_CLAIMS. */
export function isInHand(errand: Errand): boolean {
  return errand.claimedBy !== undefined && errand.state !== 'handedOver';
}

/** Whether somebody still has something to do about it. */
export function isLive(errand: Errand): boolean {
  return errand.state !== 'closed' && errand.state !== 'cancelled';
}

/** Whether something is bought or paid on the way, so that `bought` cannot be skipped. */
export function needsBuying(kind: ErrandKind): boolean {
  return kind === 'medicine' || kind === 'groceries' || kind === 'meal' || kind === 'bill';
}

/** What the claimer does next, in order: the first is the usual one. */
export function nextMoves(errand: Errand): readonly ErrandState[] {
  switch (errand.state) {
    case 'claimed':
      if (errand.packet.length > 0) return ['collected', 'cannotBuy', 'waiting'];
      return needsBuying(errand.kind)
        ? ['bought', 'cannotBuy', 'waiting']
        : ['handedOver', 'bought', 'cannotBuy', 'waiting'];
    case 'collected':
      return needsBuying(errand.kind) ? ['bought', 'cannotBuy'] : ['handedOver', 'bought', 'cannotBuy'];
    case 'bought':
      return ['handedOver'];
    case 'handedOver':
      return ['closed'];
    default:
      return [];
  }
}

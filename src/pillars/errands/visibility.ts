import { inScopes, visible } from '../../domain/entity.ts';
import { deskScope, errandScope, householdScope, volunteersScope } from '../../domain/scope.ts';
import { isLive } from './rules.ts';
import { errand, errandCard } from './schema.ts';
import type { Errand, ErrandCard } from './schema.ts';

/**
 * The household always reads its errand, its desk while there is something to do, the claimer while the claim lasts. The
 * pool reads a card, and only while nobody has it: door, telephone, names and medicines open on claim and close again.
 */
const seen = visible(errand, (it) => [
  ...inScopes(errand, it, householdScope(it.householdId, 'errands')),
  ...(isLive(it) ? inScopes(errand, it, deskScope(it.grid)) : []),
  ...(it.claimedBy === undefined ? [] : inScopes(errand, it, errandScope(it.id))),
  ...(it.state === 'waiting' ? inScopes(errandCard, cardOf(it), volunteersScope) : []),
]);

export const visibility = [seen];

/** Building, kind and time: what a volunteer may know before claiming. */
export function cardOf(it: Errand): ErrandCard {
  return {
    id: it.id,
    buildingId: it.buildingId,
    buildingName: it.buildingName,
    kind: it.kind,
    neededBy: it.neededBy,
    requestedAt: it.requestedAt,
  };
}

import type { Act } from './act.ts';
import type { Actor } from '../domain/actor.ts';
import type { MadeRound } from './round-orders.ts';
import type { Town } from './town.ts';

/** The cut-off: the community's clock closes the round, or calls it off for want of orders. */
export function closed({ communityId }: Town, round: MadeRound): Act {
  const clock: Actor = { kind: 'clock', communityId, deviceId: 'clock', households: [], roles: [], grants: [] };
  return round.act(clock, 'close', { groupBuyId: round.id }, round.terms.closesAt);
}

/** The cut-off, and a little later the supplier has the order. */
export function closedAndOrdered(town: Town, round: MadeRound): Act[][] {
  const args = { groupBuyId: round.id };
  return [[closed(town, round)], [round.act(round.organiser, 'markOrdered', args, round.terms.orderedAt)]];
}

import type { Context } from '../../domain/mutation.ts';
import type { ItemArgs, OpenArgs } from './args.ts';
import type { GroupBuy, Item } from './schema.ts';

/**
 * A round as it begins: a draft that only organisers see, or open to residents (from `opensAt` on).
 * Ties at a shortage are drawn with the id of the mutation, which nobody chooses.
 */
export function offeredRound(
  { items: _items, eldersFirst, draft, ...round }: OpenArgs,
  { actor, now, mutationId }: Context,
): GroupBuy {
  const state = draft === true ? 'draft' : 'open';
  return {
    ...round,
    state,
    openedBy: actor.personId,
    households: 0,
    portions: 0,
    nextNumber: 1,
    seed: mutationId,
    steps: [{ state, at: now, personId: actor.personId }],
    ...(eldersFirst !== undefined && { share: { eldersFirst } }),
  };
}

/** An item of a round as it begins. @param position its place in the round's list, from 0 */
export function offeredItem(offered: ItemArgs, round: GroupBuy, position: number): Item {
  return {
    ...offered,
    groupBuyId: round.id,
    sold: 0,
    position,
    ...(round.state === 'draft' && { draft: true }),
  };
}

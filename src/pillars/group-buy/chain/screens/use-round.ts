import { computed } from 'vue';
import { groupBuy, item } from '../../schema.ts';
import { isOpen } from '../../rules.ts';
import { mayOrganise } from '../../order-rules.ts';
import { communityScope } from '../../../../domain/scope.ts';
import { useOrganiserAnswer } from '../../screens/use-organiser-answer.ts';
import { useAnswer } from '../../../../client/use-answer.ts';
import { useList, useNow, useRow } from '../../../../client/use-rows.ts';
import { usePhone } from '../../../../client/use-phone.ts';
import type { PublicChain, RoundDoors } from '../entry.ts';

/** A round with its goods, as the phone holds them. */
export function useRound(id: () => string) {
  const { actor } = usePhone();
  const now = useNow();
  const round = useRow(groupBuy, id);
  const rows = useList(item, 'groupBuyId', id);
  return {
    now,
    round,
    /** In the round's order; empty while they load. */
    items: computed(() => [...(rows.value ?? [])].sort((a, b) => a.position - b.position)),
    takesOrders: computed(() => round.value !== undefined && isOpen(round.value, now.value)),
    mayOrganise: computed(() => mayOrganise(actor.value, now.value)),
  };
}

/** Every door of the community, and what is ordered there in the round; the last answer is kept for a phone without a network. */
export function useDoors(id: () => string) {
  return useOrganiserAnswer<RoundDoors>(id, () => 'doors');
}

/** 接龙 as everybody may see it, of a round that this phone knows; the last answer is kept. */
export function useChain(id: () => string) {
  const round = useRow(groupBuy, id);
  return useAnswer<PublicChain>(
    () => (round.value === undefined ? undefined : `/api/desk/group-buys/${id()}/chain`),
    () => communityScope,
  );
}

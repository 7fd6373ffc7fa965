import { computed } from 'vue';
import { groupBuy, item } from '../../schema.ts';
import { useAll, useList } from '../../../../client/use-rows.ts';
import type { ComputedRef } from 'vue';
import type { GroupBuy, Item } from '../../schema.ts';

/** A round with its items in their order, live. `loading` tells one that is not there yet from one that is not there. */
export function useRound(id: () => string): {
  readonly round: ComputedRef<GroupBuy | undefined>;
  readonly items: ComputedRef<readonly Item[]>;
  readonly loading: ComputedRef<boolean>;
} {
  const rounds = useAll(groupBuy);
  const held = useList(item, 'groupBuyId', id);
  return {
    round: computed(() => rounds.value?.find((one) => one.id === id())),
    items: computed(() => [...(held.value ?? [])].sort((a, b) => a.position - b.position)),
    loading: computed(() => rounds.value === undefined || held.value === undefined),
  };
}

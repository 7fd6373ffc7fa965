import { computed } from 'vue';
import type { ComputedRef } from 'vue';
import { usePhone } from '../../../client/use-phone.ts';
import { useAll, useNow } from '../../../client/use-rows.ts';
import { mayTake } from '../moves.ts';
import { isClaimer } from '../rules.ts';
import { errand, errandCard } from '../schema.ts';
import type { Errand, ErrandCard, ErrandState } from '../schema.ts';

/** One errand as this phone may see it: whole, as a card, or not (any more). */
export interface OneErrand {
  /** Both lists are read from the phone: until then nothing is known. */
  readonly loading: ComputedRef<boolean>;
  readonly one: ComputedRef<Errand | undefined>;
  readonly card: ComputedRef<ErrandCard | undefined>;
  readonly isMine: ComputedRef<boolean>;
  /** Whether the person here may take it to that state now. */
  may(to: ErrandState): boolean;
}

export function useErrand(id: () => string): OneErrand {
  const { actor } = usePhone();
  const now = useNow();
  const errands = useAll(errand);
  const cards = useAll(errandCard);
  const one = computed(() => errands.value?.find((it) => it.id === id()));
  return {
    loading: computed(() => errands.value === undefined || cards.value === undefined),
    one,
    card: computed(() => cards.value?.find((it) => it.id === id())),
    isMine: computed(() => one.value !== undefined && isClaimer(one.value, actor.value)),
    may: (to) => one.value !== undefined && mayTake(one.value, to, actor.value, now.value),
  };
}

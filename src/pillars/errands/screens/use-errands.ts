import { computed } from 'vue';
import type { ComputedRef } from 'vue';
import { usePhone } from '../../../client/use-phone.ts';
import { useAll, useNow } from '../../../client/use-rows.ts';
import { isClaimer, isInHand, isLive, isVolunteer } from '../rules.ts';
import { errand, errandCard } from '../schema.ts';
import type { Errand, ErrandCard } from '../schema.ts';

/** Errands as this phone may see them, sorted into the lists that screens show. `undefined` while they are loading. */
export interface MyErrands {
  /** Of the households this phone acts for, the newest first. */
  readonly ours: ComputedRef<readonly Errand[] | undefined>;
  /** Claimed by the person at this phone, the oldest first. */
  readonly mine: ComputedRef<readonly Errand[]>;
  /** Cards that were claimed here and have no answer yet. */
  readonly claiming: ComputedRef<readonly ErrandCard[]>;
  /** What nobody has claimed: needed soonest first, then the longest waiting. */
  readonly pool: ComputedRef<readonly ErrandCard[] | undefined>;
  readonly isVolunteer: ComputedRef<boolean>;
  /** Claims that keep the volunteer busy, answered or not. */
  readonly inHand: ComputedRef<number>;
  /** Households that this phone may ask for: its own, and those that gave a grant. */
  readonly households: ComputedRef<readonly string[]>;
}

export function useErrands(): MyErrands {
  const { actor } = usePhone();
  const errands = useAll(errand);
  const cards = useAll(errandCard);
  const now = useNow();

  const households = computed(() => [
    ...actor.value.households,
    ...actor.value.grants
      .filter((it) => now.value < it.until && it.powers.includes('errand'))
      .map((it) => it.householdId),
  ]);
  const ours = computed(() =>
    errands.value
      ?.filter((it) => households.value.includes(it.householdId))
      .sort((a, b) => b.requestedAt - a.requestedAt),
  );
  const mine = computed(() =>
    (errands.value ?? [])
      .filter((it) => isClaimer(it, actor.value) && isLive(it))
      .sort((a, b) => (a.claimedAt ?? 0) - (b.claimedAt ?? 0)),
  );
  const claiming = computed(() =>
    (cards.value ?? []).filter((it) => it.claimedBy !== undefined && !mine.value.some((held) => held.id === it.id)),
  );
  const pool = computed(() =>
    cards.value
      ?.filter((it) => it.claimedBy === undefined && !mine.value.some((held) => held.id === it.id))
      .sort(byNeed),
  );
  return {
    ours,
    mine,
    claiming,
    pool,
    isVolunteer: computed(() => isVolunteer(actor.value, now.value)),
    inHand: computed(() => mine.value.filter(isInHand).length + claiming.value.length),
    households,
  };
}

function byNeed(a: ErrandCard, b: ErrandCard): number {
  return (a.neededBy ?? '9').localeCompare(b.neededBy ?? '9') || a.requestedAt - b.requestedAt;
}

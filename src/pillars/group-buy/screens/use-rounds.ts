import { computed } from 'vue';
import { groupBuy } from '../schema.ts';
import { isLater, isOpen } from '../rules.ts';
import { useAll, useNow } from '../../../client/use-rows.ts';
import type { ComputedRef, ShallowRef } from 'vue';
import type { GroupBuy } from '../schema.ts';

/** A round that is over stays in the lists so long; nothing is deleted, it only steps back. */
const PAST_SHOWN_MS = 14 * 24 * 3_600_000;

export interface Rounds {
  /** Written, and not shown to residents yet: an organiser's phone holds them. */
  readonly drafts: ComputedRef<readonly GroupBuy[]>;
  readonly now: ShallowRef<number>;
  /** All that the phone holds, undefined while loading. */
  readonly all: ShallowRef<readonly GroupBuy[] | undefined>;
  /** Taking orders now, the one that closes first in front. */
  readonly open: ComputedRef<readonly GroupBuy[]>;
  /** To come, the next one in front. */
  readonly later: ComputedRef<readonly GroupBuy[]>;
  /** Closed lately, the last one in front. */
  readonly past: ComputedRef<readonly GroupBuy[]>;
}

/** The rounds of the community, sorted by where they stand in time. Live. */
export function useRounds(): Rounds {
  const now = useNow();
  const all = useAll(groupBuy);
  const those = (is: (round: GroupBuy) => boolean, by: (round: GroupBuy) => number) =>
    computed(() => (all.value ?? []).filter((round) => isShown(round) && is(round)).sort((a, b) => by(a) - by(b)));
  return {
    drafts: computed(() => (all.value ?? []).filter((round) => !isShown(round))),
    now,
    all,
    open: those(
      (round) => isOpen(round, now.value),
      (round) => round.closesAt,
    ),
    later: those(
      (round) => isLater(round, now.value),
      (round) => round.opensAt,
    ),
    past: those(
      (round) => !isOpen(round, now.value) && !isLater(round, now.value) && now.value - round.closesAt < PAST_SHOWN_MS,
      (round) => -round.closesAt,
    ),
  };
}

const isShown = (round: GroupBuy): boolean => round.state !== 'draft';

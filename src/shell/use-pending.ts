import { computed } from 'vue';
import type { ComputedRef } from 'vue';
import type { Matter } from '../client/matter.ts';
import { useDescribed } from './use-described.ts';
import type { DescribedEntry } from './use-described.ts';

type MatterSource = () => ComputedRef<readonly Matter[]>;

/** Every pillar that has matters to list says so in its own screens/matters.ts. */
const sources = Object.values(
  import.meta.glob<{ useMatters: MatterSource }>('../pillars/*/screens/matters.ts', { eager: true }),
).map((module) => module.useMatters);

/** Everything of mine that is not done: what went wrong, what waits on this phone, what the community has, what is on its way. */
export interface Pending {
  readonly ready: ComputedRef<boolean>;
  readonly refused: ComputedRef<readonly DescribedEntry[]>;
  readonly unsent: ComputedRef<readonly DescribedEntry[]>;
  readonly received: ComputedRef<readonly DescribedEntry[]>;
  readonly matters: ComputedRef<readonly Matter[]>;
  readonly count: ComputedRef<number>;
}

export function usePending(): Pending {
  const described = useDescribed();
  const lists = sources.map((useMatters) => useMatters());
  const inState = (...states: readonly string[]) =>
    computed(() => (described.value ?? []).filter(({ entry }) => states.includes(entry.state)));

  const refused = inState('refused');
  const unsent = inState('unsent');
  const settled = inState('received', 'held');
  const waiting = computed(() => new Set(unsent.value.flatMap(({ entry }) => entry.touches)));
  const matters = computed(() =>
    lists
      .flatMap((list) => list.value)
      // What is only on this phone is listed once, as unsent.
      .filter((matter) => !waiting.value.has(matter.key))
      .sort((a, b) => b.at - a.at),
  );
  // What the community has received is listed by its pillar, in the thing's own words, as soon as it can be.
  const received = computed(() => {
    const listed = new Set(matters.value.map((matter) => matter.key));
    return settled.value.filter(({ entry }) => !entry.touches.some((key) => listed.has(key)));
  });
  return {
    ready: computed(() => described.value !== undefined),
    refused,
    unsent,
    received,
    matters,
    count: computed(() => refused.value.length + unsent.value.length + received.value.length + matters.value.length),
  };
}

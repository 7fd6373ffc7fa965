import { computed, shallowRef, watch } from 'vue';
import type { ComputedRef } from 'vue';
import { useEntries } from '../../../../client/use-rows.ts';
import { arrive, substitute } from '../mutations.ts';
import type { ArriveArgs, SubstituteArgs } from '../args.ts';
import type { Shortage, ShortLine } from '../answers.ts';
import type { Answer } from '../../../../client/use-answer.ts';

/** What was just given in place of a line, or taken back (`similar` null), and does not show in the answer yet. */
export interface PendingGift {
  readonly similar: SubstituteArgs['similar'];
  readonly state: 'unsent' | 'received';
}

/**
 * What was done on this phone since the server was asked who came short. Until it has been asked anew its answer says nothing
 * of what was just counted, and a line says what was just given in its place and cannot be tapped again.
 */
export function usePendingShortage(groupBuyId: () => string, answer: Answer<Shortage>) {
  const entries = useEntries();
  const open = computed(() => entries.value.filter(({ state }) => state !== 'refused'));
  const counting = computed(() =>
    open.value.some(({ name, args }) => name === arrive.name && (args as ArriveArgs).groupBuyId === groupBuyId()),
  );
  const queued = computed(
    () =>
      new Map(
        open.value.flatMap(({ name, args, state }): [string, PendingGift][] => {
          if (name !== substitute.name) return [];
          const { groupBuyId: of, householdId, itemId, similar } = args as SubstituteArgs;
          if (of !== groupBuyId()) return [];
          return [[keyOf({ householdId, itemId }), { similar, state: state === 'unsent' ? 'unsent' : 'received' }]];
        }),
      ),
  );
  /** Accepted and gone from the outbox, but not in the answer yet. */
  const lately = shallowRef<ReadonlyMap<string, PendingGift>>(new Map());
  const isCountedLately = shallowRef(false);
  watch(counting, async (now, before) => {
    if (now || !before) return;
    isCountedLately.value = true;
    await answer.reload();
    isCountedLately.value = false;
  });
  watch(queued, async (now, before) => {
    const gone = [...before].filter(([key]) => !now.has(key));
    if (gone.length === 0) return;
    lately.value = new Map([
      ...lately.value,
      ...gone.map(([key, gift]) => [key, { ...gift, state: 'received' }] as const),
    ]);
    await answer.reload();
    lately.value = new Map([...lately.value].filter(([key]) => !gone.some(([one]) => one === key)));
  });
  return {
    /** Whether the answer is from before what was counted. */
    isBehind: computed(() => {
      const state = answer.data.value?.state;
      return counting.value || isCountedLately.value || state === 'closed' || state === 'ordered';
    }) as ComputedRef<boolean>,
    giftOf: (line: ShortLine): PendingGift | undefined =>
      queued.value.get(keyOf(line)) ?? lately.value.get(keyOf(line)),
  };
}

/** A line of an order, for lists and maps. */
export const keyOf = ({ householdId, itemId }: Pick<ShortLine, 'householdId' | 'itemId'>): string =>
  `${householdId}/${itemId}`;

import { computed, shallowRef, watch } from 'vue';
import type { ComputedRef } from 'vue';
import { useEntries } from '../../../../client/use-rows.ts';
import { submit } from '../../mutations.ts';
import type { SubmitArgs } from '../../schema.ts';

/** Doors of which something was said on this phone; it shows until the counts know it too. @param at epoch ms of the counts */
export function useSaid(at: ComputedRef<number | undefined>) {
  const entries = useEntries();
  const pending = computed(
    () =>
      new Map(
        entries.value
          .filter((entry) => entry.name === submit.name && entry.state !== 'refused')
          .map(
            (entry) =>
              [(entry.args as SubmitArgs).householdId, entry.state === 'unsent' ? 'unsent' : 'received'] as const,
          ),
      ),
  );
  const justSaid = shallowRef<ReadonlySet<string>>(new Set());
  watch(at, () => {
    justSaid.value = new Set([...justSaid.value].filter((householdId) => pending.value.has(householdId)));
  });
  return {
    saidOf: (householdId: string): 'unsent' | 'received' | undefined =>
      pending.value.get(householdId) ?? (justSaid.value.has(householdId) ? 'received' : undefined),
    remember: (householdId: string): void => {
      justSaid.value = new Set([...justSaid.value, householdId]);
    },
  };
}

import { computed, shallowRef } from 'vue';
import type { ComputedRef } from 'vue';
import type { DoorCall } from '../schema.ts';

/**
 * The calls as they are shown. What somebody is working on neither moves nor goes, however the list is ranked meanwhile: a
 * door that was just tried sinks, and its next question with it.
 * @param calls the most pressing first @param few how many are shown
 */
export function useSteadyCalls(calls: () => readonly DoorCall[], few: () => number) {
  const busy = shallowRef<ReadonlySet<string>>(new Set());
  /** The list as it stood when the first of them was taken up. */
  const held = shallowRef<readonly DoorCall[]>();
  const now = computed(() => calls().slice(0, few()));
  const shown: ComputedRef<readonly DoorCall[]> = computed(() => {
    if (held.value === undefined) return now.value;
    const latest = new Map(calls().map((one) => [one.householdId, one]));
    return held.value.map((one) => latest.get(one.householdId) ?? one);
  });

  /** Somebody takes a door up, or is done with it. */
  function work(householdId: string, isBusy: boolean): void {
    if (isBusy && held.value === undefined) held.value = shown.value;
    const others = [...busy.value].filter((one) => one !== householdId);
    busy.value = new Set(isBusy ? [...others, householdId] : others);
    if (busy.value.size === 0) held.value = undefined;
  }

  return { shown, work, isHeld: computed(() => held.value !== undefined) };
}

import { computed, shallowRef, watch } from 'vue';
import type { ComputedRef, ShallowRef } from 'vue';
import { usePhone } from '../../../client/use-phone.ts';
import { useRow } from '../../../client/use-rows.ts';
import type { Entity, Row } from '../../../domain/entity.ts';

/** A row, live, and whether it is certain that the phone does not hold it: a row that is still being read is not missing. */
export function useFound<R extends Row>(
  entity: Entity<R>,
  id: () => string,
): { row: ShallowRef<R | undefined>; missing: ComputedRef<boolean> } {
  const { reader } = usePhone();
  const row = useRow(entity, id);
  const lookedInVain = shallowRef<string>();
  const seen = shallowRef<string>();

  watch(
    id,
    async (wanted) => {
      if ((await reader.get(entity, wanted)) === undefined) lookedInVain.value = wanted;
    },
    { immediate: true },
  );
  watch(row, (now) => {
    if (now !== undefined) seen.value = now.id;
  });

  const missing = computed(() => row.value === undefined && (lookedInVain.value === id() || seen.value === id()));
  return { row, missing };
}

import { computed } from 'vue';
import { touchKey } from '../../../../client/outbox-entry.ts';
import { useEntries } from '../../../../client/use-rows.ts';
import type { Entity, Row } from '../../../../domain/entity.ts';

/** @returns whether something that is only on this phone touches the row: then it is not yet so elsewhere */
export function useUnsentRows<R extends Row>(entity: Entity<R>): (id: string) => boolean {
  const entries = useEntries();
  const keys = computed(
    () => new Set(entries.value.flatMap((entry) => (entry.state === 'unsent' ? entry.touches : []))),
  );
  return (id) => keys.value.has(touchKey(entity.name, id));
}

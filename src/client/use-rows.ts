import { computed, onScopeDispose, shallowRef } from 'vue';
import type { ComputedRef, ShallowRef } from 'vue';
import type { Entity, IndexOf, Row } from '../domain/entity.ts';
import { touchKey } from './outbox-entry.ts';
import type { OutboxEntry } from './outbox-entry.ts';
import { useLive } from './use-live.ts';
import { usePhone } from './use-phone.ts';

export type { OutboxEntry } from './outbox-entry.ts';

/** A row as the phone shows it, live. Undefined while it loads and where it is not there. */
export function useRow<R extends Row>(entity: Entity<R>, id: () => string | undefined): ShallowRef<R | undefined> {
  const { reader } = usePhone();
  return useLive(id, (now) => reader.get(entity, now));
}

/** The rows of an index value, ordered by id, live. Undefined while they load. */
export function useList<R extends Row>(
  entity: Entity<R>,
  index: IndexOf<R>,
  value: () => string | undefined,
): ShallowRef<readonly R[] | undefined> {
  const { reader } = usePhone();
  return useLive(value, (now) => reader.list(entity, index, now));
}

/** All rows of an entity that the phone holds, ordered by id, live. Undefined while they load. */
export function useAll<R extends Row>(entity: Entity<R>): ShallowRef<readonly R[] | undefined> {
  const { reader } = usePhone();
  return useLive(
    () => '',
    () => reader.all(entity),
  );
}

/** What is not over yet: unsent, received but not yet covered, refused. Oldest first. */
export function useEntries(): ShallowRef<readonly OutboxEntry[]> {
  return usePhone().entries;
}

/** `unsent` while something that is only on this phone touches the row: then its own word must wait. */
export function useWord<R extends Row>(
  entity: Entity<R>,
  id: () => string | undefined,
): ComputedRef<'unsent' | 'settled'> {
  const { entries } = usePhone();
  return computed(() => {
    const key = touchKey(entity.name, id() ?? '');
    const isUnsent = entries.value.some((entry) => entry.state === 'unsent' && entry.touches.includes(key));
    return isUnsent ? 'unsent' : 'settled';
  });
}

/** The time by the server's clock as the phone reckons it, epoch ms, renewed every so many ms. */
export function useNow(everyMs = 30_000): ShallowRef<number> {
  const phone = usePhone();
  const now = shallowRef(phone.now());
  let cancel: () => void;
  const tick = (): void => {
    cancel = phone.world.after(everyMs, () => {
      now.value = phone.now();
      tick();
    });
  };
  tick();
  onScopeDispose(() => cancel());
  return now;
}

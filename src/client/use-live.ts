import { shallowRef, watch } from 'vue';
import type { ShallowRef } from 'vue';
import { usePhone } from './use-phone.ts';

/**
 * A live query over the phone's database, for as long as its component lives and over reopened connections.
 * @param key what the query is about; undefined asks nothing
 * @returns undefined while it loads and where the key is
 */
export function useLive<T>(
  key: () => string | undefined,
  query: (key: string) => Promise<T>,
): ShallowRef<T | undefined> {
  const phone = usePhone();
  const value = shallowRef<T>();
  watch(
    [key, phone.connection] as const,
    ([now], [before], onCleanup) => {
      if (now !== before) value.value = undefined;
      if (now === undefined) return;
      onCleanup(
        phone.watch(
          () => query(now),
          (found) => void (value.value = found),
        ),
      );
    },
    { immediate: true },
  );
  return value;
}

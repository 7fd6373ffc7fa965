import { onScopeDispose, watch } from 'vue';
import { usePhone } from '../../../../client/use-phone.ts';
import { ringUntil } from './alarm.ts';
import type { Matter } from './use-follow-ups.ts';

/** Rings, where it may, while anything of this waits. One more rings at once. */
export function useRinging(unseen: () => readonly Matter[]): void {
  const { world } = usePhone();
  let stop: (() => void) | undefined;
  watch(
    () =>
      unseen()
        .map((one) => one.id)
        .join(),
    (ids) => {
      stop?.();
      stop = ids === '' ? undefined : ringUntil(world);
    },
    { immediate: true },
  );
  onScopeDispose(() => stop?.());
}

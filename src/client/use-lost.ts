import type { ShallowRef } from 'vue';
import { lostOf } from './local/database.ts';
import type { LostRecord } from './local/database.ts';
import { useLive } from './use-live.ts';
import { usePhone } from './use-phone.ts';

/**
 * What may have been lost before this phone signed in, as the server told it then. It stays, over reloads, until it is
 * put away.
 */
export function useLost(): { lost: ShallowRef<LostRecord | undefined>; putAway: () => Promise<void> } {
  const { database } = usePhone();
  return {
    lost: useLive(
      () => 'lost',
      () => lostOf(database),
    ),
    putAway: () => database.meta.delete('lost'),
  };
}

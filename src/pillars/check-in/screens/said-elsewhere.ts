import { computed, shallowRef } from 'vue';
import { usePhone } from '../../../client/use-phone.ts';
import { useEntries } from '../../../client/use-rows.ts';

/** What was just said of another household, where this phone does not keep that its people are well. */
export interface SaidElsewhere {
  readonly names: string;
  /** Epoch ms. */
  readonly at: number;
  readonly state: 'unsent' | 'received' | 'refused';
}

/**
 * Remembers what was said on this screen: that somebody is well stays on no worker's phone, and the screen must not
 * ask again as if nothing had happened.
 */
export function useSaidElsewhere() {
  const phone = usePhone();
  const entries = useEntries();
  const told = shallowRef<{ id: string; names: string; at: number }>();

  return {
    remember: (id: string | undefined, names: string) => {
      if (id !== undefined) told.value = { id, names, at: phone.now() };
    },
    said: computed<SaidElsewhere | undefined>(() => {
      const one = told.value;
      if (one === undefined) return undefined;
      // What is over has left the outbox.
      const state = entries.value.find((entry) => entry.id === one.id)?.state;
      return { ...one, state: state === 'unsent' || state === 'refused' ? state : 'received' };
    }),
  };
}

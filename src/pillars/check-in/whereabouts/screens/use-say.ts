import { shallowRef } from 'vue';
import { announce } from '../../../../client/ui/announce.ts';
import { useActWords } from '../../../../client/i18n/act-words.ts';
import { usePhone } from '../../../../client/use-phone.ts';
import type { Mutation } from '../../../../domain/mutation.ts';

/** Does one thing at a tap and says so aloud; why not, where the phone's own rules say no, stays to be shown. */
export function useSay() {
  const phone = usePhone();
  const whyNot = useActWords();
  const isBusy = shallowRef(false);
  const advice = shallowRef<string>();

  /** @param words said to a screen reader once it is in the outbox @returns whether it is */
  async function say<A>(mutation: Mutation<A>, args: A, words: string): Promise<boolean> {
    if (isBusy.value) return false;
    isBusy.value = true;
    try {
      const result = await phone.act(mutation, args);
      advice.value = result.kind === 'queued' ? undefined : whyNot(result, mutation.name);
      if (result.kind === 'queued') announce(words);
      return result.kind === 'queued';
    } finally {
      isBusy.value = false;
    }
  }
  return { isBusy, advice, say };
}

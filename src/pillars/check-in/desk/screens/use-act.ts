import { computed, shallowRef } from 'vue';
import type { Mutation } from '../../../../domain/mutation.ts';
import { useActWords } from '../../../../client/i18n/act-words.ts';
import { useTexts } from '../../../../client/i18n/use-texts.ts';
import { usePhone } from '../../../../client/use-phone.ts';

/** Does things one at a time, and keeps why the last one was not queued: to be shown, and perhaps insisted on. */
export function useAct() {
  const phone = usePhone();
  const { t, has } = useTexts();
  const whyNot = useActWords();
  const isBusy = shallowRef(false);
  const refused = shallowRef<{ text: string; again?: () => Promise<boolean> }>();

  /** @returns whether it is in the outbox */
  async function send<A>(mutation: Mutation<A>, args: A, insist = false): Promise<boolean> {
    if (isBusy.value) return false;
    isBusy.value = true;
    refused.value = undefined;
    try {
      const result = await phone.act(mutation, args, { insist });
      if (result.kind === 'queued') return true;
      const issue = result.kind === 'malformed' ? (result.issues[0]?.message ?? '') : '';
      const text = has(issue) ? t(issue) : whyNot(result, mutation.name);
      const again = () => send(mutation, args, true);
      refused.value = result.kind === 'advice' ? { text, again } : { text };
      return false;
    } finally {
      isBusy.value = false;
    }
  }

  return {
    isBusy,
    send,
    /** Why the phone thinks the server will say no, or what is wrong with what was typed; undefined while nothing is. */
    refusal: computed(() => refused.value?.text),
    mayInsist: computed(() => refused.value?.again !== undefined),
    /** Asks the server all the same: the phone's rows may be old. @returns whether it is in the outbox */
    insist: async () => (await refused.value?.again?.()) ?? false,
  };
}

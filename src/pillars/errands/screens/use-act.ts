import { shallowRef } from 'vue';
import type { ShallowRef } from 'vue';
import type { Mutation } from '../../../domain/mutation.ts';
import { announce } from '../../../client/ui/announce.ts';
import { useActWords } from '../../../client/i18n/act-words.ts';
import { useTexts } from '../../../client/i18n/use-texts.ts';
import { usePhone } from '../../../client/use-phone.ts';

/** The phone's own data says no; the server may know better. */
export interface Advice {
  readonly text: string;
  /** Queues it all the same. Absent where that would not help: filled in wrongly, or no room. */
  readonly insist?: () => Promise<boolean>;
}

/**
 * Acts, and holds what the phone advised against it.
 * @returns `perform`: resolves to whether the act was queued; `said` is announced then
 */
export function useAct(): {
  readonly advice: ShallowRef<Advice | undefined>;
  readonly busy: ShallowRef<boolean>;
  perform<A>(mutation: Mutation<A>, args: A, said: string, insist?: boolean): Promise<boolean>;
} {
  const phone = usePhone();
  const { t } = useTexts();
  const whyNot = useActWords();
  const advice = shallowRef<Advice>();
  const busy = shallowRef(false);

  async function perform<A>(mutation: Mutation<A>, args: A, said: string, insist = false): Promise<boolean> {
    if (busy.value) return false;
    busy.value = true;
    advice.value = undefined;
    try {
      const result = await phone.act(mutation, args, { insist });
      if (result.kind === 'queued') {
        announce(said);
        return true;
      }
      const text = result.kind === 'malformed' ? t('errands.form.errors.malformed') : whyNot(result, mutation.name);
      advice.value = result.kind === 'advice' ? { text, insist: () => perform(mutation, args, said, true) } : { text };
      return false;
    } finally {
      busy.value = false;
    }
  }
  return { advice, busy, perform };
}

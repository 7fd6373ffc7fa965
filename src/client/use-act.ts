import { shallowRef } from 'vue';
import type { ShallowRef } from 'vue';
import { announce } from './ui/announce.ts';
import { useActWords } from './i18n/act-words.ts';
import { useTexts } from './i18n/use-texts.ts';
import { usePhone } from './use-phone.ts';
import type { Mutation } from '../domain/mutation.ts';

/** The phone's own rows say no, or what was typed is wrong. */
export interface Advice {
  readonly text: string;
  /** Asks the server all the same: the phone's rows may be old. Absent where that would not help. */
  readonly insist?: () => Promise<boolean>;
}

/** Acts, one thing at a time, and holds what the phone advised against it. */
export function useAct(): {
  readonly advice: ShallowRef<Advice | undefined>;
  readonly busy: ShallowRef<boolean>;
  /** @returns whether it was queued; `said` is announced then */
  perform<A>(mutation: Mutation<A>, args: A, said: string, insist?: boolean): Promise<boolean>;
} {
  const phone = usePhone();
  const { t, has } = useTexts();
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
      const issue = result.kind === 'malformed' ? (result.issues[0]?.message ?? '') : '';
      const text = has(issue) ? t(issue) : whyNot(result, mutation.name);
      advice.value = result.kind === 'advice' ? { text, insist: () => perform(mutation, args, said, true) } : { text };
      return false;
    } finally {
      busy.value = false;
    }
  }
  return { advice, busy, perform };
}

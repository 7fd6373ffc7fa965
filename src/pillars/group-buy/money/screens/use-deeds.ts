import { shallowRef } from 'vue';
import type { ShallowRef } from 'vue';
import { announce } from '../../../../client/ui/announce.ts';
import { useActWords } from '../../../../client/i18n/act-words.ts';
import { usePhone } from '../../../../client/use-phone.ts';
import type { Act } from '../../../../client/act.ts';
import type { Advice } from '../../../../client/use-act.ts';

/** Does several things in one step, all or none, and holds what the phone advised against it. */
export function useDeeds(): {
  readonly advice: ShallowRef<Advice | undefined>;
  readonly busy: ShallowRef<boolean>;
  /** @returns whether they were queued; `said` is announced then */
  perform(acts: readonly Act[], said: string, insist?: boolean): Promise<boolean>;
} {
  const phone = usePhone();
  const whyNot = useActWords();
  const advice = shallowRef<Advice>();
  const busy = shallowRef(false);

  async function perform(acts: readonly Act[], said: string, insist = false): Promise<boolean> {
    if (busy.value || acts.length === 0) return false;
    busy.value = true;
    advice.value = undefined;
    try {
      const result = await phone.actAll(acts, { insist });
      if (result.kind === 'queued') {
        announce(said);
        return true;
      }
      const text = whyNot(result, acts[0]?.mutation.name ?? '');
      advice.value = result.kind === 'advice' ? { text, insist: () => perform(acts, said, true) } : { text };
      return false;
    } finally {
      busy.value = false;
    }
  }
  return { advice, busy, perform };
}

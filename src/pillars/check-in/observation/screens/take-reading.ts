import { shallowRef } from 'vue';
import { announce } from '../../../../client/ui/announce.ts';
import { useActWords } from '../../../../client/i18n/act-words.ts';
import { useTexts } from '../../../../client/i18n/use-texts.ts';
import { usePhone } from '../../../../client/use-phone.ts';
import { takeReading } from '../mutations.ts';
import type { TakeReadingArgs } from '../args.ts';

/** Queues a reading. What the phone's own rules say against it is kept to show. */
export function useTakeReading() {
  const phone = usePhone();
  const { t } = useTexts();
  const whyNot = useActWords();
  const isBusy = shallowRef(false);
  const advice = shallowRef<string>();

  /** @returns whether it is in the outbox */
  async function take(args: TakeReadingArgs): Promise<boolean> {
    if (isBusy.value) return false;
    isBusy.value = true;
    advice.value = undefined;
    try {
      const result = await phone.act(takeReading, args);
      if (result.kind === 'queued') {
        announce(t('checkIn.queued'));
        return true;
      }
      advice.value =
        result.kind === 'malformed'
          ? t(result.issues[0]?.message ?? 'refusals.malformed')
          : whyNot(result, takeReading.name);
      return false;
    } finally {
      isBusy.value = false;
    }
  }

  return { take, isBusy, advice };
}

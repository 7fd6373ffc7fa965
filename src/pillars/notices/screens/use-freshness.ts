import { computed } from 'vue';
import type { ComputedRef } from 'vue';
import { spokenClock, spokenTime } from '../../../client/i18n/times.ts';
import { useTexts } from '../../../client/i18n/use-texts.ts';
import { usePhone } from '../../../client/use-phone.ts';
import { useNow } from '../../../client/use-rows.ts';
import { dayOf } from '../../../domain/day.ts';

/** 没网也能看 · 8:32 的: what is read is on this phone, as it was then. */
export function useFreshness(): ComputedRef<string> {
  const { t } = useTexts();
  const { status } = usePhone();
  const now = useNow();
  return computed(() => {
    const at = status.value.freshAt;
    if (at === undefined) return t('notices.reading.offline');
    const time = dayOf(at) === dayOf(now.value) ? spokenClock(at) : spokenTime(at, now.value);
    return t('notices.reading.offlineFrom', { time });
  });
}

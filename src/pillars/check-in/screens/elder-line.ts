import { computed } from 'vue';
import { spokenTime } from '../../../client/i18n/times.ts';
import { useTexts } from '../../../client/i18n/use-texts.ts';
import { useHouseholdDay } from './household-day.ts';
import type { ComputedRef } from 'vue';
import type { TextSource } from '../../../client/i18n/use-texts.ts';
import type { HouseholdDay } from './household-day.ts';

/** What the tile says below its word: what a tap does, or what the tap did. */
export function elderLine(day: HouseholdDay, t: TextSource['t']): string {
  const said = day.latest.value;
  if (day.stage.value === 'done' && said) {
    const time = spokenTime(said.happenedAt, day.now.value);
    if (day.isUnsent.value) return t('checkIn.onlyHere', { time });
    return t(day.unwell.value.length > 0 ? 'checkIn.reportedUnwell' : 'checkIn.reported', { time });
  }
  return day.stage.value === 'away' ? t('checkIn.away') : t('checkIn.tapOnce');
}

/** The live line below 我挺好: 点一下，就报平安了, or 今天 8:12 报过了. */
export function useElderLine(): ComputedRef<string> {
  const day = useHouseholdDay();
  const { t } = useTexts();
  return computed(() => elderLine(day, t));
}

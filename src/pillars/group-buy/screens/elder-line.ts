import { computed } from 'vue';
import { untilWords } from './progress-words.ts';
import { useRounds } from './use-rounds.ts';
import { useTexts } from '../../../client/i18n/use-texts.ts';
import type { ComputedRef } from 'vue';

/** The line under the tile 买菜: 今晚 8 点前订, or when the next round opens. */
export function useElderLine(): ComputedRef<string> {
  const texts = useTexts();
  const { now, open, later } = useRounds();
  return computed(() => {
    const round = open.value[0] ?? later.value[0];
    return round === undefined ? texts.t('groupBuy.noneOpen') : untilWords(texts, round, now.value);
  });
}

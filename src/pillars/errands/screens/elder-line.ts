import { computed } from 'vue';
import type { ComputedRef } from 'vue';
import { useTexts } from '../../../client/i18n/use-texts.ts';
import { useWord } from '../../../client/use-rows.ts';
import { isLive } from '../rules.ts';
import { errand } from '../schema.ts';
import { chipOf, stateWords, titleOf } from './errand-words.ts';
import { useErrands } from './use-errands.ts';

/** The short live line below the tile 买药和帮忙: `买药：氨氯地平 2 盒，在路上`. */
export function useElderLine(): ComputedRef<string> {
  const { t } = useTexts();
  const { ours } = useErrands();
  const open = computed(() => (ours.value ?? []).filter(isLive));
  const word = useWord(errand, () => open.value[0]?.id);
  return computed(() => {
    const first = open.value[0];
    if (!first) return t('errands.elder.none');
    const state = chipOf(first, word.value).state === 'unsent' ? t('ui.unsent') : stateWords(first);
    if (open.value.length > 1) return t('errands.elder.many', { count: open.value.length, state });
    return t('errands.elder.one', { title: titleOf(first), state });
  });
}

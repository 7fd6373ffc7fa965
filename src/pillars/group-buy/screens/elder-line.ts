import { computed } from 'vue';
import { order } from '../schema.ts';
import { orderChip } from './order-words.ts';
import { untilWords } from './progress-words.ts';
import { useAll } from '../../../client/use-rows.ts';
import { usePhone } from '../../../client/use-phone.ts';
import { useRounds } from './use-rounds.ts';
import { useTexts } from '../../../client/i18n/use-texts.ts';
import type { ComputedRef } from 'vue';

/** The line under the tile 买菜: 楼道里在送 where our bag is on its way, else 今晚 8 点前订, or when the next round opens. */
export function useElderLine(): ComputedRef<string> {
  const texts = useTexts();
  const { actor } = usePhone();
  const { all, now, open, later } = useRounds();
  const orders = useAll(order);
  return computed(() => {
    for (const one of orders.value ?? []) {
      if (one.state !== 'placed' || !actor.value.households.includes(one.householdId)) continue;
      const round = all.value?.find(({ id }) => id === one.groupBuyId);
      const { state, text } = orderChip(texts, one, [], round);
      if (state === 'way' && text !== undefined) return text;
    }
    const round = open.value[0] ?? later.value[0];
    return round === undefined ? texts.t('groupBuy.noneOpen') : untilWords(texts, round, now.value);
  });
}

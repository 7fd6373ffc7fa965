import { computed } from 'vue';
import { order } from '../schema.ts';
import { orderChip, orderInWords } from './order-words.ts';
import { touchKey } from '../../../client/outbox-entry.ts';
import { useAll, useEntries } from '../../../client/use-rows.ts';
import { usePhone } from '../../../client/use-phone.ts';
import { useRounds } from './use-rounds.ts';
import { useTexts } from '../../../client/i18n/use-texts.ts';
import { yuan } from '../../../domain/money.ts';
import type { ComputedRef } from 'vue';
import type { Matter } from '../../../client/matter.ts';

/** Standing orders of our household in rounds that are open, or closed lately and not settled. */
export function useMatters(): ComputedRef<readonly Matter[]> {
  const texts = useTexts();
  const { actor } = usePhone();
  const { open, past } = useRounds();
  const orders = useAll(order);
  const entries = useEntries();
  return computed(() => {
    const rounds = new Map([...open.value, ...past.value].map((round) => [round.id, round]));
    return (orders.value ?? []).flatMap((one): Matter[] => {
      const round = rounds.get(one.groupBuyId);
      const over = round === undefined || round.state === 'settled' || round.state === 'cancelled';
      if (over || one.state !== 'placed' || !actor.value.households.includes(one.householdId)) return [];
      return [
        {
          key: touchKey(order.name, one.id),
          title: orderInWords(texts, one),
          sub: texts.t('groupBuy.sub', { title: round.title, total: yuan(one.totalFen) }),
          chip: orderChip(texts, one, entries.value),
          to: { name: 'group-buy', params: { id: one.groupBuyId } },
          at: one.changedAt,
        },
      ];
    });
  });
}

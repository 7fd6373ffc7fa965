import { computed } from 'vue';
import type { ComputedRef } from 'vue';
import { useList, useNow } from '../../../client/use-rows.ts';
import { recentMonths, sortForReading } from '../rules.ts';
import { notice } from '../schema.ts';
import type { Notice } from '../schema.ts';

/**
 * The notices of this month and the one before, in the order of reading: all that can stand on top, read by their index
 * so that a phone with years of notices touches only these.
 * @returns undefined while they are being read
 */
export function useRecentNotices(): ComputedRef<readonly Notice[] | undefined> {
  const now = useNow();
  const thisMonth = useList(notice, 'month', () => recentMonths(now.value)[0]);
  const lastMonth = useList(notice, 'month', () => recentMonths(now.value)[1]);
  return computed(() => {
    if (thisMonth.value === undefined || lastMonth.value === undefined) return undefined;
    return sortForReading([...thisMonth.value, ...lastMonth.value], now.value);
  });
}

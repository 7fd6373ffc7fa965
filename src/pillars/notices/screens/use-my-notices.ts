import { computed } from 'vue';
import type { ComputedRef } from 'vue';
import { usePhone } from '../../../client/use-phone.ts';
import { useList, useNow, useRow } from '../../../client/use-rows.ts';
import { household } from '../../../people/schema.ts';
import { awaitingReceipt, concerns, isCurrent } from '../rules.ts';
import { receipt } from '../schema.ts';
import { useRecentNotices } from './use-recent-notices.ts';
import type { Notice } from '../schema.ts';

/** What this phone's own door has been told lately, in the order of reading. */
export interface MyNotices {
  /** Those that hold and concern it; undefined while they are being read. */
  readonly current: ComputedRef<readonly Notice[] | undefined>;
  /** Those of them that still want its 我知道了. */
  readonly waiting: ComputedRef<readonly Notice[]>;
}

export function useMyNotices(): MyNotices {
  const { actor } = usePhone();
  const now = useNow();
  const recent = useRecentNotices();
  const householdId = (): string | undefined => actor.value.households[0];
  const home = useRow(household, householdId);
  const receipts = useList(receipt, 'householdId', householdId);

  const current = computed(() =>
    recent.value?.filter(
      (notice) => isCurrent(notice, now.value) && (home.value === undefined || concerns(notice, home.value)),
    ),
  );
  const waiting = computed(() =>
    home.value === undefined || receipts.value === undefined
      ? []
      : awaitingReceipt(current.value ?? [], receipts.value, now.value),
  );
  return { current, waiting };
}

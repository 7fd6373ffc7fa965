import { computed } from 'vue';
import type { ComputedRef } from 'vue';
import { holdsRole, isStaffOf } from '../../../domain/actor.ts';
import { DAY_MS } from '../../../domain/day.ts';
import { spokenTime } from '../../../client/i18n/times.ts';
import { useTexts } from '../../../client/i18n/use-texts.ts';
import { useAll, useNow } from '../../../client/use-rows.ts';
import { usePhone } from '../../../client/use-phone.ts';
import { sweep } from '../schema.ts';
import { isForDesk } from './is-for-desk.ts';
import type { Matter } from '../../../client/matter.ts';

/** How long after its deadline a sweep that nobody closed is still listed. */
const LISTED_MS = 3 * DAY_MS;

/** The sweeps that are going on, for whoever knocks. */
export function useMatters(): ComputedRef<readonly Matter[]> {
  const { t } = useTexts();
  const { actor } = usePhone();
  const rows = useAll(sweep);
  const now = useNow();
  return computed(() =>
    (rows.value ?? [])
      .filter((one) => one.closedAt == null && now.value < one.deadline + LISTED_MS)
      .filter((one) =>
        isStaffOf(actor.value, now.value)
          ? isForDesk(actor.value, one, now.value)
          : holdsRole(actor.value, 'volunteer', now.value),
      )
      .map((one) => ({
        key: `sweep#${one.id}`,
        title: one.title,
        sub: t('sweep.matter.until', { time: spokenTime(one.deadline, now.value) }),
        chip: { state: 'watch', text: t('sweep.matter.going') },
        to: { name: 'sweep', params: { id: one.id } },
        at: one.startedAt,
      })),
  );
}

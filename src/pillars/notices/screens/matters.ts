import { computed } from 'vue';
import type { ComputedRef } from 'vue';
import { spokenTime } from '../../../client/i18n/times.ts';
import { useTexts } from '../../../client/i18n/use-texts.ts';
import { useNow } from '../../../client/use-rows.ts';
import { useMyNotices } from './use-my-notices.ts';
import type { Matter } from '../../../client/matter.ts';

/** The notices that still want this door's 我知道了. */
export function useMatters(): ComputedRef<readonly Matter[]> {
  const { t } = useTexts();
  const { waiting } = useMyNotices();
  const now = useNow();
  return computed(() =>
    waiting.value.map((notice) => ({
      key: `notice#${notice.id}`,
      title: notice.title,
      sub: `${notice.issuer} · ${spokenTime(notice.publishedAt, now.value)}`,
      chip: { state: 'watch', text: t('notices.matter.tapToConfirm') },
      to: { name: 'notice', params: { id: notice.id } },
      at: notice.publishedAt,
    })),
  );
}

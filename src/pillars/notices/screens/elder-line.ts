import { computed } from 'vue';
import type { ComputedRef } from 'vue';
import { useTexts } from '../../../client/i18n/use-texts.ts';
import { useNow } from '../../../client/use-rows.ts';
import { DAY_MS } from '../../../domain/day.ts';
import { loudest } from '../rules.ts';
import { shortened } from './notice-words.ts';
import { useMyNotices } from './use-my-notices.ts';

/** Days for which an important notice stands in the line under 听通知, unless its receipt is still wanted. */
const NEWS_DAYS = 3;
/** Characters of a title that fit the tile at the largest step. */
const TITLE_LENGTH = 14;

/** The line under the tile 听通知: 有 1 条重要：明天停水. */
export function useElderLine(): ComputedRef<string> {
  const { t } = useTexts();
  const { current, waiting } = useMyNotices();
  const now = useNow();
  return computed(() => {
    if (current.value === undefined) return '';
    const since = now.value - NEWS_DAYS * DAY_MS;
    const news = current.value.filter(
      (notice) =>
        waiting.value.includes(notice) ||
        (notice.level !== 'ordinary' && !notice.needsReceipt && notice.publishedAt > since),
    );
    const level = loudest(news);
    const first = news.find((notice) => notice.level === level);
    if (level !== undefined && first !== undefined) {
      const count = news.filter((notice) => notice.level === level).length;
      const title = shortened(first.title, TITLE_LENGTH);
      return t('notices.elder.waiting', { count, level: t(`notices.level.${level}`), title });
    }
    const newest = current.value[0];
    return newest === undefined
      ? t('notices.elder.none')
      : t('notices.elder.newest', { title: shortened(newest.title, TITLE_LENGTH) });
  });
}

import { computed, shallowRef, watch } from 'vue';
import type { ComputedRef, Ref } from 'vue';
import { usePhone } from '../../../client/use-phone.ts';
import { useNow } from '../../../client/use-rows.ts';
import { searchWords, searchable } from '../plain-text.ts';
import { sortForReading } from '../rules.ts';
import { notice } from '../schema.ts';
import { useRecentNotices } from './use-recent-notices.ts';
import type { Notice } from '../schema.ts';

/**
 * Every notice on the phone, in the order of reading; the newest at once, the rest once `wanted` says so (and again after
 * each pull, while it does).
 */
export function useNoticeArchive(wanted: () => boolean): {
  notices: ComputedRef<readonly Notice[] | undefined>;
  complete: ComputedRef<boolean>;
} {
  const phone = usePhone();
  const now = useNow();
  const recent = useRecentNotices();
  const all = shallowRef<readonly Notice[]>();

  watch(
    [wanted, () => phone.status.value.freshAt],
    async ([isWanted]) => {
      if (isWanted) all.value = await phone.reader.all(notice);
    },
    { immediate: true },
  );

  const notices = computed(() => {
    if (recent.value === undefined || all.value === undefined) return recent.value;
    const live = new Set(recent.value.map((each) => each.id));
    return sortForReading([...recent.value, ...all.value.filter((each) => !live.has(each.id))], now.value);
  });
  return { notices, complete: computed(() => all.value !== undefined) };
}

/** Those in which every word that was typed occurs. Reading 5,000 of them takes about a millisecond once their text is prepared. */
export function useNoticeSearch(
  notices: () => readonly Notice[] | undefined,
  typed: Ref<string>,
): ComputedRef<readonly Notice[] | undefined> {
  // A row that was read again is another object with the same words: its text is prepared once.
  const prepared = new Map<string, { title: string; body: string; text: string }>();
  function textOf({ id, title, body }: Notice): string {
    const known = prepared.get(id);
    if (known !== undefined && known.title === title && known.body === body) return known.text;
    const text = `${searchable(title)}\n${searchable(body)}`;
    prepared.set(id, { title, body, text });
    return text;
  }
  return computed(() => {
    const words = searchWords(typed.value);
    if (words.length === 0) return notices();
    return notices()?.filter((notice) => words.every((word) => textOf(notice).includes(word)));
  });
}

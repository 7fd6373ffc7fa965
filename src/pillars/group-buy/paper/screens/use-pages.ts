import { computed, shallowRef, watch } from 'vue';
import { stairwaysOf } from '../pages.ts';
import type { SortingSheet } from '../sheet.ts';

/** Doors beyond which not everything is offered to be printed at once: a browser lays out no thousand pages in one breath. */
const MANY_DOORS = 800;

/**
 * Which stairways are meant, and which page is in view.
 * @param pagesOf what the chosen stairways come to
 */
export function usePages<P>(
  sheet: () => SortingSheet | undefined,
  pagesOf: (stairways: SortingSheet['stairways']) => readonly P[],
) {
  const chosen = shallowRef<string>();
  const page = shallowRef(0);
  const part = computed({
    get() {
      const all = sheet()?.stairways ?? [];
      const doors = all.reduce((sum, one) => sum + one.doors.length, 0);
      return chosen.value ?? (doors > MANY_DOORS ? (all[0]?.building ?? '') : '');
    },
    set(wanted: string) {
      chosen.value = wanted;
      page.value = 0;
    },
  });
  const stairways = computed(() => {
    const all = sheet();
    return all === undefined ? [] : stairwaysOf(all, part.value);
  });
  const pages = computed(() => pagesOf(stairways.value));
  // A round that shrinks leaves the last page behind.
  watch(pages, (now) => (page.value = Math.min(page.value, Math.max(0, now.length - 1))));
  return { part, page, stairways, pages, shown: computed(() => pages.value[page.value]) };
}

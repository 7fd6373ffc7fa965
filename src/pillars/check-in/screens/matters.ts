import { computed } from 'vue';
import type { ComputedRef } from 'vue';
import type { Matter } from '../../../client/matter.ts';

/** None: an answer is done once it is given, and the card itself says whether it is sent. */
export function useMatters(): ComputedRef<readonly Matter[]> {
  return computed(() => []);
}

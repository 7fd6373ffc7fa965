import { computed } from 'vue';
import { mayOrganise } from '../order-rules.ts';
import { organisersScope } from '../../../domain/scope.ts';
import { useAnswer } from '../../../client/use-answer.ts';
import { useNow } from '../../../client/use-rows.ts';
import { usePhone } from '../../../client/use-phone.ts';

/**
 * What only organisers ask about a round; kept for when there is no network, as long as the person organises. Whoever does
 * not asks nothing.
 * @param view the end of its address: `sheet`, `money`, `bags?building=…`
 */
export function useOrganiserAnswer<T>(id: () => string, view: () => string) {
  const phone = usePhone();
  const now = useNow();
  const may = computed(() => mayOrganise(phone.actor.value, now.value));
  const answer = useAnswer<T>(
    () => (may.value ? `/api/desk/group-buys/${encodeURIComponent(id())}/${view()}` : undefined),
    () => organisersScope,
  );
  return { ...answer, may, now };
}

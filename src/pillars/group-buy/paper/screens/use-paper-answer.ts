import { computed } from 'vue';
import { organisersScope } from '../../../../domain/scope.ts';
import { useAnswer } from '../../../../client/use-answer.ts';
import { useNow } from '../../../../client/use-rows.ts';
import { usePhone } from '../../../../client/use-phone.ts';
import { mayOrganise } from '../../order-rules.ts';
import type { PaperHead } from '../sheet.ts';

/** A sheet of a round as the server last counted it; kept for when there is no network, as long as the person organises. */
export function usePaperAnswer<T extends PaperHead>(id: () => string, what: 'sheet' | 'supplier') {
  const phone = usePhone();
  const now = useNow();
  const may = computed(() => mayOrganise(phone.actor.value, now.value));
  const answer = useAnswer<T>(
    () => (may.value ? `/api/desk/group-buys/${encodeURIComponent(id())}/${what}` : undefined),
    () => organisersScope,
  );
  return { ...answer, may, now };
}

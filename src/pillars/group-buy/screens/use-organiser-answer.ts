import { computed } from 'vue';
import { groupBuy } from '../schema.ts';
import { mayOrganise } from '../order-rules.ts';
import { organisersScope } from '../../../domain/scope.ts';
import { useAll, useNow } from '../../../client/use-rows.ts';
import { useAnswer } from '../../../client/use-answer.ts';
import { usePhone } from '../../../client/use-phone.ts';
import type { AnswerState } from '../../../client/use-answer.ts';

/**
 * What only organisers ask about a round that this phone knows; kept for when there is no network, as long as the person
 * organises. Whoever does not asks nothing: for them, and of a round that is not there, the answer is `missing`.
 * @param view the end of its address: `sheet`, `money`, `bags?building=…`
 */
export function useOrganiserAnswer<T>(id: () => string, view: () => string) {
  const phone = usePhone();
  const now = useNow();
  const rounds = useAll(groupBuy);
  const may = computed(() => mayOrganise(phone.actor.value, now.value));
  const isKnown = computed(() => rounds.value?.some((round) => round.id === id()));
  const answer = useAnswer<T>(
    () => (may.value && isKnown.value ? `/api/desk/group-buys/${encodeURIComponent(id())}/${view()}` : undefined),
    () => organisersScope,
  );
  const state = computed<AnswerState>(() => (!may.value || isKnown.value === false ? 'missing' : answer.state.value));
  return { ...answer, state, may, now };
}

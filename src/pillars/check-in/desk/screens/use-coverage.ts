import { computed } from 'vue';
import { useAnswer } from '../../../../client/use-answer.ts';
import { dayOf } from '../../../../domain/day.ts';
import type { Day } from '../../../../domain/day.ts';
import { heardOf } from '../report-words.ts';
import type { Coverage } from '../schema.ts';
import type { Desk } from './use-desk.ts';

/** The desk's coverage of a day, as the server last reckoned it. @param of the day; today where it gives none */
export function useCoverage(desk: Desk, of: () => Day | undefined = () => undefined) {
  const today = computed(() => dayOf(desk.now.value));
  const day = computed(() => of() ?? today.value);
  const isToday = computed(() => day.value === today.value);
  const answer = useAnswer<Coverage>(
    () =>
      desk.isStaff.value ? (isToday.value ? '/api/desk/coverage' : `/api/desk/coverage?day=${day.value}`) : undefined,
    desk.scope,
  );
  /** Kept from an earlier day, with no network since: it is not today's and is not shown as such. */
  const data = computed(() => (answer.data.value?.day === day.value ? answer.data.value : undefined));
  /** Doors of which something is known today, well or not. Away is accounted for apart, and is no news of anybody. */
  const heard = computed(() => (data.value === undefined ? 0 : heardOf(data.value.counts)));
  const asked = computed(() => heard.value + (data.value?.counts.missing ?? 0));
  return {
    today,
    day,
    isToday,
    data,
    at: answer.at,
    /** The server's answer as it is, whatever its day. */
    state: answer.state,
    asked,
    heard,
  };
}

export type CoverageView = ReturnType<typeof useCoverage>;

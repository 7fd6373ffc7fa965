import { computed } from 'vue';
import { addDays } from '../../../domain/day.ts';
import { useList } from '../../../client/use-rows.ts';
import { followUpCard } from '../follow-up/schema.ts';
import { observation } from '../observation/schema.ts';
import { isRunning } from '../observation/rules.ts';
import { standing } from '../rules.ts';
import type { Day } from '../../../domain/day.ts';
import type { Person } from '../../../people/schema.ts';
import type { FollowUpCard } from '../follow-up/schema.ts';
import type { CheckIn } from '../schema.ts';
import type { HouseholdDay } from './household-day.ts';

/** A person who waits for somebody to look after them: what was said, and the follow-up as far as it is known here. */
export interface Waiting {
  readonly person: Person;
  /** What holds of them now. */
  readonly said?: CheckIn;
  /** Absent until the community's answer has come. */
  readonly card?: FollowUpCard;
  /** It is still only on this phone. */
  readonly isUnsent: boolean;
}

/** Who looks after the household's people today, and whose home observation runs. */
export function useCare(day: HouseholdDay) {
  const cards = useList(followUpCard, 'householdId', () => day.householdId.value);
  const observations = useList(observation, 'householdId', () => day.householdId.value);

  const waiting = computed<readonly Waiting[]>(() => {
    const recent = recentCards(cards.value ?? [], day.day.value);
    return day.persons.value.flatMap((person) => {
      const answers = day.answersOf(person.id);
      const said = standing(answers);
      const card = recent.find((one) => one.personId === person.id);
      const wants = said !== undefined && (said.level === 'alert' || said.needs.length > 0);
      return wants || card !== undefined ? [{ person, said, card, isUnsent: day.isUnsentOf(answers) }] : [];
    });
  });
  /** Those of whom something is not over yet: what home shows. */
  const open = computed(() => waiting.value.filter(({ said, card }) => !card?.closedAt || said?.level === 'alert'));
  const observed = computed(() => (observations.value ?? []).filter((one) => isRunning(one, day.now.value)));

  return { waiting, open, observed };
}

/** Today's cards, newest day first; and what was said before midnight and nobody has closed: it is not over because the day is. */
export function recentCards<C extends Pick<FollowUpCard, 'day' | 'closedAt'>>(
  cards: readonly C[],
  today: Day,
): readonly C[] {
  const yesterday = addDays(today, -1);
  return cards
    .filter((card) => card.day === today || (card.day === yesterday && card.closedAt == null))
    .toSorted((one, other) => (one.day < other.day ? 1 : one.day > other.day ? -1 : 0));
}

import { computed } from 'vue';
import { useDraft } from '../../../client/drafts.ts';
import { FEVER_C } from '../rules.ts';
import { degreesOf, isWhole } from './temperature-digits.ts';
import type { CheckIn, Entry, How } from '../schema.ts';
import type { HouseholdDay } from './household-day.ts';

/** What is filled in about one person. */
export interface UnwellDetails {
  readonly digits: string;
  readonly symptoms: readonly string[];
  readonly needs: readonly string[];
}

interface UnwellDraft {
  /** Empty until 急不急 is answered. */
  readonly urgency: '' | 'urgent' | 'calm';
  readonly who: readonly string[];
  readonly how: '' | How;
  readonly about: Readonly<Record<string, UnwellDetails>>;
}

const nothing: UnwellDetails = { digits: '', symptoms: [], needs: [] };

/**
 * 和昨天一样: what was said yesterday, to be sent by whoever says it today. A temperature is measured, not repeated: of a
 * fever what is left is that there was one. Nor is 很急, which is asked anew.
 */
export function likeYesterday(
  said: Pick<CheckIn, 'temperatureC' | 'symptoms' | 'needs'>,
): Pick<UnwellDetails, 'symptoms' | 'needs'> {
  const hadFever = (said.temperatureC ?? 0) >= FEVER_C;
  const symptoms = said.symptoms.filter((symptom) => symptom !== 'urgent');
  return { symptoms: [...new Set([...symptoms, ...(hadFever ? ['fever'] : [])])], needs: [...said.needs] };
}

/**
 * The form of 有人不舒服. Half filled it survives the app being closed.
 * @param how as whoever comes from a call or a door has just said it: nothing is asked twice
 */
export function useUnwellForm(day: HouseholdDay, how: '' | How = '') {
  const draft = useDraft<UnwellDraft>(`check-in-unwell/${day.householdId.value ?? ''}`, () => ({
    urgency: '',
    who: [],
    how,
    about: {},
  }));
  const change = (part: Partial<UnwellDraft>) => {
    draft.value.value = { ...draft.value.value, ...part };
  };

  /** Whom it is about: of one living alone there is nothing to choose. Somebody away may have come home unwell. */
  const who = computed(() => {
    const only = day.persons.value.length === 1 ? day.persons.value[0] : undefined;
    return only ? [only.id] : draft.value.value.who.filter((id) => day.persons.value.some((one) => one.id === id));
  });
  const detailsOf = (personId: string): UnwellDetails => draft.value.value.about[personId] ?? nothing;

  const entries = computed<Entry[]>(() =>
    who.value.map((personId) => {
      const { digits, symptoms, needs } = detailsOf(personId);
      const temperatureC = degreesOf(digits);
      const urgent = draft.value.value.urgency === 'urgent' ? ['urgent'] : [];
      return {
        personId,
        feels: 'unwell',
        symptoms: [...urgent, ...symptoms],
        needs: [...needs],
        ...(temperatureC === undefined ? {} : { temperatureC }),
      };
    }),
  );

  return {
    draft: draft.value,
    who,
    entries,
    detailsOf,
    change,
    /** Changes what is filled in about one person. */
    changeDetails: (personId: string, part: Partial<UnwellDetails>) =>
      change({ about: { ...draft.value.value.about, [personId]: { ...detailsOf(personId), ...part } } }),
    /** Fills in what was said of a person yesterday, and chooses them. */
    repeat: (personId: string, said: CheckIn) =>
      change({
        urgency: 'calm',
        who: [...new Set([...draft.value.value.who, personId])],
        about: { ...draft.value.value.about, [personId]: { ...detailsOf(personId), ...likeYesterday(said) } },
      }),
    areTemperaturesWhole: computed(() => who.value.every((personId) => isWhole(detailsOf(personId).digits))),
    clear: () => draft.clear(),
  };
}

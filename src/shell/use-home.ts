import { computed } from 'vue';
import type { ComputedRef, ShallowRef } from 'vue';
import { useList, useNow, useRow } from '../client/use-rows.ts';
import { usePhone } from '../client/use-phone.ts';
import { helpsOthers, holdsRole, isStaffOf } from '../domain/actor.ts';
import { community, household, person } from '../people/schema.ts';
import type { Community, Household, Person } from '../people/schema.ts';

/** Who and what this phone belongs to, as the frame needs it. */
export interface Home {
  readonly community: ShallowRef<Community | undefined>;
  readonly household: ShallowRef<Household | undefined>;
  /** Everybody behind the door, in the household's own order. */
  readonly persons: ComputedRef<readonly Person[]>;
  /** Who holds this phone: as they said, or the only one there is behind the door. */
  readonly me: ComputedRef<Person | undefined>;
  readonly isStaff: ComputedRef<boolean>;
  readonly isVolunteer: ComputedRef<boolean>;
  /** May say for other households how they are, and has their list. */
  readonly helpsOthers: ComputedRef<boolean>;
}

export function useHome(): Home {
  const { actor } = usePhone();
  const now = useNow();
  const householdId = (): string | undefined => actor.value.households[0];
  const rows = useList(person, 'householdId', householdId);
  const persons = computed(() => [...(rows.value ?? [])].sort((a, b) => a.position - b.position));
  const said = useRow(person, () => actor.value.personId);
  return {
    community: useRow(community, () => actor.value.communityId),
    household: useRow(household, householdId),
    persons,
    me: computed(() => said.value ?? (persons.value.length === 1 ? persons.value[0] : undefined)),
    isStaff: computed(() => isStaffOf(actor.value, now.value)),
    isVolunteer: computed(() => holdsRole(actor.value, 'volunteer', now.value)),
    helpsOthers: computed(() => helpsOthers(actor.value, now.value)),
  };
}

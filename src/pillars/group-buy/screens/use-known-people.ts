import { computed } from 'vue';
import { grant, person } from '../../../people/schema.ts';
import { useList } from '../../../client/use-rows.ts';
import type { ComputedRef } from 'vue';
import type { KnownPeople } from './change-words.ts';

/** Whom a household's order may speak of: who lives there, and who helps it, also until lately. */
export function useKnownPeople(householdId: () => string): ComputedRef<KnownPeople> {
  const persons = useList(person, 'householdId', householdId);
  const grants = useList(grant, 'householdId', householdId);
  return computed(() => ({
    living: new Set((persons.value ?? []).map((one) => one.id)),
    names: new Map([
      ...(grants.value ?? []).map((one): [string, string] => [one.helperId, one.helperName]),
      ...(persons.value ?? []).map((one): [string, string] => [one.id, one.name]),
    ]),
  }));
}

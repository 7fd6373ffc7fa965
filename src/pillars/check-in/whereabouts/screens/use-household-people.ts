import { computed } from 'vue';
import { useRoute } from 'vue-router';
import { isStaffOf, livesIn } from '../../../../domain/actor.ts';
import { dayOf } from '../../../../domain/day.ts';
import { usePhone } from '../../../../client/use-phone.ts';
import { useList, useNow, useRow } from '../../../../client/use-rows.ts';
import { belongs } from '../../../../people/rules.ts';
import { household, person } from '../../../../people/schema.ts';
import type { Person } from '../../../../people/schema.ts';

/**
 * The people behind a door: the one that the address names (`?household=…`, for a helper or the desk), else the device's
 * own. Whom it names (`?person=…`) stands first: their face was tapped.
 */
export function useHouseholdPeople() {
  const phone = usePhone();
  const route = useRoute();
  const now = useNow();
  const named = (what: string): string | undefined => {
    const asked = route.query[what];
    return typeof asked === 'string' && asked !== '' ? asked : undefined;
  };
  const householdId = computed(() => named('household') ?? phone.actor.value.households[0]);
  const isFirst = ({ id }: Person): number => (id === named('person') ? 0 : 1);
  const home = useRow(household, () => householdId.value);
  const rows = useList(person, 'householdId', () => householdId.value);
  const everybody = computed(
    () =>
      rows.value &&
      [...rows.value].sort((one, other) => isFirst(one) - isFirst(other) || one.position - other.position),
  );
  return {
    householdId,
    home,
    /** Undefined while they load. */
    persons: computed(() => everybody.value?.filter(belongs)),
    /** Who moved out or died. */
    gone: computed(() => (everybody.value ?? []).filter((one) => !belongs(one))),
    now,
    today: computed(() => dayOf(now.value)),
    isOwn: computed(() => householdId.value !== undefined && livesIn(phone.actor.value, householdId.value)),
    isStaff: computed(() => home.value !== undefined && isStaffOf(phone.actor.value, now.value, home.value.grid)),
  };
}

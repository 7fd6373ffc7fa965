import { computed, ref } from 'vue';
import { household } from '../../../people/schema.ts';
import { useAll, useNow } from '../../../client/use-rows.ts';
import { usePhone } from '../../../client/use-phone.ts';

/**
 * For whom one orders: a household of this phone, or one that lets its person order for it.
 * @param asked the household named in the address, if any
 */
export function useOurHousehold(asked: () => unknown) {
  const { actor } = usePhone();
  const now = useNow();
  const doors = useAll(household);
  const chosen = ref('');
  const ours = computed(() => actor.value.households);
  /** Households that this person may order for besides the own. */
  const helped = computed(() =>
    actor.value.grants
      .filter((grant) => grant.powers.includes('order') && now.value < grant.until)
      .map((grant) => grant.householdId)
      .filter((id, index, all) => !ours.value.includes(id) && all.indexOf(id) === index),
  );
  const householdId = computed(() => {
    const named = asked();
    const all = [...ours.value, ...helped.value];
    return (
      [chosen.value, named].find((id): id is string => typeof id === 'string' && all.includes(id)) ?? ours.value[0]
    );
  });
  /** Households of one's own to choose from, by their doors. */
  const options = computed(() =>
    ours.value.map((value) => ({ value, label: doors.value?.find((one) => one.id === value)?.door ?? value })),
  );
  return { chosen, helped, householdId, options };
}

import { computed } from 'vue';
import { livesIn } from '../../../../domain/actor.ts';
import { person } from '../../../../people/schema.ts';
import { useNow, useRow } from '../../../../client/use-rows.ts';
import { usePhone } from '../../../../client/use-phone.ts';
import { mayOrganise } from '../../order-rules.ts';
import { groupBuy } from '../../schema.ts';

/** A round as who organises it sees it on this phone. */
export function useRoundDesk(id: () => string) {
  const phone = usePhone();
  const now = useNow();
  const self = useRow(person, () => phone.actor.value.personId);
  return {
    phone,
    now,
    round: useRow(groupBuy, id),
    may: computed(() => mayOrganise(phone.actor.value, now.value)),
    /** Nobody handles the money of their own household. */
    isOwn: (householdId: string): boolean =>
      livesIn(phone.actor.value, householdId) || self.value?.householdId === householdId,
  };
}

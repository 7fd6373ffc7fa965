import { computed } from 'vue';
import { dayOf } from '../../../../domain/day.ts';
import { useLive } from '../../../../client/use-live.ts';
import { usePhone } from '../../../../client/use-phone.ts';
import { touchKey } from '../../../../client/outbox-entry.ts';
import { useEntries, useNow, useRow } from '../../../../client/use-rows.ts';
import { community, household, person } from '../../../../people/schema.ts';
import { checkIn, lifeSign } from '../../schema.ts';
import { helpedInOrder, mayCheckInFor } from '../helped.ts';
import type { HelpedHousehold, HelpedLine } from '../helped.ts';

/** The households that this phone's person may check in for, most in need first; undefined while they load. */
export function useHelped() {
  const phone = usePhone();
  const { reader } = phone;
  const now = useNow();
  const town = useRow(community, () => phone.actor.value.communityId);
  const grants = computed(() => [...mayCheckInFor(phone.actor.value.grants, now.value)]);
  const entries = useEntries();
  const unsent = computed(
    () => new Set(entries.value.flatMap((entry) => (entry.state === 'unsent' ? entry.touches : []))),
  );
  /** Whether something that was said of the household today is still only on this phone. */
  const isUnsent = ({ household: { answers } }: HelpedLine): boolean =>
    answers.some((one) => one.day === today.value && unsent.value.has(touchKey(checkIn.name, one.id)));
  const today = computed(() => dayOf(now.value));

  const households = useLive(
    () => [today.value, ...grants.value.flat()].join(),
    () =>
      Promise.all(
        grants.value.map(async ([householdId, until]): Promise<HelpedHousehold> => {
          const [home, persons, answers, signs] = await Promise.all([
            reader.get(household, householdId),
            reader.list(person, 'householdId', householdId),
            reader.list(checkIn, 'householdId', householdId),
            reader.list(lifeSign, 'householdId', householdId),
          ]);
          const alive = new Set(signs.filter((sign) => sign.day === today.value).map((sign) => sign.personId));
          return { householdId, until, home, persons, answers, signs: alive };
        }),
      ),
  );
  const lines = computed<readonly HelpedLine[] | undefined>(() =>
    town.value && households.value ? helpedInOrder(town.value, households.value, now.value) : undefined,
  );
  return { town, now, today, lines, isUnsent };
}

import { computed } from 'vue';
import type { ComputedRef } from 'vue';
import { spokenTime } from '../../../../client/i18n/times.ts';
import { useTexts } from '../../../../client/i18n/use-texts.ts';
import { usePhone } from '../../../../client/use-phone.ts';
import { useAll } from '../../../../client/use-rows.ts';
import { belongs, isRoleInForce } from '../../../../people/rules.ts';
import { person, role } from '../../../../people/schema.ts';
import { isInForce } from '../../duty/rules.ts';
import { duty } from '../../duty/schema.ts';
import type { Duty } from '../../duty/schema.ts';
import type { Desk } from './use-desk.ts';

/** Somebody who can be on duty, as far as this phone knows. */
export interface Colleague {
  readonly id: string;
  readonly name: string;
}

/** The shifts of now and of later, and who could take one. */
export function useDuties(desk: Desk) {
  const phone = usePhone();
  const shifts = useAll(duty);
  const roles = useAll(role);
  const persons = useAll(person);
  /** The clock ticks slowly: what was done a moment ago is over or begun all the same. */
  const at = () => Math.max(desk.now.value, phone.now());
  /** One's own shift first, then whoever stands in for one's grid, for all of them, for the others. */
  const nearness = (one: Duty) =>
    one.personId === desk.personId.value ? 0 : one.place === desk.ownGrid.value ? 1 : one.place === '' ? 2 : 3;
  const running = computed(() =>
    (shifts.value ?? [])
      .filter((one) => isInForce(one, at()))
      .toSorted((one, other) => nearness(one) - nearness(other) || other.from - one.from),
  );
  const later = computed(() =>
    (shifts.value ?? [])
      .filter((one) => one.from > at() && one.endedAt == null)
      .toSorted((one, other) => one.from - other.from),
  );
  /** Those at this desk by their duties, and those of other grids who have been on duty before. Oneself first. */
  const colleagues = computed<readonly Colleague[]>(() => {
    const found = new Map<string, Colleague>();
    const staff = (roles.value ?? []).filter(
      ({ kind, ...held }) => (kind === 'gridWorker' || kind === 'secretary') && isRoleInForce(held, desk.now.value),
    );
    for (const { personId } of staff) {
      const one = persons.value?.find((each) => each.id === personId);
      if (one !== undefined && belongs(one)) found.set(personId, { id: personId, name: one.name });
    }
    for (const { personId, personName } of shifts.value ?? []) {
      if (!found.has(personId)) found.set(personId, { id: personId, name: personName });
    }
    const isMe = (one: Colleague) => one.id === desk.personId.value;
    return [...found.values()].toSorted((one, other) => Number(isMe(other)) - Number(isMe(one)));
  });
  return { isLoading: computed(() => shifts.value === undefined), running, later, colleagues };
}

/** `小何 值班到 今天 18:00`, for the desk's list of tools. Empty while it is not known. */
export function useOnDutyLine(desk: Desk): ComputedRef<string> {
  const { isLoading, running } = useDuties(desk);
  const { t } = useTexts();
  return computed(() => {
    if (isLoading.value) return '';
    const [first] = running.value;
    return first === undefined ? t('desk.duty.nobody') : untilLine(first, desk.now.value, t);
  });
}

/** `小何 到 今天 18:00` */
export function untilLine(shift: Duty, now: number, t: ReturnType<typeof useTexts>['t']): string {
  return t('desk.duty.until', { name: shift.personName, time: spokenTime(shift.to, now) });
}

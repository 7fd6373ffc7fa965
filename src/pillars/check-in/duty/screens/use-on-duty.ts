import { computed } from 'vue';
import { usePhone } from '../../../../client/use-phone.ts';
import { useList, useNow, useRow } from '../../../../client/use-rows.ts';
import { community, household } from '../../../../people/schema.ts';
import { dutyHolder } from '../rules.ts';
import { duty } from '../schema.ts';
import type { ComputedRef } from 'vue';

/** Who answers just now, as far as the phone knows: a person on duty until a time (epoch ms), or the duty room's number. */
export interface OnDuty {
  readonly name?: string;
  readonly phone?: string;
  readonly until?: number;
}

/**
 * Who is on duty for a grid (that of the device's own household, where none is named), else for the whole community, else
 * the community's duty number. Offline too: everybody holds the shifts.
 */
export function useOnDuty(grid?: () => string | undefined): ComputedRef<OnDuty | undefined> {
  const phone = usePhone();
  const now = useNow(60_000);
  const town = useRow(community, () => phone.actor.value.communityId);
  const home = useRow(household, () => phone.actor.value.households[0]);
  const place = () => (grid ? grid() : home.value?.grid);
  const ofGrid = useList(duty, 'place', place);
  const ofAll = useList(duty, 'place', () => '');

  return computed(() => {
    const holder = dutyHolder(ofGrid.value ?? [], now.value) ?? dutyHolder(ofAll.value ?? [], now.value);
    const number = holder?.phone ?? town.value?.dutyPhone ?? undefined;
    if (holder) return { name: holder.personName, phone: number, until: holder.to };
    return number === undefined ? undefined : { name: town.value?.dutyName ?? undefined, phone: number };
  });
}

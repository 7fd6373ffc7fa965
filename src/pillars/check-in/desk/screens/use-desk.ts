import { computed } from 'vue';
import type { ComputedRef, ShallowRef } from 'vue';
import { useNow, useRow } from '../../../../client/use-rows.ts';
import { usePhone } from '../../../../client/use-phone.ts';
import { holdsRole } from '../../../../domain/actor.ts';
import { deskScope } from '../../../../domain/scope.ts';
import type { Scope } from '../../../../domain/scope.ts';
import { community } from '../../../../people/schema.ts';
import type { Community } from '../../../../people/schema.ts';
import { staffScope } from '../../../../people/visibility.ts';

/** Who sits at the desk with this phone, and the community that it is the desk of. */
export interface Desk {
  /** Epoch ms, by the server's clock. */
  readonly now: ShallowRef<number>;
  readonly town: ShallowRef<Community | undefined>;
  readonly personId: ComputedRef<string | undefined>;
  readonly isSecretary: ComputedRef<boolean>;
  readonly isGridWorker: ComputedRef<boolean>;
  readonly isStaff: ComputedRef<boolean>;
  /** The grid that a grid worker answers for; undefined: all of them. */
  readonly ownGrid: ComputedRef<string | undefined>;
  /** To which the desk's answers belong: they leave the phone with it. */
  readonly scope: () => Scope;
}

export function useDesk(): Desk {
  const phone = usePhone();
  const now = useNow();
  const town = useRow(community, () => phone.actor.value.communityId);
  const isSecretary = computed(() => holdsRole(phone.actor.value, 'secretary', now.value));
  const isGridWorker = computed(() => holdsRole(phone.actor.value, 'gridWorker', now.value));
  const ownGrid = computed(() => phone.actor.value.roles.find((held) => held.kind === 'gridWorker')?.grid);
  return {
    now,
    town,
    personId: computed(() => phone.actor.value.personId),
    isSecretary,
    isGridWorker,
    isStaff: computed(() => isSecretary.value || isGridWorker.value),
    ownGrid,
    scope: () => (ownGrid.value !== undefined && !isSecretary.value ? deskScope(ownGrid.value) : staffScope),
  };
}

import { computed } from 'vue';
import type { ComputedRef } from 'vue';
import { holdsRole, isStaffOf } from '../../../domain/actor.ts';
import { useAnswer } from '../../../client/use-answer.ts';
import type { Answer } from '../../../client/use-answer.ts';
import { usePhone } from '../../../client/use-phone.ts';
import { useAll, useEntries, useList, useNow } from '../../../client/use-rows.ts';
import { building, household } from '../../../people/schema.ts';
import { staffScope } from '../../../people/visibility.ts';
import { covers } from '../rules.ts';
import { sweep, sweptDoor } from '../schema.ts';
import { isAnsweredAt, saidHere, sheetOf } from './sheet-doors.ts';
import { useOpenDoors } from './use-open-doors.ts';
import type { SheetDoor } from '../sheet.ts';
import type { AnswerArgs } from '../args.ts';
import type { OpenDoor, Sweep, SweepReport } from '../schema.ts';

/** A sweep as this phone knows it, with or without a network. */
export interface SweepView {
  /** Undefined while it loads and where this phone does not hold it. */
  readonly asked: ComputedRef<Sweep | undefined>;
  readonly isLoaded: ComputedRef<boolean>;
  readonly isStaff: ComputedRef<boolean>;
  readonly doors: ComputedRef<readonly SheetDoor[]>;
  readonly answered: ComputedRef<number>;
  /** Doors of which something was said here that has not gone out. */
  readonly unsent: ComputedRef<ReadonlySet<string>>;
  /** What the server counted last; staff alone are told. */
  readonly report: Answer<SweepReport>;
}

export function useSweep(id: () => string): SweepView {
  const { actor } = usePhone();
  const now = useNow();
  const sweeps = useAll(sweep);
  const homes = useAll(household);
  const buildings = useAll(building);
  const known = useList(sweptDoor, 'sweepId', id);
  const entries = useEntries();
  const isStaff = computed(() => isStaffOf(actor.value, now.value));
  const isVolunteer = computed(() => !isStaff.value && holdsRole(actor.value, 'volunteer', now.value));
  const asked = computed(() => sweeps.value?.find((one) => one.id === id()));
  const report = useAnswer<SweepReport>(
    () => (isStaff.value && asked.value !== undefined ? `/api/desk/sweep/${id()}` : undefined),
    () => staffScope,
  );

  const mine = computed(() =>
    entries.value.filter(({ name, args }) => name === 'sweep.answer' && (args as AnswerArgs).sweepId === id()),
  );
  const open = useOpenDoors(() => (isVolunteer.value && asked.value !== undefined ? id() : undefined), mine);
  /** The doors of the own desk. A worker who lives here holds the own household, too: it counts where its desk does. */
  const deskDoors = computed((): readonly OpenDoor[] => {
    const positions = new Map(buildings.value?.map((one) => [one.id, one.position]));
    return (homes.value ?? [])
      .filter((home) => asked.value !== undefined && covers(asked.value, home.grid))
      .filter((home) => isStaffOf(actor.value, now.value, home.grid))
      .map(({ id: householdId, buildingId, buildingName, unit, floor, room, door }) => ({
        householdId,
        building: buildingName,
        position: positions.get(buildingId) ?? 0,
        unit,
        floor,
        room,
        door,
      }));
  });
  const doors = computed(() =>
    isStaff.value
      ? sheetOf(deskDoors.value, known.value ?? [])
      : saidHere(sheetOf(open.doors.value, []), open.said.value),
  );

  return {
    asked,
    isLoaded: computed(
      () =>
        sweeps.value !== undefined &&
        (isStaff.value
          ? homes.value !== undefined && buildings.value !== undefined && known.value !== undefined
          : open.isLoaded.value || !isVolunteer.value || asked.value === undefined),
    ),
    isStaff,
    doors,
    answered: computed(() => doors.value.filter(isAnsweredAt).length),
    unsent: computed(
      () =>
        new Set(mine.value.filter((one) => one.state === 'unsent').map((one) => (one.args as AnswerArgs).householdId)),
    ),
    report,
  };
}

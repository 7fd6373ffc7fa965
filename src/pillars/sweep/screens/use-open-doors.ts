import { computed, shallowRef, watch } from 'vue';
import type { ComputedRef, ShallowRef } from 'vue';
import { volunteersScope } from '../../../domain/scope.ts';
import type { OutboxEntry } from '../../../client/outbox-entry.ts';
import { useAnswer } from '../../../client/use-answer.ts';
import type { AnswerArgs } from '../args.ts';
import type { OpenDoor, OpenDoors } from '../schema.ts';

/** What was said of a door on this phone. */
export type Said = Pick<OutboxEntry, 'id' | 'args' | 'at'>;

/**
 * Where volunteers have to knock, as the server said last. A door that they answered for stays in its place for as long as
 * they look: a list that closes up under the thumb is tapped wrongly.
 * @param id of the sweep; undefined for who is no volunteer
 * @param entries of the outbox about this sweep
 */
export function useOpenDoors(
  id: () => string | undefined,
  entries: ComputedRef<readonly OutboxEntry[]>,
): {
  readonly doors: ShallowRef<readonly OpenDoor[]>;
  /** Here, since the screen was opened; the outbox forgets what the server has. */
  readonly said: ComputedRef<readonly Said[]>;
  readonly isLoaded: ComputedRef<boolean>;
} {
  const open = useAnswer<OpenDoors>(
    () => (id() === undefined ? undefined : `/api/desk/sweep/${id()}/doors`),
    () => volunteersScope,
  );
  const doors = shallowRef<readonly OpenDoor[]>([]);
  const said = shallowRef<ReadonlyMap<string, Said>>(new Map());
  watch(
    entries,
    (now) => {
      const next = new Map<string, Said>(said.value);
      for (const entry of now) {
        if (entry.state === 'refused') next.delete(entry.id);
        else next.set(entry.id, entry);
      }
      said.value = next;
    },
    { immediate: true },
  );
  watch(
    [open.data, said],
    () => {
      const asked = open.data.value?.doors ?? [];
      const ids = new Set(asked.map((door) => door.householdId));
      const own = new Set([...said.value.values()].map(({ args }) => (args as AnswerArgs).householdId));
      doors.value = [
        ...asked,
        ...doors.value.filter(({ householdId }) => !ids.has(householdId) && own.has(householdId)),
      ];
    },
    { immediate: true },
  );
  return {
    doors,
    said: computed(() => [...said.value.values()]),
    isLoaded: computed(() => open.data.value !== undefined || open.state.value === 'missing'),
  };
}

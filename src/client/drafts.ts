import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue';
import type { ComputedRef, Ref } from 'vue';
import { plainCopy } from './act.ts';
import { ifRoom } from './local/room.ts';
import { usePhone } from './use-phone.ts';

/** Ms after the last change at which a draft is stored. */
const SAVE_AFTER_MS = 400;

export interface Draft<T> {
  readonly value: Ref<T>;
  /** The form holds something that was not there at first; while any does, an update of the app waits. */
  readonly dirty: ComputedRef<boolean>;
  /** The form was sent, or given up: it starts over and what was stored goes. */
  clear(): Promise<void>;
}

/**
 * A half-filled form that survives: a call coming in, the app being closed, a dead battery.
 * @param key names the form, and what it is about: `errand-new`, `order/<round>`
 * @param initial JSON only
 */
export function useDraft<T>(key: string, initial: () => T): Draft<T> {
  const phone = usePhone();
  const { database, world } = phone;
  const value = ref(initial()) as Ref<T>;
  const isDirty = shallowRef(false);
  let quiet = false;
  let cancelSave: (() => void) | undefined;

  const save = (): Promise<unknown> => {
    cancelSave = undefined;
    const draft = { key, value: plainCopy(value.value), at: world.now() };
    // On a full phone it lasts as long as the form does.
    return ifRoom(database.write(['drafts'], ({ drafts }) => drafts.put(draft)));
  };
  const setDirty = (dirty: boolean): void => {
    if (dirty !== isDirty.value) phone.dirtyForms.value += dirty ? 1 : -1;
    isDirty.value = dirty;
  };
  /** Sets the value without taking that for a person's change. */
  const setQuietly = (next: T): void => {
    quiet = true;
    value.value = next;
    quiet = false;
  };

  watch(
    value,
    () => {
      if (quiet) return;
      setDirty(true);
      cancelSave?.();
      cancelSave = world.after(SAVE_AFTER_MS, () => void save());
    },
    { deep: true, flush: 'sync' },
  );
  void database.drafts.get(key).then((stored) => {
    if (stored === undefined || isDirty.value) return;
    setQuietly(stored.value as T);
    setDirty(true);
  });
  onScopeDispose(() => {
    const unsaved = cancelSave !== undefined;
    cancelSave?.();
    if (unsaved) void save();
    setDirty(false);
  });

  return {
    value,
    dirty: computed(() => isDirty.value),
    async clear() {
      cancelSave?.();
      cancelSave = undefined;
      setQuietly(initial());
      setDirty(false);
      await ifRoom(database.write(['drafts'], ({ drafts }) => drafts.delete(key)));
    },
  };
}

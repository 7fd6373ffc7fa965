import { defineStore, storeToRefs } from 'pinia';
import type { Pinia } from 'pinia';
import { computed, ref, watch } from 'vue';
import type { ComputedRef, Ref } from 'vue';

export type Step = 1 | 2 | 3;

/** Which version the screen is in, and how large. Kept on this phone; never sent. */
export interface ModeState {
  readonly elder: ComputedRef<boolean>;
  /** Size of 长辈版: body 20, 24 or 30 px. */
  readonly step: Ref<Step>;
  setElder(on: boolean): void;
  setStep(step: Step): void;
}

const KEY = 'shouwang.version';

const useModeStore = defineStore('mode', () => {
  const isElder = ref(false);
  const step = ref<Step>(1);
  return { isElder, step };
});

/** The version in use, the same everywhere in the app. */
export function useMode(): ModeState {
  const { isElder, step } = storeToRefs(useModeStore());
  return {
    elder: computed(() => isElder.value),
    step,
    setElder: (on) => {
      isElder.value = on;
    },
    setStep: (size) => {
      step.value = size;
    },
  };
}

/** Takes up the version chosen last and keeps the page's root in step with it. Called once, before the first paint. */
export function startMode(viewState: Pinia): void {
  const { isElder, step } = storeToRefs(useModeStore(viewState));
  const [mode, size] = (recall() ?? '').split(' ');
  isElder.value = mode === 'elder';
  step.value = size === '2' ? 2 : size === '3' ? 3 : 1;
  watch(
    [isElder, step],
    () => {
      const mode = isElder.value ? 'elder' : 'standard';
      document.documentElement.dataset['mode'] = mode;
      document.documentElement.dataset['step'] = String(step.value);
      remember(`${mode} ${step.value}`);
    },
    { immediate: true, flush: 'sync' },
  );
}

/** Storage can be denied (private windows, some webviews): the version then lasts as long as the page. */
function recall(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function remember(value: string): void {
  try {
    localStorage.setItem(KEY, value);
  } catch {
    // See recall.
  }
}

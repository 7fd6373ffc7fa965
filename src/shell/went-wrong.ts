import { defineStore } from 'pinia';
import type { Pinia } from 'pinia';
import { ref } from 'vue';
import type { App } from 'vue';

/** Whether something on this screen failed in a way that nobody foresaw. Leaving the screen clears it. */
export const useWentWrong = defineStore('went-wrong', () => ({ hasGoneWrong: ref(false) }));

/** A fault in one component leaves the rest standing and is said; the browser gets to see it all the same. */
export function watchFaults(app: App, viewState: Pinia): void {
  const wentWrong = useWentWrong(viewState);
  app.config.errorHandler = (error) => {
    wentWrong.hasGoneWrong = true;
    reportError(error);
  };
}

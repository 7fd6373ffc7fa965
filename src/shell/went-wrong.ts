import { ref } from 'vue';
import type { App } from 'vue';

/** Whether something on this screen failed in a way that nobody foresaw. Leaving the screen clears it. */
export const hasGoneWrong = ref(false);

/** A fault in one component leaves the rest standing and is said; the browser gets to see it all the same. */
export function watchFaults(app: App): void {
  app.config.errorHandler = (error) => {
    hasGoneWrong.value = true;
    reportError(error);
  };
}

import { watchEffect } from 'vue';

/** Names the page after its screen, for the app switcher and for screen readers; follows the title while the screen stands. */
export function useTitle(title: () => string): void {
  watchEffect(() => {
    document.title = title() === '' ? '守望' : `${title()} · 守望`;
  });
}

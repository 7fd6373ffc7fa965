import { shallowRef } from 'vue';
import type { ShallowRef } from 'vue';
import type { World } from '../../domain/world.ts';

/** How long to wait for the new worker's control before loading anew all the same: on an iOS home screen the event may never come. */
const CONTROL_WAIT_MS = 2_500;
/** How often a phone that comes back to the app asks for a newer version, at most. */
const ASK_EVERY_MS = 30 * 60_000;

/** A newer version of the app, ready on this phone. */
export interface Updates {
  /** Whether one waits to be taken. */
  readonly isWaiting: ShallowRef<boolean>;
  readonly isTaking: ShallowRef<boolean>;
  /** Takes it: the page is loaded anew within seconds. To be called when nothing half done would be lost. */
  take(): void;
}

/**
 * Registers the service worker and watches for a newer one. Where there is none (WeChat on iOS, private windows, plain
 * HTTP) the app works the same while it has the network, and nothing ever waits.
 */
export function startUpdates(world: World): Updates {
  const updates = { isWaiting: shallowRef(false), isTaking: shallowRef(false), take: (): void => undefined };
  if (import.meta.env.PROD && 'serviceWorker' in navigator) {
    void import('workbox-window').then(({ Workbox }) => {
      const workbox = new Workbox('/service-worker.js');
      const hadController = navigator.serviceWorker.controller !== null;
      let takenElsewhere = false;
      workbox.addEventListener('waiting', () => {
        updates.isWaiting.value = true;
      });
      workbox.addEventListener('controlling', () => {
        if (updates.isTaking.value) location.reload();
        else if (hadController) {
          // Another tab took it: this one waits for its own good moment.
          takenElsewhere = true;
          updates.isWaiting.value = true;
        }
      });
      updates.take = () => {
        if (updates.isTaking.value) return;
        updates.isTaking.value = true;
        if (takenElsewhere) {
          location.reload();
          return;
        }
        workbox.messageSkipWaiting();
        world.after(CONTROL_WAIT_MS, () => location.reload());
      };
      let askedAt = world.now();
      document.addEventListener('visibilitychange', () => {
        if (document.visibilityState !== 'visible' || world.now() - askedAt < ASK_EVERY_MS) return;
        askedAt = world.now();
        // Offline it cannot be asked: the next return to the app does.
        workbox.update().catch(() => undefined);
      });
      // Refused registrations (storage denied, an embedded browser) leave the app as it is without a worker.
      workbox.register().catch(() => undefined);
    });
  }
  return {
    isWaiting: updates.isWaiting,
    isTaking: updates.isTaking,
    take: () => updates.take(),
  };
}

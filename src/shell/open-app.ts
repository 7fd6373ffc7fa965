import type { Pinia } from 'pinia';
import { createApp } from 'vue';
import type { App } from 'vue';
import type { Router } from 'vue-router';
import type { Phone } from '../client/phone.ts';
import type { ClientSlice } from '../client/slice.ts';
import { startUpdates } from '../client/pwa/updates.ts';
import { providePhone } from '../client/use-phone.ts';
import { needErrandsKey } from '../pillars/check-in/screens/need-errand.ts';
import AppFrame from './AppFrame.vue';
import { entranceKey } from './entrance.ts';
import type { Entrance } from './entrance.ts';
import { useNeedErrand } from './need-errands.ts';
import { gatherWords, wordsKey } from './slices.ts';
import { updatesKey } from './updates-key.ts';
import { useWentWrong, watchFaults } from './went-wrong.ts';

const peopleWords = async () => (await import('./people-words.ts')).peopleWords;

/** The app of somebody who is signed in, ready to mount: its first screen is loaded. */
export async function openApp(
  phone: Phone,
  router: Router,
  slices: readonly ClientSlice[],
  entrance: Entrance,
  viewState: Pinia,
): Promise<App> {
  const app = createApp(AppFrame);
  app.use(viewState);
  watchFaults(app, viewState);
  providePhone(app, phone);
  app.provide(entranceKey, entrance);
  app.provide(wordsKey, gatherWords([{ laterWords: peopleWords }, ...slices]));
  app.provide(needErrandsKey, useNeedErrand);
  app.provide(updatesKey, startUpdates(phone.world));
  app.use(router);
  // A first screen that cannot be loaded is said by the frame.
  await router.isReady().catch(() => {
    useWentWrong(viewState).hasGoneWrong = true;
  });
  return app;
}

import type { Pinia } from 'pinia';
import { createApp } from 'vue';
import type { App } from 'vue';
import EntranceScreen from './EntranceScreen.vue';
import { entranceKey } from './entrance.ts';
import type { Entrance } from './entrance.ts';

/** What a phone shows on which nobody is signed in. */
export function openEntrance(entrance: Entrance, viewState: Pinia): App {
  const app = createApp(EntranceScreen);
  app.use(viewState);
  app.provide(entranceKey, entrance);
  return app;
}

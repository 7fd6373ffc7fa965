import { createApp } from 'vue';
import type { App } from 'vue';
import EntranceScreen from './EntranceScreen.vue';
import { entranceKey } from './entrance.ts';
import type { Entrance } from './entrance.ts';

/** What a phone shows on which nobody is signed in. */
export function openEntrance(entrance: Entrance): App {
  const app = createApp(EntranceScreen);
  app.provide(entranceKey, entrance);
  return app;
}

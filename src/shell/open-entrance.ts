import type { Pinia } from 'pinia';
import { createApp } from 'vue';
import type { App } from 'vue';
import { addTexts } from '../client/i18n/i18n.ts';
import EntranceScreen from './EntranceScreen.vue';
import { entranceKey } from './entrance.ts';
import type { Entrance } from './entrance.ts';
import { shellScreenTexts } from './screen-texts.ts';

/** What a phone shows on which nobody is signed in. */
export function openEntrance(entrance: Entrance, viewState: Pinia): App {
  addTexts(shellScreenTexts);
  const app = createApp(EntranceScreen);
  app.use(viewState);
  app.provide(entranceKey, entrance);
  return app;
}

import 'vant/es/style/css-variables.css';
import './client/ui/vant-theme.css';
import './client/ui/tokens.css';
import './client/ui/base.css';
import { createPinia } from 'pinia';
import type { App } from 'vue';
import { browserEnvironment } from './client/client-world.ts';
import { addTexts } from './client/i18n/i18n.ts';
import { useTexts } from './client/i18n/use-texts.ts';
import { openPhone } from './client/open-phone.ts';
import { reloadOnMissingAssets } from './client/pwa/missing-assets.ts';
import type { ClientSlice } from './client/slice.ts';
import { prepareToAnnounce } from './client/ui/announce.ts';
import { startMode } from './client/ui/use-mode.ts';
import { registry } from './pillars/registry.ts';
import { companionsOf } from './shell/companions.ts';
import { deviceNameOf, useJustJoined } from './shell/entrance.ts';
import type { Entrance } from './shell/entrance.ts';
import { gatherTexts } from './shell/messages.ts';
import { openApp } from './shell/open-app.ts';
import { makeRouter, warm } from './shell/router.ts';

const slices = Object.values(
  import.meta.glob<{ client: ClientSlice }>(['./people/client.ts', './pillars/*/client.ts'], { eager: true }),
).map((module) => module.client);

/** What the screens share and nobody keeps: all else is in the phone's database. */
const viewState = createPinia();
const justJoined = useJustJoined(viewState);

let shown: App | undefined;

function show(app: App): void {
  shown?.unmount();
  shown = app;
  app.mount('#app');
}

/** Nobody who is signed in needs it. Where it cannot be had, the server cannot either. */
const loadJoin = () =>
  import('./client/join.ts').then(
    (module) => module.join,
    () => undefined,
  );

/** Opens the app of whoever is signed in here; where nobody is, the way in. */
async function open(): Promise<void> {
  const environment = browserEnvironment();
  const router = makeRouter(slices);
  warm(router);
  const phone = await openPhone({ registry, environment, accompany: companionsOf(slices), sync: false });
  const entrance: Entrance = {
    async join(code) {
      const isOnHomeScreen = matchMedia('(display-mode: standalone)').matches;
      const join = await loadJoin();
      if (join === undefined) return { kind: 'offline' };
      const outcome = await join(environment, code, deviceNameOf(navigator.userAgent, isOnHomeScreen));
      if (outcome.kind === 'joined') {
        phone?.stop();
        justJoined.persons = outcome.answer.persons;
        // The code leaves the address: it is not to be shared by accident, nor used twice.
        history.replaceState(null, '', '/');
        await open();
      }
      return outcome;
    },
    async leave() {
      await phone?.signOut({ discardUnsent: true });
      location.replace('/');
    },
  };
  if (phone) {
    const isUnnamed = phone.actor.value.personId === undefined && justJoined.persons.length > 0;
    // Before the app takes the router: it would go where the address led when the router was made.
    if (isUnnamed) await router.replace({ name: 'who' }).catch(() => undefined);
    show(await openApp(phone, router, slices, entrance, viewState));
    // First what is here is drawn, then what is new is asked for.
    phone.world.after(0, () => phone.keepInStep());
  } else {
    const { openEntrance } = await import('./shell/open-entrance.ts');
    show(openEntrance(entrance, viewState));
  }
}

function sayNoStorage(): void {
  const place = document.querySelector('#app');
  if (place && !shown) place.textContent = useTexts().t('shell.noStorage');
}

startMode(viewState);
addTexts(gatherTexts());
prepareToAnnounce();
reloadOnMissingAssets(() => Date.now());
open().catch((error: unknown) => {
  sayNoStorage();
  reportError(error);
});

import { clientsClaim } from 'workbox-core';
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import type { PrecacheEntry } from 'workbox-precaching';
import { isTakeOver } from './take-over.ts';

declare let self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: readonly (PrecacheEntry | string)[] };

/*
 * The app's own files, and nothing else: what the server says is kept by the page in its database, never here.
 * Every address of the app opens index.html, also with no network; /api always goes to the server.
 */
cleanupOutdatedCaches();
precacheAndRoute([...self.__WB_MANIFEST]);
registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: [/^\/api(\/|$)/] }));

// The first visit is under control at once, so that the next screen opens offline too. A new version waits until it is told.
clientsClaim();
self.addEventListener('message', (event) => {
  if (isTakeOver(event.data)) void self.skipWaiting();
});

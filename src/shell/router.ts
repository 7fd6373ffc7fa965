import { nextTick } from 'vue';
import { createRouter, createWebHistory } from 'vue-router';
import type { Router, RouteRecordRaw } from 'vue-router';
import type { ClientSlice } from '../client/slice.ts';
import { loadDeskCompanions } from './companions.ts';
import HomeScreen from './HomeScreen.vue';
import { loadScreenTexts } from './messages.ts';

const own: readonly RouteRecordRaw[] = [
  { path: '/', name: 'home', component: HomeScreen },
  { path: '/pending', name: 'pending', component: () => import('./PendingScreen.vue') },
  { path: '/call', name: 'phone', component: () => import('./CallScreen.vue') },
  { path: '/me', name: 'me', component: () => import('./MeScreen.vue') },
  { path: '/who', name: 'who', component: () => import('./WhoScreen.vue') },
  { path: '/in', name: 'sign-in', component: () => import('./AlreadyInScreen.vue') },
];

const noPage: RouteRecordRaw = { path: '/:rest(.*)*', name: 'no-page', component: () => import('./NoPageScreen.vue') };

/** The way through the app of a phone that is signed in: the frame's own screens and every slice's. */
export function makeRouter(slices: readonly ClientSlice[]): Router {
  const router = createRouter({
    history: createWebHistory(),
    routes: [...own, ...slices.flatMap((slice) => slice.routes), noPage],
    scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  });
  router.beforeResolve(async (to) => {
    if (to.name === 'home') return;
    const isDesk = to.path.startsWith('/desk') || to.name === 'group-buy-code';
    await Promise.all([loadScreenTexts(), isDesk && loadDeskCompanions()]);
  });
  router.afterEach(async (_to, from, failure) => {
    if (failure) return;
    await nextTick();
    // A screen reader is told of the new screen; the first one after opening is read anyway.
    if (from.matched.length > 0) document.querySelector('h1')?.focus({ preventScroll: true });
  });
  return router;
}

/** Begins to load the screen that the address names while the phone's database is still being opened. */
export function warm(router: Router): void {
  const to = router.resolve(location.pathname);
  if (to.name === 'home') return;
  const load = to.matched.at(-1)?.components?.['default'];
  // What fails here fails again, and is said, when the router asks.
  if (typeof load === 'function') (load as () => Promise<unknown>)().catch(() => undefined);
  loadScreenTexts().catch(() => undefined);
}

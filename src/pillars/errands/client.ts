import type { ClientSlice } from '../../client/slice.ts';

export const client: ClientSlice = {
  routes: [
    { path: '/help', name: 'errands', component: () => import('./screens/ErrandsScreen.vue') },
    { path: '/help/new', name: 'errand-new', component: () => import('./screens/ErrandNewScreen.vue') },
    { path: '/help/:id', name: 'errand', component: () => import('./screens/ErrandScreen.vue') },
  ],
  laterWords: async () => (await import('./words.client.ts')).words,
};

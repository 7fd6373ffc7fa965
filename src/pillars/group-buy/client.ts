import type { ClientSlice } from '../../client/slice.ts';

export const client: ClientSlice = {
  routes: [
    { path: '/buy', name: 'group-buys', component: () => import('./screens/GroupBuyListScreen.vue') },
    { path: '/buy/new', name: 'group-buy-new', component: () => import('./screens/GroupBuyNewScreen.vue') },
    { path: '/buy/:id', name: 'group-buy', component: () => import('./screens/GroupBuyScreen.vue'), props: true },
  ],
  laterWords: async () => (await import('./words.client.ts')).words,
};

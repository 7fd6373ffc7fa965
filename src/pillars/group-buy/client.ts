import type { ClientSlice } from '../../client/slice.ts';

export const client: ClientSlice = {
  routes: [
    { path: '/buy', name: 'group-buys', component: () => import('./screens/GroupBuyListScreen.vue') },
    { path: '/buy/new', name: 'group-buy-new', component: () => import('./round/screens/RoundNewScreen.vue') },
    { path: '/buy/:id', name: 'group-buy', component: () => import('./screens/GroupBuyScreen.vue'), props: true },
    {
      path: '/buy/:id/edit',
      name: 'group-buy-edit',
      component: () => import('./round/screens/RoundEditScreen.vue'),
      props: true,
    },
    {
      path: '/buy/:id/desk',
      name: 'group-buy-desk',
      component: () => import('./round/screens/RoundDeskScreen.vue'),
      props: true,
    },
    {
      path: '/buy/:id/arrival',
      name: 'group-buy-arrival',
      component: () => import('./round/screens/RoundArrivalScreen.vue'),
      props: true,
    },
    {
      path: '/buy/:id/claim',
      name: 'group-buy-claim',
      component: () => import('./screens/GroupBuyClaimScreen.vue'),
      props: true,
    },
    {
      path: '/buy/:id/list',
      name: 'group-buy-chain',
      component: () => import('./chain/screens/ChainListScreen.vue'),
      props: true,
    },
    {
      path: '/buy/:id/paste',
      name: 'group-buy-paste',
      component: () => import('./chain/screens/ChainPasteScreen.vue'),
      props: true,
    },
    {
      path: '/buy/:id/for',
      name: 'group-buy-for',
      component: () => import('./chain/screens/ChainForScreen.vue'),
      props: true,
    },
    { path: '/runs', name: 'hand-out-runs', component: () => import('./hand-out/screens/HandOutRunsScreen.vue') },
    {
      path: '/runs/:groupBuyId/:building/:unit',
      name: 'hand-out-run',
      component: () => import('./hand-out/screens/HandOutRunScreen.vue'),
      props: true,
    },
    {
      path: '/buy/:id/hand-out',
      name: 'group-buy-hand-out',
      component: () => import('./hand-out/screens/HandOutDeskScreen.vue'),
      props: true,
    },
    {
      path: '/buy/:id/sheet',
      name: 'group-buy-sheet',
      component: () => import('./paper/screens/SortingScreen.vue'),
      props: true,
    },
    {
      path: '/buy/:id/labels',
      name: 'group-buy-labels',
      component: () => import('./paper/screens/LabelsScreen.vue'),
      props: true,
    },
    {
      path: '/buy/:id/supplier',
      name: 'group-buy-supplier',
      component: () => import('./paper/screens/SupplierScreen.vue'),
      props: true,
    },
    {
      path: '/buy/:id/money',
      name: 'group-buy-money',
      component: () => import('./money/screens/MoneyScreen.vue'),
      props: true,
    },
    {
      path: '/buy/:id/closing',
      name: 'group-buy-closing',
      component: () => import('./money/screens/ClosingScreen.vue'),
      props: true,
    },
    {
      path: '/buy/:id/weigh',
      name: 'group-buy-weigh',
      component: () => import('./money/screens/WeighScreen.vue'),
      props: true,
    },
    {
      path: '/buy/:id/claims',
      name: 'group-buy-claims',
      component: () => import('./claims/screens/ClaimsScreen.vue'),
      props: true,
    },
    { path: '/buy/money/code', name: 'group-buy-code', component: () => import('./money/screens/CodeScreen.vue') },
  ],
  laterWords: async () => (await import('./words.client.ts')).words,
};

import type { ClientSlice } from '../../client/slice.ts';

export const client: ClientSlice = {
  routes: [
    { path: '/notices', name: 'notices', component: () => import('./screens/NoticeListScreen.vue') },
    { path: '/notices/:id', name: 'notice', component: () => import('./screens/NoticeScreen.vue') },
    {
      path: '/desk/notices/new',
      name: 'desk-notice-new',
      component: () => import('./screens/NoticePublishScreen.vue'),
    },
  ],
  laterWords: async () => (await import('./words.client.ts')).words,
};

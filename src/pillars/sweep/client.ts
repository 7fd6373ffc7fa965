import type { ClientSlice } from '../../client/slice.ts';

/** The client half of 排查: its screens, and how its acts read in 我办的事. */
export const client: ClientSlice = {
  routes: [
    { path: '/sweeps', name: 'sweeps', component: () => import('./screens/SweepListScreen.vue') },
    { path: '/sweep/:id', name: 'sweep', component: () => import('./screens/SweepScreen.vue') },
  ],
  laterWords: async () => (await import('./words.client.ts')).words,
};

import type { ClientSlice } from '../../client/slice.ts';
import { signOfLife } from './accompany.client.ts';

/** The client half of 报平安: its screens, how its acts read in 我办的事, and the day's sign of life. */
export const client: ClientSlice = {
  accompany: [signOfLife],
  routes: [
    { path: '/check-in', name: 'check-in', component: () => import('./screens/CheckInDoneScreen.vue') },
    { path: '/check-in/unwell', name: 'check-in-unwell', component: () => import('./screens/CheckInUnwellScreen.vue') },
    {
      path: '/check-in/history',
      name: 'check-in-history',
      component: () => import('./screens/CheckInHistoryScreen.vue'),
    },
    {
      path: '/observation/:id',
      name: 'observation',
      component: () => import('./observation/screens/ObservationScreen.vue'),
    },
    { path: '/desk', name: 'desk', component: () => import('./desk/screens/CoverageScreen.vue') },
    {
      path: '/desk/follow-ups',
      name: 'desk-follow-ups',
      component: () => import('./desk/screens/FollowUpsScreen.vue'),
    },
    {
      path: '/desk/follow-ups/:id',
      name: 'desk-follow-up',
      component: () => import('./desk/screens/FollowUpScreen.vue'),
    },
    { path: '/desk/duty', name: 'desk-duty', component: () => import('./desk/screens/DutyScreen.vue') },
    { path: '/desk/knock', name: 'desk-knock', component: () => import('./desk/screens/KnockScreen.vue') },
    { path: '/desk/report', name: 'desk-report', component: () => import('./desk/screens/ReportScreen.vue') },
    {
      path: '/desk/observations',
      name: 'desk-observations',
      component: () => import('./desk/screens/ObservationsScreen.vue'),
    },
    { path: '/people', name: 'people', component: () => import('./whereabouts/screens/HouseholdPeopleScreen.vue') },
    {
      path: '/people/others',
      name: 'people-others',
      component: () => import('./whereabouts/screens/HelpedHouseholdsScreen.vue'),
    },
    { path: '/desk/mode', name: 'desk-mode', component: () => import('./whereabouts/screens/ModeScreen.vue') },
  ],
  laterWords: async () => (await import('./words.client.ts')).words,
};

import { person } from '../../people/schema.ts';
import type { Reader } from '../../client/reader.ts';
import type { ClientSlice } from '../../client/slice.ts';
import { useTexts } from '../../client/i18n/use-texts.ts';
import { namesOf } from './screens/face-marks.ts';
import type { RetractArgs, SubmitArgs } from './schema.ts';

const { t } = useTexts();

/** The client half of 报平安: its screens, and how its acts read in 我办的事. */
export const client: ClientSlice = {
  routes: [
    { path: '/check-in', name: 'check-in', component: () => import('./screens/CheckInDoneScreen.vue') },
    { path: '/check-in/unwell', name: 'check-in-unwell', component: () => import('./screens/CheckInUnwellScreen.vue') },
    { path: '/desk', name: 'desk', component: () => import('./screens/CoverageScreen.vue') },
  ],
  words: {
    'checkIn.submit': {
      describe: async (args: SubmitArgs, read) => {
        const isUnwell = args.entries.some((entry) => entry.feels === 'unwell');
        const isBetter = args.entries.every((entry) => entry.recovered);
        const key = isUnwell ? 'checkIn.words.unwell' : isBetter ? 'checkIn.words.better' : 'checkIn.words.well';
        const whom = args.entries
          .filter((entry) => !isUnwell || entry.feels === 'unwell')
          .map((entry) => entry.personId);
        return { title: t(key, { names: await namesBy(read, whom) }), to: { name: 'check-in' } };
      },
      nextSteps: (args: SubmitArgs, { code }) =>
        code === 'reportedUnwell'
          ? [{ label: t('checkIn.unwell.better'), to: toUnwell(args) }]
          : [{ label: t('checkIn.title'), to: { name: 'check-in', query: { household: args.householdId } } }],
    },
    'checkIn.retract': {
      describe: async (args: RetractArgs, read) => ({
        title: t('checkIn.words.retract', { names: await namesBy(read, args.personIds) }),
        to: { name: 'check-in' },
      }),
    },
  },
};

function toUnwell(args: SubmitArgs) {
  return { name: 'check-in-unwell', query: { household: args.householdId } };
}

async function namesBy(read: Reader, ids: readonly string[]): Promise<string> {
  const persons = await Promise.all(ids.map((id) => read.get(person, id)));
  return namesOf(persons.map((one) => ({ name: one?.name ?? t('checkIn.words.someone') })));
}

import { person } from '../../people/schema.ts';
import type { Reader } from '../../client/reader.ts';
import type { WordsByName } from '../../client/slice.ts';
import { useTexts } from '../../client/i18n/use-texts.ts';
import { words as deskWords } from './desk/words.client.ts';
import { observation } from './observation/schema.ts';
import { namesOf } from './screens/face-marks.ts';
import type { RetractArgs, SubmitArgs } from './schema.ts';

interface OfObservation {
  readonly observationId: string;
}

const { t } = useTexts();

/** How what is done about check-ins, and at the desk, reads in 我办的事. */
export const words: WordsByName = {
  ...deskWords,
  'checkIn.submit': {
    describe: async (args: SubmitArgs, read) => {
      const isUnwell = args.entries.some((entry) => entry.feels === 'unwell');
      const isBetter = args.entries.every((entry) => entry.recovered);
      const key = isUnwell ? 'checkIn.words.unwell' : isBetter ? 'checkIn.words.better' : 'checkIn.words.well';
      const whom = args.entries.filter((entry) => !isUnwell || entry.feels === 'unwell').map((entry) => entry.personId);
      return { title: t(key, { names: await namesBy(read, whom) }), to: { name: 'check-in' } };
    },
    nextSteps: (args: SubmitArgs, { code }) =>
      code === 'reportedUnwell'
        ? [{ label: t('checkIn.unwell.better'), to: toUnwell(args) }]
        : [{ label: t('checkIn.title'), to: { name: 'check-in', query: { household: args.householdId } } }],
  },
  'checkIn.sign': { describe: () => ({ title: t('checkIn.words.sign'), to: { name: 'check-in' } }) },
  'checkIn.takeReading': {
    describe: async (args: OfObservation, read) => ({
      title: t('checkIn.words.reading', { name: await observedName(read, args.observationId) }),
      to: { name: 'observation', params: { id: args.observationId } },
    }),
    nextSteps: (args: OfObservation) => [
      { label: t('checkIn.words.again'), to: { name: 'observation', params: { id: args.observationId } } },
    ],
  },
  'checkIn.retract': {
    describe: async (args: RetractArgs, read) => ({
      title: t('checkIn.words.retract', { names: await namesBy(read, args.personIds) }),
      to: { name: 'check-in' },
    }),
  },
};

function toUnwell(args: SubmitArgs) {
  return { name: 'check-in-unwell', query: { household: args.householdId } };
}

async function observedName(read: Reader, observationId: string): Promise<string> {
  return (await read.get(observation, observationId))?.personName ?? t('checkIn.words.someone');
}

async function namesBy(read: Reader, ids: readonly string[]): Promise<string> {
  const persons = await Promise.all(ids.map((id) => read.get(person, id)));
  return namesOf(persons.map((one) => ({ name: one?.name ?? t('checkIn.words.someone') })));
}

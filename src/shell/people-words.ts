import { useTexts } from '../client/i18n/use-texts.ts';
import type { ClientSlice } from '../client/slice.ts';

const { t } = useTexts();

/** How what the frame does with people reads in 我办的事. */
export const peopleWords: ClientSlice['words'] = {
  'people.sayWho': { describe: () => ({ title: t('me.sayingWho'), to: { name: 'who' } }) },
  'people.endDevice': { describe: () => ({ title: t('me.endingADevice'), to: { name: 'me' } }) },
};

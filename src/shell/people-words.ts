import { useTexts } from '../client/i18n/use-texts.ts';
import type { Reader } from '../client/reader.ts';
import type { ClientSlice } from '../client/slice.ts';
import { grant, person } from '../people/schema.ts';

const { t } = useTexts();

/** A person's name, where this phone holds their row. */
async function nameOf(read: Reader, personId: string): Promise<string> {
  return (await read.get(person, personId))?.name ?? t('me.somebody');
}

/** How what people do about people reads in 我办的事: `people` has no screens of its own, the frame does it. */
export const peopleWords: ClientSlice['words'] = {
  'people.sayWho': {
    describe: async ({ personId }: { personId: string }, read) => ({
      title: t('people.words.sayWho', { name: await nameOf(read, personId) }),
      to: { name: 'who' },
    }),
  },
  'people.endDevice': { describe: () => ({ title: t('people.words.endDevice'), to: { name: 'me' } }) },
  'people.setPresence': {
    describe: async ({ personId, presence }: { personId: string; presence: string }, read) => ({
      title: t('people.words.setPresence', {
        name: await nameOf(read, personId),
        presence: t(`people.presence.${presence}`),
      }),
    }),
  },
  'people.grantCare': {
    describe: async ({ helperId }: { helperId: string }, read) => ({
      title: t('people.words.grantCare', { name: await nameOf(read, helperId) }),
    }),
  },
  'people.endGrant': {
    describe: async ({ grantId }: { grantId: string }, read) => ({
      title: t('people.words.endGrant', { name: (await read.get(grant, grantId))?.helperName ?? t('me.somebody') }),
    }),
  },
  'people.giveRole': {
    describe: async ({ personId, kind }: { personId: string; kind: string }, read) => ({
      title: t('people.words.giveRole', { name: await nameOf(read, personId), role: t(`people.roles.${kind}`) }),
    }),
  },
  'people.endRole': {
    describe: async ({ personId, kind }: { personId: string; kind: string }, read) => ({
      title: t('people.words.endRole', { name: await nameOf(read, personId), role: t(`people.roles.${kind}`) }),
    }),
  },
  'people.changeSettings': { describe: () => ({ title: t('people.words.changeSettings') }) },
};

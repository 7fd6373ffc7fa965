import { spokenDate } from '../client/i18n/times.ts';
import { useTexts } from '../client/i18n/use-texts.ts';
import type { TextParams } from '../client/i18n/use-texts.ts';
import type { Reader } from '../client/reader.ts';
import type { Described, WordsByName } from '../client/slice.ts';
import { timeOn } from '../domain/day.ts';
import type { Day } from '../domain/day.ts';
import { grant, person } from '../people/schema.ts';

const { t } = useTexts();

/** A person's name, where this phone holds their row. */
async function nameOf(read: Reader, personId: string): Promise<string> {
  return (await read.get(person, personId))?.name ?? t('me.somebody');
}

/** Words about somebody behind a door, which lead to the people of that door. */
async function aboutPerson(read: Reader, personId: string, key: string, places: TextParams = {}): Promise<Described> {
  const who = await read.get(person, personId);
  return {
    title: t(`people.words.${key}`, { name: who?.name ?? t('me.somebody'), ...places }),
    ...(who && { to: { name: 'people', query: { household: who.householdId } } }),
  };
}

/** How what people do about people reads in 我办的事: `people` has no screens of its own, the frame does it. */
export const peopleWords: WordsByName = {
  'people.sayWho': {
    describe: async ({ personId }: { personId: string }, read) => ({
      title: t('people.words.sayWho', { name: await nameOf(read, personId) }),
      to: { name: 'who' },
    }),
  },
  'people.endDevice': { describe: () => ({ title: t('people.words.endDevice'), to: { name: 'me' } }) },
  'people.setPresence': {
    describe: async (args: { personId: string; presence: string; until?: Day }, read) => {
      const key = args.until && args.presence !== 'home' ? 'setPresenceUntil' : 'setPresence';
      const presence = t(`people.presence.${args.presence}`);
      return aboutPerson(read, args.personId, key, {
        presence,
        ...(args.until && { day: spokenDate(timeOn(args.until)) }),
      });
    },
  },
  'people.setGreeting': {
    describe: (args: { personId: string; daily?: boolean; quiet?: boolean }, read) => {
      const isQuiet = args.quiet !== undefined;
      const key = isQuiet ? (args.quiet ? 'quiet' : 'notQuiet') : args.daily ? 'daily' : 'notDaily';
      return aboutPerson(read, args.personId, key);
    },
  },
  'people.setGuardian': {
    describe: async ({ personId, guardianId }: { personId: string; guardianId: string | null }, read) =>
      guardianId === null
        ? aboutPerson(read, personId, 'noGuardian')
        : aboutPerson(read, personId, 'setGuardian', { guardian: await nameOf(read, guardianId) }),
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
  'people.changeSettings': {
    describe: () => ({ title: t('people.words.changeSettings'), to: { name: 'desk-mode' } }),
  },
};

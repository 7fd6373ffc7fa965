import type { RouteLocationRaw } from 'vue-router';
import { useTexts } from '../../../client/i18n/use-texts.ts';
import type { Reader } from '../../../client/reader.ts';
import type { WordsByName } from '../../../client/slice.ts';
import { household, person } from '../../../people/schema.ts';
import { duty } from '../duty/schema.ts';
import { followUpCard } from '../follow-up/schema.ts';
import type { CallOutcome, FollowUpResult } from '../follow-up/schema.ts';
import { observation } from '../observation/schema.ts';

interface OfFollowUp {
  readonly followUpId: string;
  readonly result?: FollowUpResult;
}
interface OfDoor {
  readonly householdId: string;
  readonly outcome?: CallOutcome;
}
interface OfPerson {
  readonly personId?: string;
  readonly toPersonId?: string;
}

const { t } = useTexts();
const desk: RouteLocationRaw = { name: 'desk' };
const dutyPage: RouteLocationRaw = { name: 'desk-duty' };
const observations: RouteLocationRaw = { name: 'desk-observations' };
const followUpPage = (id: string): RouteLocationRaw => ({ name: 'desk-follow-up', params: { id } });
const toFollowUp = (args: OfFollowUp) => [{ label: t('desk.words.toFollowUp'), to: followUpPage(args.followUpId) }];
const toDesk = () => [{ label: t('desk.words.toDesk'), to: desk }];
const toDuty = () => [{ label: t('desk.words.toDuty'), to: dutyPage }];
const toObservations = () => [{ label: t('desk.words.toObservations'), to: observations }];

/** How what is done at the desk reads in 我办的事. */
export const words: WordsByName = {
  'checkIn.seeFollowUp': {
    describe: async (args: OfFollowUp, read) => ({
      title: t('desk.words.see', { whom: await followedUp(read, args.followUpId) }),
      to: followUpPage(args.followUpId),
    }),
    nextSteps: toFollowUp,
  },
  'checkIn.closeFollowUp': {
    describe: async (args: OfFollowUp, read) => ({
      title: t('desk.words.close', {
        whom: await followedUp(read, args.followUpId),
        result: args.result ? t(`desk.results.${args.result}`) : '',
      }),
      to: followUpPage(args.followUpId),
    }),
    nextSteps: toFollowUp,
  },
  'checkIn.takeCall': {
    describe: async (args: OfDoor, read) => ({
      title: t('desk.words.take', { door: await doorOf(read, args.householdId) }),
      to: desk,
    }),
    nextSteps: toDesk,
  },
  'checkIn.recordCall': {
    describe: async (args: OfDoor, read) => ({
      title: t('desk.words.record', {
        door: await doorOf(read, args.householdId),
        outcome: args.outcome ? t(`desk.outcomes.${args.outcome}`) : '',
      }),
      to: desk,
    }),
    nextSteps: toDesk,
  },
  'checkIn.startDuty': {
    describe: async ({ personId }: OfPerson, read) => ({
      title: t('desk.words.startDuty', { name: await nameOf(read, personId) }),
      to: dutyPage,
    }),
    nextSteps: toDuty,
  },
  'checkIn.endDuty': {
    describe: async ({ dutyId }: { readonly dutyId: string }, read) => ({
      title: t('desk.words.endDuty', { name: (await read.get(duty, dutyId))?.personName ?? t('desk.words.someone') }),
      to: dutyPage,
    }),
    nextSteps: toDuty,
  },
  'checkIn.handOverDuty': {
    describe: async ({ toPersonId }: OfPerson, read) => ({
      title: t('desk.words.handOver', { name: await nameOf(read, toPersonId) }),
      to: dutyPage,
    }),
    nextSteps: toDuty,
  },
  'checkIn.setRobot': { describe: () => ({ title: t('desk.words.setRobot'), to: dutyPage }), nextSteps: toDuty },
  'checkIn.startObservation': {
    describe: async ({ personId }: OfPerson, read) => ({
      title: t('desk.words.startObservation', { name: await nameOf(read, personId) }),
      to: observations,
    }),
    nextSteps: toObservations,
  },
  'checkIn.endObservation': {
    describe: async ({ observationId }: { readonly observationId: string }, read) => ({
      title: t('desk.words.endObservation', {
        name: (await read.get(observation, observationId))?.personName ?? t('desk.words.someone'),
      }),
      to: observations,
    }),
    nextSteps: toObservations,
  },
};

async function followedUp(read: Reader, id: string): Promise<string> {
  const card = await read.get(followUpCard, id);
  return card === undefined ? t('desk.words.someone') : `${card.door} ${card.personName}`;
}

async function doorOf(read: Reader, householdId: string): Promise<string> {
  return (await read.get(household, householdId))?.door ?? t('desk.words.aDoor');
}

async function nameOf(read: Reader, personId: string | undefined): Promise<string> {
  const known = personId === undefined ? undefined : await read.get(person, personId);
  return known?.name ?? t('desk.words.someone');
}

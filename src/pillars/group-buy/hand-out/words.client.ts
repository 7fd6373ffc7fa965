import { bag, handOutRun } from './schema.ts';
import { orderId } from '../schema.ts';
import { useTexts } from '../../../client/i18n/use-texts.ts';
import type { HandOutArgs, NotHandedOutArgs, TakeRunArgs } from './args.ts';
import type { Reader } from '../../../client/reader.ts';
import type { WordsByName } from '../../../client/slice.ts';
import type { Bags } from './hold-bags.ts';

const { t } = useTexts();

const toRuns = { name: 'hand-out-runs' };
const seeRuns = () => [{ label: t('handOut.words.seeRuns'), to: toRuns }];

/** How what is done about carrying bags reads in 我办的事. */
export const handOutWords: WordsByName = {
  'groupBuy.takeRun': {
    describe: ({ runId }: TakeRunArgs, read) => ofRun('handOut.words.takeRun', runId, read),
    nextSteps: seeRuns,
  },
  'groupBuy.releaseRun': {
    describe: ({ runId }: TakeRunArgs, read) => ofRun('handOut.words.releaseRun', runId, read),
    nextSteps: seeRuns,
  },
  'groupBuy.handOut': {
    describe: async (args: HandOutArgs, read) => {
      const { door, to } = await whereTo(args, read);
      return { title: t('handOut.words.handOut', { door, did: t(`handOut.did.${args.how}`) }), to };
    },
    nextSteps: seeRuns,
  },
  'groupBuy.notHandedOut': {
    describe: async (args: NotHandedOutArgs, read) => {
      const { door, to } = await whereTo(args, read);
      return { title: t('handOut.words.notHandedOut', { door, problem: t(`handOut.problem.${args.what}`) }), to };
    },
    nextSteps: seeRuns,
  },
  'groupBuy.undoHandOut': {
    describe: async (args: Bags, read) => {
      const { door, to } = await whereTo(args, read);
      return { title: t('handOut.words.undoHandOut', { door }), to };
    },
    nextSteps: seeRuns,
  },
};

async function ofRun(key: string, runId: string, read: Reader) {
  const run = await read.get(handOutRun, runId);
  const [, building = '', unit = ''] = runId.split('/');
  return { title: t(key, { building, unit }), to: run === undefined ? toRuns : toRun(run) };
}

/** The doors as this phone knows them: an organiser's may know none. */
async function whereTo({ groupBuyId, householdIds }: Bags, read: Reader) {
  const bags = (await Promise.all(householdIds.map((id) => read.get(bag, orderId(groupBuyId, id))))).filter(
    (one) => one !== undefined,
  );
  const [first] = bags;
  if (first === undefined) {
    return { door: t('handOut.words.doors', { count: householdIds.length }), to: toDesk(groupBuyId) };
  }
  return { door: bags.map(({ door }) => door).join('、'), to: toRun({ groupBuyId, ...first.address }) };
}

const toDesk = (id: string) => ({ name: 'group-buy-hand-out', params: { id } });
const toRun = ({ groupBuyId, building, unit }: { groupBuyId: string; building: string; unit: string }) => ({
  name: 'hand-out-run',
  params: { groupBuyId, building, unit },
});

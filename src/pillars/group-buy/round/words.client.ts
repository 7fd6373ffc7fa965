import { groupBuy, item } from '../schema.ts';
import { useTexts } from '../../../client/i18n/use-texts.ts';
import type { ChangeItemArgs, SubstituteArgs } from './args.ts';
import type { MutationWords, WordsByName } from '../../../client/slice.ts';
import type { OpenArgs } from '../args.ts';
import type { Reader } from '../../../client/reader.ts';

const { t } = useTexts();

const toDesk = (id: string) => ({ name: 'group-buy-desk', params: { id } });
const toArrival = (id: string) => ({ name: 'group-buy-arrival', params: { id } });
const titleOf = async (id: string, read: Reader): Promise<string> =>
  (await read.get(groupBuy, id))?.title ?? t('groupBuy.title');

/** A step of a round: what it is and of which round. It leads to the organiser's page. */
function step(name: string, leadsTo = toDesk): MutationWords {
  return {
    describe: async ({ groupBuyId }: { groupBuyId: string }, read: Reader) => ({
      title: t(`groupBuy.round.words.${name}`, { title: await titleOf(groupBuyId, read) }),
      to: leadsTo(groupBuyId),
    }),
    nextSteps: ({ groupBuyId }: { groupBuyId: string }) => [
      { label: t('groupBuy.round.words.see'), to: toDesk(groupBuyId) },
    ],
  };
}

/** How what organisers do with a round reads in 我办的事. */
export const roundWords: WordsByName = {
  'groupBuy.editDraft': {
    describe: ({ id, title }: OpenArgs) => ({ title: t('groupBuy.round.words.editDraft', { title }), to: toDesk(id) }),
    nextSteps: ({ id }: OpenArgs) => [
      { label: t('groupBuy.round.words.edit'), to: { name: 'group-buy-edit', params: { id } } },
    ],
  },
  'groupBuy.publish': step('publish'),
  'groupBuy.change': step('change'),
  'groupBuy.changeItem': {
    ...step('changeItem'),
    describe: async ({ groupBuyId, itemId }: ChangeItemArgs, read: Reader) => {
      const name = (await read.get(item, itemId))?.name ?? t('groupBuy.words.unknownItem');
      const title = await titleOf(groupBuyId, read);
      return { title: t('groupBuy.round.words.changeItem', { name, title }), to: toDesk(groupBuyId) };
    },
  },
  'groupBuy.close': step('close'),
  'groupBuy.cancelRound': step('cancelRound'),
  'groupBuy.markOrdered': step('markOrdered'),
  'groupBuy.arrive': {
    ...step('arrive', toArrival),
    nextSteps: ({ groupBuyId }: { groupBuyId: string }) => [
      { label: t('groupBuy.round.words.count'), to: toArrival(groupBuyId) },
    ],
  },
  'groupBuy.substitute': {
    ...step('substitute', toArrival),
    describe: async ({ groupBuyId, similar }: SubstituteArgs, read: Reader) => {
      const title = await titleOf(groupBuyId, read);
      const said =
        similar === null
          ? t('groupBuy.round.words.substituteBack', { title })
          : t('groupBuy.round.words.substitute', { name: similar.name, title });
      return { title: said, to: toArrival(groupBuyId) };
    },
  },
  'groupBuy.startHandingOut': step('startHandingOut'),
  'groupBuy.settle': step('settle'),
};

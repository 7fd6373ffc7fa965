import { groupBuy, item } from './schema.ts';
import { linesInWords } from './screens/order-words.ts';
import { useTexts } from '../../client/i18n/use-texts.ts';
import type { CancelOrderArgs, OpenArgs, PlaceOrderArgs } from './args.ts';
import type { NextStep, WordsByName } from '../../client/slice.ts';
import type { Reader } from '../../client/reader.ts';

const toRound = (id: string) => ({ name: 'group-buy', params: { id } });

/** What can be done about a refused order: look at the round as it is now, and order from there. */
function nextSteps({ groupBuyId }: { groupBuyId: string }, { code }: { code: string }): readonly NextStep[] {
  const { t } = useTexts();
  const step = (key: string): NextStep[] => [{ label: t(key), to: toRound(groupBuyId) }];
  switch (code) {
    case 'soldOut':
    case 'overLimit':
    case 'malformed':
    case 'fault':
      return step('groupBuy.changeAndOrder');
    case 'changedMeanwhile':
      return step('groupBuy.seeOrder');
    case 'closed':
    case 'notOpenYet':
      return [{ label: t('groupBuy.toList'), to: { name: 'group-buys' } }];
    default:
      return step('groupBuy.seeRound');
  }
}

/** How what is done about rounds and orders reads in 我办的事. */
export const words: WordsByName = {
  'groupBuy.placeOrder': {
    describe: async ({ groupBuyId, lines }: PlaceOrderArgs, read: Reader) => {
      const texts = useTexts();
      const named = await Promise.all(
        lines.map(async ({ itemId, quantity }) => {
          const one = await read.get(item, itemId);
          return { name: one?.name ?? texts.t('groupBuy.words.unknownItem'), unit: one?.unit ?? '', quantity };
        }),
      );
      return { title: linesInWords(texts, named), to: toRound(groupBuyId) };
    },
    nextSteps,
  },
  'groupBuy.cancelOrder': {
    describe: async ({ groupBuyId }: CancelOrderArgs, read: Reader) => {
      const { t } = useTexts();
      const round = await read.get(groupBuy, groupBuyId);
      return {
        title: t('groupBuy.words.cancel', { title: round?.title ?? t('groupBuy.title') }),
        to: toRound(groupBuyId),
      };
    },
    nextSteps,
  },
  'groupBuy.open': {
    describe: ({ id, title }: OpenArgs) => ({
      title: useTexts().t('groupBuy.words.open', { title }),
      to: toRound(id),
    }),
    nextSteps: () => [{ label: useTexts().t('groupBuy.openOne'), to: { name: 'group-buy-new' } }],
  },
};

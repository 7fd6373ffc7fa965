import { household } from '../../../people/schema.ts';
import { item } from '../schema.ts';
import { linesInWords } from '../screens/order-words.ts';
import { useTexts } from '../../../client/i18n/use-texts.ts';
import type { PlaceForArgs } from '../args.ts';
import type { Reader } from '../../../client/reader.ts';
import type { WordsByName } from '../../../client/slice.ts';

/** How orders entered for a household read in 我办的事. */
export const chainWords: WordsByName = {
  'groupBuy.placeFor': {
    describe: async ({ groupBuyId, householdId, lines, source }: PlaceForArgs, read: Reader) => {
      const texts = useTexts();
      const named = await Promise.all(
        lines.map(async ({ itemId, quantity }) => {
          const one = await read.get(item, itemId);
          return { name: one?.name ?? texts.t('groupBuy.words.unknownItem'), unit: one?.unit ?? '', quantity };
        }),
      );
      const goods = linesInWords(texts, named);
      // A phone holds its own desk's doors, and not every one of them.
      const home = await read.get(household, householdId);
      return {
        title:
          home === undefined
            ? texts.t('groupBuyChain.words.placeForUnknown', { goods })
            : texts.t('groupBuyChain.words.placeFor', { door: home.door, goods }),
        to: {
          name: source === 'chain' ? 'group-buy-paste' : 'group-buy-for',
          params: { id: groupBuyId },
          query: source === 'chain' ? {} : { household: householdId },
        },
      };
    },
    nextSteps: ({ groupBuyId, householdId }: PlaceForArgs) => [
      {
        label: useTexts().t('groupBuyChain.on.title'),
        to: { name: 'group-buy-for', params: { id: groupBuyId }, query: { household: householdId } },
      },
    ],
  },
};

import { groupBuy, item } from './schema.ts';
import { chainWords } from './chain/words.client.ts';
import { claimWords } from './claims/words.client.ts';
import { handOutWords } from './hand-out/words.client.ts';
import { linesInWords } from './screens/order-words.ts';
import { moneyWords } from './money/words.client.ts';
import { roundWords } from './round/words.client.ts';
import { useTexts } from '../../client/i18n/use-texts.ts';
import type { CancelOrderArgs, OpenArgs, PlaceOrderArgs } from './args.ts';
import type { LeaveQueueArgs, WaitArgs } from './waiting/args.ts';
import type { NextStep, WordsByName } from '../../client/slice.ts';
import type { Reader } from '../../client/reader.ts';

const toRound = (id: string, householdId?: string) => ({
  name: 'group-buy',
  params: { id },
  query: householdId === undefined ? {} : { household: householdId },
});

/** What can be done about a refused order: look at the round as it is now, and order or wait from there. */
function nextSteps(
  { groupBuyId, householdId }: { groupBuyId: string; householdId: string },
  { code, details }: { code: string; details?: unknown },
): readonly NextStep[] {
  const { t } = useTexts();
  const step = (key: string): NextStep[] => [{ label: t(key), to: toRound(groupBuyId, householdId) }];
  switch (code) {
    case 'soldOut': {
      const none = (details as { left?: unknown } | undefined)?.left === 0;
      return [...(none ? step('groupBuy.keepForMe') : []), ...step('groupBuy.changeAndOrder')];
    }
    case 'overLimit':
    case 'stillFree':
    case 'unknownSlot':
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

/** `东北大米 2 袋`, by the names of now. */
async function goodsInWords(lines: readonly { itemId: string; quantity: number }[], read: Reader): Promise<string> {
  const texts = useTexts();
  const named = await Promise.all(
    lines.map(async ({ itemId, quantity }) => {
      const one = await read.get(item, itemId);
      return { name: one?.name ?? texts.t('groupBuy.words.unknownItem'), unit: one?.unit ?? '', quantity };
    }),
  );
  return linesInWords(texts, named);
}

/** How what is done about rounds and orders reads in 我办的事. */
export const words: WordsByName = {
  ...roundWords,
  ...chainWords,
  ...handOutWords,
  ...moneyWords,
  ...claimWords,
  'groupBuy.placeOrder': {
    describe: async ({ groupBuyId, householdId, lines }: PlaceOrderArgs, read: Reader) => ({
      title: await goodsInWords(lines, read),
      to: toRound(groupBuyId, householdId),
    }),
    nextSteps,
  },
  'groupBuy.cancelOrder': {
    describe: async ({ groupBuyId, householdId }: CancelOrderArgs, read: Reader) => {
      const { t } = useTexts();
      const round = await read.get(groupBuy, groupBuyId);
      return {
        title: t('groupBuy.words.cancel', { title: round?.title ?? t('groupBuy.title') }),
        to: toRound(groupBuyId, householdId),
      };
    },
    nextSteps,
  },
  'groupBuy.wait': {
    describe: async ({ groupBuyId, householdId, itemId, quantity }: WaitArgs, read: Reader) => ({
      title: useTexts().t('groupBuy.words.wait', { goods: await goodsInWords([{ itemId, quantity }], read) }),
      to: toRound(groupBuyId, householdId),
    }),
    nextSteps,
  },
  'groupBuy.leaveQueue': {
    describe: async ({ groupBuyId, householdId, itemId }: LeaveQueueArgs, read: Reader) => {
      const { t } = useTexts();
      const name = (await read.get(item, itemId))?.name ?? t('groupBuy.words.unknownItem');
      return { title: t('groupBuy.words.leaveQueue', { goods: name }), to: toRound(groupBuyId, householdId) };
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

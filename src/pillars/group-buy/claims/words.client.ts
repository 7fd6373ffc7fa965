import { useTexts } from '../../../client/i18n/use-texts.ts';
import { item } from '../schema.ts';
import { claim } from './schema.ts';
import type { ClaimArgs, DecideClaimArgs } from './args.ts';
import type { WordsByName } from '../../../client/slice.ts';

const { t } = useTexts();
const toRound = (id: string) => ({ name: 'group-buy', params: { id } });
const toClaims = (id: string) => ({ name: 'group-buy-claims', params: { id } });

/** How acts about what was not right read in 我办的事. */
export const claimWords: WordsByName = {
  'groupBuy.claim': {
    describe: async ({ groupBuyId, itemId, kind, quantity }: ClaimArgs, read) => {
      const goods = await read.get(item, itemId);
      const what = { name: goods?.name ?? '', unit: goods?.unit ?? '', quantity };
      return {
        title: t('buyClaims.words.claim', { kind: t(`buyClaims.kinds.${kind}`), ...what }),
        to: toRound(groupBuyId),
      };
    },
    nextSteps: ({ groupBuyId }: ClaimArgs) => [{ label: t('buyClaims.words.toRound'), to: toRound(groupBuyId) }],
  },
  'groupBuy.decideClaim': {
    describe: async ({ claimId }: DecideClaimArgs, read) => {
      const groupBuyId = (await read.get(claim, claimId))?.groupBuyId;
      const title = t('buyClaims.words.decide');
      return groupBuyId === undefined ? { title } : { title, to: toClaims(groupBuyId) };
    },
  },
};

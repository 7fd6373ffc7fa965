import type { MutationWords, NextStep, WordsByName } from '../../client/slice.ts';
import type { Reader } from '../../client/reader.ts';
import { useTexts } from '../../client/i18n/use-texts.ts';
import { errand, errandCard } from './schema.ts';
import type { RequestArgs } from './args.ts';
import { cardTitle, titleOf } from './screens/errand-words.ts';

const { t } = useTexts();

interface OfErrand {
  readonly errandId: string;
}

const at = (id: string) => ({ name: 'errand', params: { id } });
const seeOthers = (): NextStep => ({ label: t('errands.next.seeOthers'), to: { name: 'errands' } });

/** What the errand is called, as far as this phone may know it. */
async function whatOf(errandId: string, read: Reader): Promise<string> {
  const whole = await read.get(errand, errandId);
  if (whole) return titleOf(whole);
  const card = await read.get(errandCard, errandId);
  return card ? cardTitle(card) : t('errands.words.anErrand');
}

/** A step of an errand: `接下：3栋 · 买药`. `lost`: refusals after which only other errands are left. */
function step(word: string, lost: readonly string[] = ['notFound']): MutationWords {
  return {
    describe: async (args: OfErrand, read) => ({
      title: t(`errands.words.${word}`, { what: await whatOf(args.errandId, read) }),
      to: at(args.errandId),
    }),
    nextSteps: (args: OfErrand, { code }) =>
      lost.includes(code) ? [seeOthers()] : [{ label: t('errands.next.see'), to: at(args.errandId) }],
  };
}

/** How what is done about errands reads in 我办的事. */
export const words: WordsByName = {
  'errands.request': {
    describe: (args: RequestArgs) => ({ title: titleOf(args), to: at(args.id) }),
    nextSteps: (args: RequestArgs) => [
      {
        label: t('errands.next.askAgain'),
        to: { name: 'errand-new', query: { kind: args.kind, household: args.householdId, person: args.personId } },
      },
    ],
  },
  'errands.claim': step('claim', ['alreadyClaimed', 'closed', 'tooManyClaims', 'notAllowed', 'notFound']),
  'errands.release': step('release'),
  'errands.returnIdle': step('returnIdle'),
  'errands.collectPacket': step('collectPacket'),
  'errands.buy': step('buy'),
  'errands.cannotBuy': step('cannotBuy'),
  'errands.handOver': step('handOver'),
  'errands.close': step('close'),
  'errands.cancel': step('cancel'),
  'errands.reopen': step('reopen'),
};

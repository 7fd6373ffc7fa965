import { household } from '../../people/schema.ts';
import { useTexts } from '../../client/i18n/use-texts.ts';
import { sweep } from './schema.ts';
import type { WordsByName } from '../../client/slice.ts';
import type { AnswerArgs, CloseArgs, StartArgs } from './args.ts';

const { t } = useTexts();

const to = (id: string) => ({ name: 'sweep', params: { id } });

/** How what is done about sweeps reads in 我办的事. */
export const words: WordsByName = {
  'sweep.start': {
    describe: ({ id, title }: StartArgs) => ({ title: t('sweep.did.start', { title }), to: to(id) }),
    nextSteps: () => [{ label: t('sweep.next.seeAll'), to: { name: 'sweeps' } }],
  },
  'sweep.answer': {
    describe: async ({ sweepId, householdId, finding }: AnswerArgs, read) => {
      const home = await read.get(household, householdId);
      const said = t(`sweep.finding.${finding}`);
      const title =
        home === undefined
          ? t('sweep.did.answerUnknown', { finding: said })
          : t('sweep.did.answer', { door: home.door, finding: said });
      return { title, to: to(sweepId) };
    },
    nextSteps: ({ sweepId }: AnswerArgs) => [{ label: t('sweep.next.seeSweep'), to: to(sweepId) }],
  },
  'sweep.close': {
    describe: async ({ sweepId }: CloseArgs, read) => {
      const asked = await read.get(sweep, sweepId);
      const title = asked === undefined ? t('sweep.did.closeUnknown') : t('sweep.did.close', { title: asked.title });
      return { title, to: to(sweepId) };
    },
    nextSteps: ({ sweepId }: CloseArgs) => [{ label: t('sweep.next.seeSweep'), to: to(sweepId) }],
  },
};

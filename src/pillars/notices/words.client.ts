import { useTexts } from '../../client/i18n/use-texts.ts';
import { notice } from './schema.ts';
import type { WordsByName } from '../../client/slice.ts';
import type { PublishArgs } from './args.ts';

const { t } = useTexts();

const to = (id: string) => ({ name: 'notice', params: { id } });

/** How what is done about notices reads in 我办的事. */
export const words: WordsByName = {
  'notices.publish': {
    describe: ({ id, title }: PublishArgs) => ({ title: t('notices.did.publish', { title }), to: to(id) }),
    nextSteps: ({ id, corrects }: PublishArgs, { code }) =>
      code === 'notAllowed'
        ? [{ label: t('notices.next.seeAll'), to: { name: 'notices' } }]
        : [{ label: t('notices.next.writeAgain'), to: { name: 'desk-notice-new', query: { again: id, corrects } } }],
  },
  'notices.acknowledge': {
    describe: async ({ noticeId }: { noticeId: string }, read) => {
      const told = await read.get(notice, noticeId);
      if (told === undefined) return { title: t('notices.did.acknowledgeUnknown') };
      return { title: t('notices.did.acknowledge', { title: told.title }), to: to(noticeId) };
    },
    nextSteps: () => [{ label: t('notices.next.seeAll'), to: { name: 'notices' } }],
  },
  'notices.withdraw': {
    describe: async ({ noticeId }: { noticeId: string }, read) => {
      const told = await read.get(notice, noticeId);
      if (told === undefined) return { title: t('notices.did.withdrawUnknown') };
      return { title: t('notices.did.withdraw', { title: told.title }), to: to(noticeId) };
    },
    nextSteps: ({ noticeId }: { noticeId: string }) => [{ label: t('notices.next.seeNotice'), to: to(noticeId) }],
  },
};

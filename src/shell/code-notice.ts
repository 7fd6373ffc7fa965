import type { Accompany } from '../client/acting.ts';
import { addTexts } from '../client/i18n/i18n.ts';
import { useTexts } from '../client/i18n/use-texts.ts';
import { communityScope } from '../domain/scope.ts';
import type { DecideCodeArgs } from '../pillars/group-buy/money/args.ts';
import { codeProposal, collectionCode } from '../pillars/group-buy/money/schema.ts';
import type { PublishArgs } from '../pillars/notices/args.ts';
import { mayPublish } from '../pillars/notices/rules.ts';
import { shellScreenTexts } from './screen-texts.ts';

/**
 * Who confirms a collection code in place of another tells everybody in the same step, where they may publish notices:
 * whoever pays by the old picture pays somebody else.
 */
export const codeNotice: Accompany = async (acts, { reader, actor, now, newId }) => {
  const confirmed = acts.flatMap(({ mutation, args }) =>
    mutation.name === 'groupBuy.decideCode' && (args as DecideCodeArgs).confirm ? [args as DecideCodeArgs] : [],
  );
  if (!mayPublish(actor, communityScope, now)) return [];
  const { t } = useTexts();
  addTexts(shellScreenTexts);
  const notices: PublishArgs[] = [];
  for (const { codeId, revision } of confirmed) {
    const former = await reader.get(collectionCode, codeId);
    const proposal = await reader.get(codeProposal, codeId);
    if (former === undefined || proposal?.revision !== revision) continue;
    const said = { name: proposal.proposedByName, payee: proposal.payee, former: former.payee };
    notices.push({
      id: newId(),
      title: t('shell.codeNotice.title', said),
      body: [t('shell.codeNotice.body', said), t('shell.codeNotice.compare')].join('\n\n'),
      level: 'important',
      category: 'groupBuy',
      scope: communityScope,
      needsReceipt: false,
    });
  }
  return notices.map((args) => ({ name: 'notices.publish', args }));
};

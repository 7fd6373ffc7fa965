import { demand, found } from '../../../domain/refusal.ts';
import { holdsRole, isSystem } from '../../../domain/actor.ts';
import { mutation } from '../../../domain/mutation.ts';
import { row } from '../../../domain/tx.ts';
import { mayOrganise } from '../order-rules.ts';
import { codeProposal, collectionCode, MONEY_RULES_ID, moneyRules } from './schema.ts';
import { decideCodeArgs, proposeCodeArgs, setMoneyRulesArgs } from './args.ts';
import { demandSecondPerson, nameOf, self } from './people.ts';
import type { CodeProposal, CollectionCode } from './schema.ts';

/** An organiser proposes their own collection code. Residents see it once a second person has compared it. */
export const proposeCode = mutation({
  name: 'groupBuy.proposeCode',
  args: proposeCodeArgs,
  reads: (_args, actor) => [row(codeProposal, actor.personId ?? ''), ...self(actor)],
  async run(tx, args, { actor, now, happenedAt, mutationId }) {
    const { personId } = actor;
    demand(mayOrganise(actor, now) && personId !== undefined, 'notAllowed');
    const proposal: CodeProposal = {
      ...args,
      id: personId,
      proposedBy: personId,
      proposedByName: (await nameOf(tx, actor)) ?? '',
      proposedAt: happenedAt,
      revision: mutationId,
      state: 'asked',
    };
    const before = await tx.get(codeProposal, personId);
    await (before === undefined ? tx.add(codeProposal, proposal) : tx.put(codeProposal, proposal));
  },
});

/**
 * A second person has compared the picture with the payee's name. The code then holds for everybody, with the payee of the
 * one that it replaces. Whoever proposed it may only take it back.
 */
export const decideCode = mutation({
  name: 'groupBuy.decideCode',
  args: decideCodeArgs,
  reads: ({ codeId }, actor) => [row(codeProposal, codeId), row(collectionCode, codeId), ...self(actor)],
  async run(tx, { codeId, revision, confirm }, { actor, now, happenedAt }) {
    demand(mayOrganise(actor, now), 'notAllowed');
    const proposal = found(await tx.get(codeProposal, codeId));
    demand(proposal.revision === revision, 'changedMeanwhile');
    demand(proposal.state === 'asked', 'alreadyClosed', { state: proposal.state });
    const takesBack = !confirm && actor.personId === proposal.proposedBy;
    if (!takesBack) await demandSecondPerson(tx, actor, proposal.proposedBy);
    await tx.put(codeProposal, { ...proposal, state: confirm ? ('confirmed' as const) : ('declined' as const) });
    if (!confirm) return;
    const former = await tx.get(collectionCode, codeId);
    const { payee, channel, photoId, proposedByName } = proposal;
    const code: CollectionCode = {
      id: codeId,
      payee,
      channel,
      photoId,
      since: happenedAt,
      proposedByName,
      confirmedByName: (await nameOf(tx, actor)) ?? '',
      ...(former !== undefined && { formerPayee: former.payee }),
    };
    await (former === undefined ? tx.add(collectionCode, code) : tx.put(collectionCode, code));
  },
});

/** The secretary says from which sum on a refund takes a second person. */
export const setMoneyRules = mutation({
  name: 'groupBuy.setMoneyRules',
  args: setMoneyRulesArgs,
  reads: () => [row(moneyRules, MONEY_RULES_ID)],
  async run(tx, { refundLimitFen }, { actor, now }) {
    demand(isSystem(actor) || holdsRole(actor, 'secretary', now), 'notAllowed');
    const rules = { id: MONEY_RULES_ID, refundLimitFen };
    const before = await tx.get(moneyRules, MONEY_RULES_ID);
    await (before === undefined ? tx.add(moneyRules, rules) : tx.put(moneyRules, rules));
  },
});

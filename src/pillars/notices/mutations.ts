import { mutation } from '../../domain/mutation.ts';
import type { AnyMutation } from '../../domain/mutation.ts';
import { demand, found } from '../../domain/refusal.ts';
import { publicScope } from '../../domain/scope.ts';
import { row } from '../../domain/tx.ts';
import { building, community, household, person } from '../../people/schema.ts';
import { concerns, mayAcknowledgeFor, mayPublish, monthOf } from './rules.ts';
import { acknowledgeArgs, publishArgs, withdrawArgs } from './args.ts';
import { notice, receipt, receiptId } from './schema.ts';
import type { Actor } from '../../domain/actor.ts';
import type { Scope } from '../../domain/scope.ts';
import type { Tx } from '../../domain/tx.ts';
import type { Notice } from './schema.ts';

/** A grid worker or the secretary tells people something; with `corrects`, in place of what was told before. */
export const publish = mutation({
  name: 'notices.publish',
  args: publishArgs,
  reads: (args, actor) => [
    row(community, actor.communityId),
    ...(actor.personId === undefined ? [] : [row(person, actor.personId)]),
    ...(args.scope.startsWith('building:') ? [row(building, args.scope.slice('building:'.length))] : []),
    ...(args.corrects === undefined ? [] : [row(notice, args.corrects)]),
  ],
  async run(tx, { corrects, ...said }, { actor, now, happenedAt }) {
    demand(mayPublish(actor, said.scope, now), 'notAllowed');
    const earlier = corrects === undefined ? undefined : found(await tx.get(notice, corrects));
    if (earlier !== undefined) {
      demand(mayPublish(actor, earlier.scope, now), 'notAllowed');
      demand(earlier.correctedBy == null, 'changedMeanwhile');
      await tx.put(notice, { ...earlier, correctedBy: said.id });
    }
    await tx.add(notice, {
      ...said,
      scopeName: await scopeName(tx, said.scope),
      publishedAt: happenedAt,
      month: monthOf(happenedAt),
      ...(await issuerOf(tx, actor, said.scope)),
      version: (earlier?.version ?? 0) + 1,
      correctedFrom: earlier?.id,
    });
  },
});

/** A door says 我知道了. Saying it again changes nothing. */
export const acknowledge = mutation({
  name: 'notices.acknowledge',
  args: acknowledgeArgs,
  reads: ({ noticeId, householdId }) => [
    row(notice, noticeId),
    row(household, householdId),
    row(receipt, receiptId(noticeId, householdId)),
  ],
  async run(tx, { noticeId, householdId }, { actor, happenedAt }) {
    demand(mayAcknowledgeFor(actor, householdId), 'notAllowed');
    const home = found(await tx.get(household, householdId));
    const told = found(await tx.get(notice, noticeId));
    demand(concerns(told, home), 'notFound');
    const id = receiptId(noticeId, householdId);
    if ((await tx.get(receipt, id)) !== undefined) return;
    await tx.add(receipt, { id, noticeId, householdId, grid: home.grid, at: happenedAt });
  },
});

/** Staff take a notice back. It stays, with the reason in place of its text: people may have acted on it. */
export const withdraw = mutation({
  name: 'notices.withdraw',
  args: withdrawArgs,
  reads: ({ noticeId }) => [row(notice, noticeId)],
  async run(tx, { noticeId, reason }, { actor, now, happenedAt }) {
    const told = found(await tx.get(notice, noticeId));
    demand(mayPublish(actor, told.scope, now), 'notAllowed');
    if (told.withdrawnAt != null) return;
    await tx.put(notice, { ...told, withdrawnAt: happenedAt, withdrawnReason: reason });
  },
});

/** How people say an audience that is a building or a grid. Refuses `notFound` for a building that is not there. */
async function scopeName(tx: Tx, scope: Scope): Promise<string | undefined> {
  if (scope.startsWith('grid:')) return scope.slice('grid:'.length);
  if (!scope.startsWith('building:')) return undefined;
  return found(await tx.get(building, scope.slice('building:'.length))).name;
}

/** In whose name, and whom to ask. A public notice names the duty desk only: a worker's own number is for neighbours. */
async function issuerOf(
  tx: Tx,
  actor: Actor,
  scope: Scope,
): Promise<Pick<Notice, 'issuer' | 'issuerPerson' | 'issuerPhone'>> {
  const home = found(await tx.get(community, actor.communityId));
  const writer =
    actor.personId === undefined || scope === publicScope ? undefined : await tx.get(person, actor.personId);
  if (writer?.phone == null) return { issuer: home.name, issuerPerson: home.dutyName, issuerPhone: home.dutyPhone };
  return { issuer: home.name, issuerPerson: writer.name, issuerPhone: writer.phone };
}

/** Everything that can be done about notices. */
export const mutations: readonly AnyMutation[] = [publish, acknowledge, withdraw];

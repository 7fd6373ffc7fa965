import { demand, found } from '../../../domain/refusal.ts';
import { mayOrganise } from '../order-rules.ts';
import { emptied, queueOf } from '../waiting/rules.ts';
import { groupBuy } from '../schema.ts';
import type { Context } from '../../../domain/mutation.ts';
import type { Tx } from '../../../domain/tx.ts';
import type { GroupBuy, Item, RoundState } from '../schema.ts';

/** What can be done with a round as a whole. */
export type RoundAct =
  | 'editDraft'
  | 'publish'
  | 'change'
  | 'changeItem'
  | 'close'
  | 'cancelRound'
  | 'markOrdered'
  | 'arrive'
  | 'substitute'
  | 'startHandingOut'
  | 'settle';

/**
 * In which states each is done. What came may be entered without 已向供应商下单 having been tapped (one forgets), and again
 * until handing out begins; a round is cancelled until then.
 */
const allowedIn: Readonly<Record<RoundAct, readonly RoundState[]>> = {
  editDraft: ['draft'],
  publish: ['draft'],
  change: ['draft', 'open'],
  changeItem: ['draft', 'open'],
  close: ['open'],
  cancelRound: ['draft', 'open', 'closed', 'ordered', 'arrived'],
  markOrdered: ['closed'],
  arrive: ['closed', 'ordered', 'arrived'],
  substitute: ['arrived', 'handingOut'],
  startHandingOut: ['arrived'],
  settle: ['handingOut'],
};

/** Whether the act is due in the state that the round is in. Who may do it is another question: `mayOrganise`. */
export function isDue(round: Pick<GroupBuy, 'state'>, act: RoundAct): boolean {
  return allowedIn[act].includes(round.state);
}

/** The step that brings a round on from here: its one big button. None where it is over. */
export function nextAct({ state }: Pick<GroupBuy, 'state'>): RoundAct | undefined {
  const next: Readonly<Partial<Record<RoundState, RoundAct>>> = {
    draft: 'publish',
    open: 'close',
    closed: 'markOrdered',
    ordered: 'arrive',
    arrived: 'startHandingOut',
    handingOut: 'settle',
  };
  return next[state];
}

/** The round, for an organiser (or the clock) and an act that is due. Refuses `notAllowed`, `notFound` or `wrongStep`. */
export async function dueRound(
  tx: Tx,
  groupBuyId: string,
  act: RoundAct,
  { actor, now }: Pick<Context, 'actor' | 'now'>,
): Promise<GroupBuy> {
  demand(mayOrganise(actor, now), 'notAllowed');
  const round = found(await tx.get(groupBuy, groupBuyId));
  demand(isDue(round, act), 'wrongStep', { title: round.title, state: round.state });
  return round;
}

/** The round in its next state, which its history keeps. Said again (what came, counted anew) the last step moves. */
export function stepped(round: GroupBuy, state: RoundState, { actor, now }: Pick<Context, 'actor' | 'now'>): GroupBuy {
  const steps = round.steps ?? [];
  const before = steps.at(-1)?.state === state ? steps.slice(0, -1) : steps;
  const personId = actor.personId;
  return { ...round, state, steps: [...before, { state, at: now, ...(personId !== undefined && { personId }) }] };
}

/** The item once nobody waits for it any more: at the close all places in its queue end. */
export function withoutQueue(item: Item): Item {
  return (item.waiting ?? 0) > 0 ? { ...item, waiting: 0, queue: emptied(queueOf(item)) } : item;
}

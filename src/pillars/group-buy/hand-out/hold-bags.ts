import { bag as bagEntity, handOutRun, handOutRunId } from './schema.ts';
import { bagOf } from './bag-of.ts';
import { demand, found } from '../../../domain/refusal.ts';
import { demandHandingOut, isCarried, mayCarry, mayHandOut, recounted } from './rules.ts';
import { groupBuy, order, orderId } from '../schema.ts';
import { mayOrganise } from '../order-rules.ts';
import type { Context } from '../../../domain/mutation.ts';
import type { Bag } from './schema.ts';
import type { GroupBuy, Order } from '../schema.ts';
import type { Tx } from '../../../domain/tx.ts';

/** Bags of some households in a round. */
export interface Bags {
  readonly groupBuyId: string;
  readonly householdIds: readonly string[];
}

/** What becomes of bags: those that change, as they are then. */
export type Handling = (bags: readonly Bag[]) => readonly Bag[];

/**
 * Lets something become of bags where the orders are: on the server. An order that is not there, or not on the actor's
 * stairway, is refused with one word: whoever tries ids learns nothing.
 */
export async function changeOrders(tx: Tx, at: Bags, context: Context, handle: Handling): Promise<void> {
  const { actor, now, happenedAt } = context;
  const round = await tx.get(groupBuy, at.groupBuyId);
  const orders = new Map<string, Order>();
  const bags: Bag[] = [];
  for (const householdId of at.householdIds) {
    const one = await tx.get(order, orderId(at.groupBuyId, householdId));
    const address = one?.state === 'placed' ? one.bag : undefined;
    const run = address && (await tx.get(handOutRun, handOutRunId(at.groupBuyId, address)));
    demand(mayHandOut(actor, run, now), 'notAllowed');
    const bag = one && address && bagOf(one, address);
    demand(one !== undefined && bag !== undefined, 'notFound');
    orders.set(bag.id, one);
    bags.push(bag);
  }
  // Organisers may note it after the round was settled too: without it the household could never say what was not right.
  if (found(round).state !== 'settled' || !mayOrganise(actor, now)) demandHandingOut(found(round), happenedAt);
  const changed = handle(bags).map((one) => notBefore(one, startedAt(found(round))));
  for (const { id, handedOut, problem } of changed) {
    await tx.put(order, { ...found(orders.get(id)), handedOut, handOutProblem: problem });
  }
  await recount(tx, found(round), bags, changed);
}

/** When handing out began (epoch ms). */
function startedAt({ steps = [] }: GroupBuy): number {
  return steps.findLast(({ state }) => state === 'handingOut')?.at ?? 0;
}

/**
 * Nothing was handed over before handing out began, though a phone whose clock was turned in between says so: from that
 * time the household's day to say that something was not right is counted.
 */
function notBefore(bag: Bag, start: number): Bag {
  const since = <T extends { readonly at: number }>(said: T): T => (said.at < start ? { ...said, at: start } : said);
  return { ...bag, handedOut: bag.handedOut && since(bag.handedOut), problem: bag.problem && since(bag.problem) };
}

/**
 * The same on a phone, which holds the bags of the stairways that it carries, and of orders the own household's at most. An
 * organiser's phone holds none: what became of them is seen when the server has said yes.
 */
export async function changeBags(tx: Tx, at: Bags, context: Context, handle: Handling): Promise<void> {
  const { actor, now, happenedAt } = context;
  demand(mayOrganise(actor, now) || mayCarry(actor, now), 'notAllowed');
  const ids = at.householdIds.map((householdId) => orderId(at.groupBuyId, householdId));
  const bags = (await Promise.all(ids.map((id) => tx.get(bagEntity, id)))).filter((one) => one !== undefined);
  if (bags.length === 0) return;
  const round = await tx.get(groupBuy, at.groupBuyId);
  if (round !== undefined) demandHandingOut(round, happenedAt);
  const changed = handle(bags);
  for (const one of changed) {
    await tx.put(bagEntity, one);
    const own = await tx.get(order, one.id);
    if (own !== undefined) await tx.put(order, { ...own, handedOut: one.handedOut, handOutProblem: one.problem });
  }
  await recount(tx, round, bags, changed);
}

/** The counts of the stairways whose bags changed. */
async function recount(
  tx: Tx,
  round: GroupBuy | undefined,
  before: readonly Bag[],
  after: readonly Bag[],
): Promise<void> {
  const was = new Map(before.map((one) => [one.id, one]));
  for (const one of after) {
    if (!isCarried(round, one)) continue;
    const run = await tx.get(handOutRun, handOutRunId(one.groupBuyId, one.address));
    const earlier = was.get(one.id);
    if (run === undefined || earlier === undefined) continue;
    const next = recounted(run, [earlier], [one]);
    if (next.done !== run.done) await tx.put(handOutRun, next);
  }
}

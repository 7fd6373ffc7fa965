import type { Actor } from '../../src/domain/actor.ts';
import type { Violation, Run as Act } from './book.ts';
import type { Rows } from './memory-tx.ts';
import type { Watching } from './oracle.ts';
import { bookBalances, queueHolds } from './oracle-money.ts';
import { allOf, oneOf, snapshot } from './oracle-buying-rows.ts';
import type { Claim, Goods, Line, Neighbour, Order, Place, Refund, Round, Run } from './oracle-buying-rows.ts';
import { PaidOnce } from './oracle-paid.ts';
import { violations } from './oracle-rows.ts';
import { wrongShares } from './oracle-share.ts';
import { stockAdds } from './oracle-stock.ts';

const DAY_MS = 86_400_000;
const KEPT = ['order', 'waitingPlace', 'claim', 'refund'];

/** What a law says of one step: rows before it and after it, and what was done. @returns what is wrong, in words */
type Law = (before: Rows, after: Rows, act: Act) => readonly string[];

/**
 * Looks on while a history is run again, and judges every step of buying together: `stock`, `book` and `queue` hold after
 * each, not only at the end, and no step does what no rule allows.
 */
export class BuyingWatch {
  private before: Rows = new Map();
  private readonly paidOnce = new PaidOnce();
  private readonly broken = new Map<string, string[]>();
  private readonly limits = new Map<string, number>();

  readonly look: Watching = (rows, act) => {
    if (!act.name.startsWith('groupBuy.')) return;
    for (const [law, judge] of Object.entries(LAWS)) this.note(law, judge(this.before, rows, act), act);
    this.note('limit', this.overLimit(rows, act), act);
    this.note('paidOnce', this.paidOnce.wrong(rows, act), act);
    for (const { law, detail } of [...stockAdds(rows), ...bookBalances(rows), ...queueHolds(rows)])
      this.note(law, [detail], act);
    this.before = snapshot(rows, KEPT);
  };

  /** @returns what was broken so far */
  violations(): Violation[] {
    return [...this.broken].flatMap(([law, details]) => violations(law, details));
  }

  private note(law: string, details: readonly string[], { name, id }: Act): void {
    if (details.length === 0) return;
    const known = this.broken.get(law) ?? [];
    this.broken.set(law, [...known, ...details.map((detail) => `${detail} (${name} ${id})`)]);
  }

  /** Law `limit`: no line grows beyond what a household could ever have of it. */
  private overLimit(rows: Rows, { name }: Act): readonly string[] {
    for (const { id, perHousehold } of allOf<Goods>(rows, 'item'))
      this.limits.set(id, Math.max(perHousehold, this.limits.get(id) ?? 0));
    if (!GROWS.includes(name)) return [];
    return changedOrders(this.before, rows).flatMap(({ was, is }) =>
      is.lines
        .filter((line) => line.quantity > (lineOf(was, line.itemId)?.quantity ?? 0))
        .filter((line) => line.quantity > (this.limits.get(line.itemId) ?? 0))
        .map((line) => `order ${is.id}: ${line.quantity} of item ${line.itemId}, more than a household may have`),
    );
  }
}

const GROWS = ['groupBuy.placeOrder', 'groupBuy.placeFor', 'groupBuy.cancelOrder', 'groupBuy.changeItem'];

const LAWS: Readonly<Record<string, Law>> = {
  /** Nobody is served before those who wait longer. */
  turn: (before, after) =>
    allOf<Place>(after, 'waitingPlace')
      .filter((one) => {
        const earlier = oneOf<Place>(before, 'waitingPlace', one.id);
        return one.servedQuantity > (earlier?.ticket === one.ticket ? earlier.servedQuantity : 0);
      })
      .flatMap((served) =>
        allOf<Place>(after, 'waitingPlace')
          .filter(
            ({ itemId, state, ticket }) => itemId === served.itemId && state === 'waiting' && ticket < served.ticket,
          )
          .map((passed) => `item ${served.itemId}: ticket ${served.ticket} was served before ${passed.ticket}`),
      ),

  /** Nobody handles the money of their own household: neither what was paid and given back, nor claims, nor the scales. */
  ownMoney: (before, after, { name, context: { actor } }) => {
    if (name === 'groupBuy.arrive') return [];
    const orders = changedOrders(before, after).filter(({ was, is }) => moneyOf(was) !== moneyOf(is));
    const decided = <R extends Claim | Refund>(entity: string, open: string) =>
      allOf<R>(after, entity).filter(({ id, state }) => {
        const was = oneOf<R>(before, entity, id)?.state;
        return state !== open && state !== 'declined' && was !== undefined && was !== state;
      });
    const concerned = [
      ...orders.map(({ is }) => is),
      ...decided<Claim>('claim', 'open'),
      ...decided<Refund>('refund', 'asked'),
    ];
    return concerned
      .filter(({ householdId }) => livesThere(after, actor, householdId))
      .map(({ id }) => `${id}: its money was handled by one of that household`);
  },

  /** Whoever asked for a refund does not agree to it. */
  secondPerson: (_before, after) =>
    allOf<Refund>(after, 'refund')
      .filter(({ state, askedBy, decidedBy }) => state === 'paid' && decidedBy !== undefined && decidedBy === askedBy)
      .map(({ id }) => `refund ${id}: was asked for and agreed to by one person`),

  /** A line of a pasted list orders once, and never over what the household ordered itself. */
  onBehalf: (before, after, { name, args }) => {
    if (name !== 'groupBuy.placeFor') return [];
    const { groupBuyId, householdId, chainKey } = args as Partial<Order> & { groupBuyId: string };
    return changedOrders(before, after).flatMap(({ was, is }) => {
      if (was === undefined || is.groupBuyId !== groupBuyId || is.householdId !== householdId) return [];
      if (chainKey !== undefined && was.chainKey === chainKey) return [`order ${is.id}: ${chainKey} ordered twice`];
      const own = was.state === 'placed' && was.source === undefined;
      return own ? [`order ${is.id}: was the household's own, and is not any more`] : [];
    });
  },

  /** What is ordered costs what the item costs; what does not grow never gets dearer. */
  price: (before, after, { name, args }) => {
    if (name !== 'groupBuy.placeOrder' && name !== 'groupBuy.placeFor') return [];
    const { householdId } = args as { householdId: string };
    return changedOrders(before, after)
      .filter(({ is }) => is.householdId === householdId)
      .flatMap(({ was, is }) =>
        is.lines.flatMap((line) => {
          const now = oneOf<Goods>(after, 'item', line.itemId)?.priceFen ?? NaN;
          const had = was?.state === 'placed' ? lineOf(was, line.itemId) : undefined;
          const should = had !== undefined && line.quantity <= had.quantity ? Math.min(had.priceFen, now) : now;
          return line.priceFen === should ? [] : [`order ${is.id}: ${line.priceFen} for what costs ${should}`];
        }),
      );
  },

  share: (_before, after, { name, args, context }) =>
    name === 'groupBuy.arrive' ? wrongShares(after, (args as { groupBuyId: string }).groupBuyId, context.now) : [],

  /** What was not right is said within a day of the bag's coming. */
  claimInTime: (_before, after, { name, args, context }) => {
    if (name !== 'groupBuy.claim') return [];
    const { id, groupBuyId, householdId } = args as Claim;
    const it = allOf<Order>(after, 'order').find(
      (one) => one.groupBuyId === groupBuyId && one.householdId === householdId,
    );
    const round = allOf<Round>(after, 'groupBuy').find((one) => one.id === groupBuyId);
    // A bag that nobody noted may be claimed until a day after the round was settled.
    if (it?.handedOut === undefined && round?.state === 'handingOut') return [];
    const at = it?.handedOut?.at ?? round?.steps?.find((step) => step.state === 'settled')?.at;
    if (at === undefined) return [`claim ${id}: for a bag that never came`];
    return context.happenedAt > at + DAY_MS ? [`claim ${id}: ${context.happenedAt - at} ms after its bag`] : [];
  },

  /** Bags are handed over by who carries their stairway, or organises. */
  carrier: (before, after, { name, context: { actor, now } }) => {
    if (name !== 'groupBuy.handOut' && name !== 'groupBuy.undoHandOut') return [];
    const organises = actor.roles.some(
      ({ kind, until }) => kind !== 'volunteer' && (until === undefined || now < until),
    );
    if (organises || actor.kind !== 'device') return [];
    return changedOrders(before, after).flatMap(({ is }) => {
      const run = allOf<Run>(after, 'handOutRun').find(
        (one) => one.groupBuyId === is.groupBuyId && one.building === is.bag?.building && one.unit === is.bag.unit,
      );
      return run?.personId === actor.personId ? [] : [`order ${is.id}: handed over by who does not carry it`];
    });
  },

  /** A round is settled when nothing is open: no claim, no money that a household is owed, no stairway. */
  settled: (_before, after, { name, args }) => {
    if (name !== 'groupBuy.settle') return [];
    const { groupBuyId } = args as { groupBuyId: string };
    const its = <R extends { readonly groupBuyId: string } & Order>(entity: string) =>
      allOf<R>(after, entity).filter((one) => one.groupBuyId === groupBuyId);
    const owed = its('order').filter((one) => one.totalFen - (one.paidFen ?? 0) + (one.refundedFen ?? 0) < 0);
    const open = allOf<Claim>(after, 'claim').filter((one) => one.groupBuyId === groupBuyId && one.state === 'open');
    const carried = allOf<Run>(after, 'handOutRun').filter(
      (one) => one.groupBuyId === groupBuyId && one.ended !== true,
    );
    return [...owed, ...open, ...carried].map(({ id }) => `round ${groupBuyId}: is settled, and ${id} is not`);
  },

  /** The number of an order never changes. */
  number: (before, after) =>
    changedOrders(before, after)
      .filter(({ was, is }) => was?.number !== undefined && was.number !== is.number)
      .map(({ was, is }) => `order ${is.id}: was number ${was?.number}, is ${is.number}`),

  /** A round that is over, or called off, does not come back. */
  over: (_before, after, { name, args }) => {
    if (!['groupBuy.placeOrder', 'groupBuy.placeFor', 'groupBuy.wait'].includes(name)) return [];
    const { groupBuyId } = args as { groupBuyId: string };
    const state = oneOf<Round>(after, 'groupBuy', groupBuyId)?.state;
    return state === 'open' ? [] : [`round ${groupBuyId}: took an order while ${state}`];
  },
};

/** Orders that are not as they were. */
function changedOrders(before: Rows, after: Rows): { readonly was: Order | undefined; readonly is: Order }[] {
  return allOf<Order>(after, 'order')
    .map((is) => ({ was: oneOf<Order>(before, 'order', is.id), is }))
    .filter(({ was, is }) => was !== is);
}

function lineOf(order: Order | undefined, itemId: string): Line | undefined {
  return order?.state === 'placed' ? order.lines.find((line) => line.itemId === itemId) : undefined;
}

/** What of an order only who handles money may change, in one way of writing. */
function moneyOf(order: Order | undefined): string {
  const { paidFen = 0, refundedFen = 0, lines = [] } = order ?? {};
  const touched = lines
    .filter(({ weighed, similar, allowanceFen }) => weighed ?? similar ?? allowanceFen)
    .map(({ itemId, weighed, similar, allowanceFen }) => ({ itemId, weighed, similar, allowanceFen }));
  return JSON.stringify({ paidFen, refundedFen, touched });
}

function livesThere(rows: Rows, actor: Actor, householdId: string): boolean {
  const self = actor.personId === undefined ? undefined : oneOf<Neighbour>(rows, 'person', actor.personId);
  return actor.households.includes(householdId) || self?.householdId === householdId;
}

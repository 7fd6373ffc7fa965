import { naturalKey } from '../../src/domain/entity.ts';
import type { Run } from './book.ts';
import type { Rows } from './memory-tx.ts';
import { allOf, oneOf } from './oracle-buying-rows.ts';
import type { Entry, Order } from './oracle-buying-rows.ts';

interface Payment {
  readonly order: string;
  readonly fen: number;
}

/**
 * Law `paidOnce`: whoever enters a payment has seen all that came before it, so that none is entered twice; each payment is
 * taken back once at most; an order's `paidFen` is what came less what was taken back. Reckoned from what was done alone.
 */
export class PaidOnce {
  private readonly paid = new Map<string, number>();
  private readonly payments = new Map<string, Payment>();
  private readonly back = new Set<string>();

  /** @returns what is wrong with a step that was accepted, in words */
  wrong(rows: Rows, { id, name, args }: Run): readonly string[] {
    if (name === 'groupBuy.receivePayment') return this.received(rows, id, args as Parameters<PaidOnce['received']>[2]);
    if (name === 'groupBuy.takeBackPayment') return this.takenBack(rows, (args as { entryId: string }).entryId);
    return [];
  }

  private received(
    rows: Rows,
    mutationId: string,
    args: {
      readonly groupBuyId: string;
      readonly householdId: string;
      readonly fen: number;
      readonly paidBefore: number;
    },
  ): readonly string[] {
    const { groupBuyId, householdId, fen, paidBefore } = args;
    const order = `${groupBuyId} ${householdId}`;
    const before = this.paid.get(order) ?? 0;
    this.paid.set(order, before + fen);
    this.payments.set(naturalKey(mutationId, householdId, 'payment'), { order, fen });
    const unseen = before === paidBefore ? [] : [`order ${order}: ${before} were paid, and ${paidBefore} were seen`];
    return [...unseen, ...this.differs(rows, order)];
  }

  private takenBack(rows: Rows, entryId: string): readonly string[] {
    const payment = this.payments.get(entryId);
    if (payment === undefined) return [`entry ${entryId}: was taken back, and is no payment`];
    const twice = this.back.has(entryId) ? [`entry ${entryId}: was taken back twice`] : [];
    this.back.add(entryId);
    this.paid.set(payment.order, (this.paid.get(payment.order) ?? 0) - payment.fen);
    const booked = allOf<Entry>(rows, 'ledgerEntry').filter((one) => one.kind === 'paymentBack' && one.of === entryId);
    if (booked.length !== 1) twice.push(`entry ${entryId}: is booked back ${booked.length} times`);
    return [...twice, ...this.differs(rows, payment.order)];
  }

  private differs(rows: Rows, order: string): readonly string[] {
    const [groupBuyId, householdId] = order.split(' ') as [string, string];
    const is = oneOf<Order>(rows, 'order', naturalKey(groupBuyId, householdId))?.paidFen ?? 0;
    const should = this.paid.get(order) ?? 0;
    return is === should ? [] : [`order ${order}: ${should} were paid, the order says ${is}`];
  }
}

import type { Row } from '../../src/domain/entity.ts';
import type { Violation } from './book.ts';
import type { Rows } from './memory-tx.ts';
import { violations } from './oracle-rows.ts';

interface Entry extends Row {
  readonly groupBuyId: string;
  readonly householdId?: string;
  readonly kind: string;
  readonly postings: readonly { readonly account: string; readonly fen: number }[];
}
interface Order extends Row {
  readonly groupBuyId: string;
  readonly householdId: string;
  readonly state: string;
  readonly totalFen: number;
  readonly paidFen?: number;
  readonly refundedFen?: number;
  readonly number?: number;
}
interface Place extends Row {
  readonly groupBuyId: string;
  readonly itemId: string;
  readonly quantity: number;
  readonly ticket: number;
  readonly state: string;
}
interface Goods extends Row {
  readonly groupBuyId: string;
  readonly name: string;
  readonly stock: number;
  readonly sold: number;
  readonly waiting?: number;
  readonly queue?: { readonly next: number; readonly head: number; readonly gone: readonly number[] };
}

/** Kinds of entries by what of an order they account for. */
const PAID = ['payment', 'paymentBack'];
const REFUNDED = ['refund'];

/**
 * Law `book`: every entry sums to zero in whole fen, what is booked on a household is what its orders cost, less what it
 * paid, and what it got back; cash and goods hold the rest; nobody is booked who has no order. Reckoned from rows alone.
 */
export function bookBalances(rows: Rows): Violation[] {
  const entries = allOf<Entry>(rows, 'ledgerEntry');
  const orders = allOf<Order>(rows, 'order');
  const wrong: string[] = [];
  for (const { id, postings } of entries) {
    const sum = postings.reduce((all, { fen }) => all + fen, 0);
    if (sum !== 0) wrong.push(`entry ${id}: sums to ${sum}`);
    if (postings.some(({ fen }) => !Number.isSafeInteger(fen) || fen === 0)) wrong.push(`entry ${id}: not whole fen`);
  }
  for (const order of orders) {
    const own = entries.filter(
      ({ groupBuyId, householdId }) => groupBuyId === order.groupBuyId && householdId === order.householdId,
    );
    const booked = (kinds: (kind: string) => boolean): number =>
      own
        .filter(({ kind }) => kinds(kind))
        .flatMap(({ postings }) => postings)
        .filter(({ account }) => account === `household:${order.householdId}`)
        .reduce((all, { fen }) => all + fen, 0);
    const worth = booked((kind) => !PAID.includes(kind) && !REFUNDED.includes(kind));
    const paid = 0 - booked((kind) => PAID.includes(kind));
    const refunded = booked((kind) => REFUNDED.includes(kind));
    if (worth !== order.totalFen) wrong.push(`order ${order.id}: costs ${order.totalFen}, booked ${worth}`);
    if (paid !== (order.paidFen ?? 0)) wrong.push(`order ${order.id}: paid ${order.paidFen ?? 0}, booked ${paid}`);
    if (refunded !== (order.refundedFen ?? 0))
      wrong.push(`order ${order.id}: refunded ${order.refundedFen ?? 0}, booked ${refunded}`);
    if (order.state === 'cancelled' && order.totalFen !== 0) wrong.push(`order ${order.id}: is cancelled and costs`);
  }
  const known = new Set(orders.map(({ groupBuyId, householdId }) => `${groupBuyId} ${householdId}`));
  for (const { id, groupBuyId, householdId } of entries) {
    if (householdId !== undefined && !known.has(`${groupBuyId} ${householdId}`))
      wrong.push(`entry ${id}: of a household that has no order`);
  }
  return violations('book', wrong);
}

/**
 * Law `queue`: who waits stands in the queue once, with a ticket of their own; as many portions are waited for as the item
 * says; nobody waits while something is left; each round gives every number once.
 */
export function queueHolds(rows: Rows): Violation[] {
  const wrong: string[] = [];
  const places = allOf<Place>(rows, 'waitingPlace').filter(({ state }) => state === 'waiting');
  for (const one of allOf<Goods>(rows, 'item')) {
    const own = places.filter(({ itemId }) => itemId === one.id);
    const waited = own.reduce((all, { quantity }) => all + quantity, 0);
    if (waited !== (one.waiting ?? 0))
      wrong.push(`item ${one.id}: ${one.waiting ?? 0} waiting, but ${waited} waited for`);
    if (waited > 0 && one.sold < one.stock) wrong.push(`item ${one.id}: ${one.stock - one.sold} left while some wait`);
    const tickets = own.map(({ ticket }) => ticket).sort((a, b) => a - b);
    if (new Set(tickets).size !== tickets.length) wrong.push(`item ${one.id}: a ticket twice`);
    const { next = 0, head = 0, gone = [] } = one.queue ?? {};
    if (tickets.length > 0 && tickets[0] !== head) wrong.push(`item ${one.id}: ${tickets[0]} is first, not ${head}`);
    const expected = Array.from({ length: Math.max(0, next - head) }, (_, i) => head + i);
    const standing = expected.filter((ticket) => !gone.includes(ticket));
    if (String(standing) !== String(tickets))
      wrong.push(`item ${one.id}: tickets ${tickets.join(' ')} wait, the queue says ${standing.join(' ')}`);
  }
  const numbers = new Set<string>();
  for (const { id, groupBuyId, number } of allOf<Order>(rows, 'order')) {
    if (number === undefined) continue;
    const key = `${groupBuyId} ${number}`;
    if (numbers.has(key)) wrong.push(`order ${id}: its number ${number} is another's`);
    numbers.add(key);
  }
  return violations('queue', wrong);
}

function allOf<R extends Row>(rows: Rows, entity: string): readonly R[] {
  return [...(rows.get(entity)?.values() ?? [])] as unknown as R[];
}

import { groupBy } from '../../src/domain/group-by.ts';
import type { LedgerEntry, Refund, SupplierReceipt } from '../../src/pillars/group-buy/money/schema.ts';
import { linesFen } from '../../src/pillars/group-buy/money/book.ts';
import type { GroupBuy, Item, Order } from '../../src/pillars/group-buy/schema.ts';
import type { WaitingPlace } from '../../src/pillars/group-buy/waiting/schema.ts';

/** All that the rounds of a community hold, as the server stores it. */
export interface Books {
  readonly rounds: readonly GroupBuy[];
  readonly items: readonly Item[];
  readonly orders: readonly Order[];
  readonly places: readonly WaitingPlace[];
  readonly entries: readonly LedgerEntry[];
  readonly refunds: readonly Refund[];
  readonly receipts: readonly SupplierReceipt[];
}

const PAID: readonly string[] = ['payment', 'paymentBack'];
const HANDED: readonly string[] = [...PAID, 'refund'];
const SUPPLIER: readonly string[] = ['supplier', 'supplierBack'];

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
const account = (entries: readonly LedgerEntry[], name: string): number =>
  sum(entries.flatMap((entry) => entry.postings.filter((one) => one.account === name).map((one) => one.fen)));
const portions = (lines: readonly { quantity: number }[]): number => sum(lines.map((line) => line.quantity));
const standing = (order: Order) => (order.state === 'placed' ? order.lines : []);

/** What is wrong with the books, a line each; empty where they are straight. */
export function bookFaults(books: Books): string[] {
  const faults: string[] = [];
  const check = (what: string, is: number, shouldBe: number): void => {
    if (is !== shouldBe) faults.push(`${what}: ${is}, not ${shouldBe}`);
  };
  for (const entry of books.entries) {
    check(`Σ of ${entry.kind} ${entry.id}`, sum(entry.postings.map((one) => one.fen)), 0);
    const isBooked =
      entry.postings.length > 1 && entry.postings.every(({ fen }) => Number.isSafeInteger(fen) && fen !== 0);
    if (!isBooked) faults.push(`${entry.kind} ${entry.id} moves nothing, or parts of a fen`);
  }
  for (const round of books.rounds) {
    const entries = books.entries.filter((one) => one.groupBuyId === round.id);
    const orders = books.orders.filter((one) => one.groupBuyId === round.id);
    const receipts = books.receipts.filter((one) => one.groupBuyId === round.id && one.removedAt === undefined);
    const refunds = books.refunds.filter((one) => one.groupBuyId === round.id && one.state === 'paid');
    for (const order of orders) faults.push(...orderFaults(order, entries, refunds));
    const known = new Set(orders.map((one) => `household:${one.householdId}`));
    for (const [name, those] of byHousehold(entries)) {
      if (!known.has(name)) check(`${round.title}: ${name} without an order`, account(those, name), 0);
    }
    const [received, back] = [
      sum(orders.map((one) => one.paidFen ?? 0)),
      sum(orders.map((one) => one.refundedFen ?? 0)),
    ];
    const spent = sum(receipts.map((one) => one.fen));
    check(`${round.title}: cash`, account(entries, 'cash'), received - back - spent);
    check(`${round.title}: goods`, account(entries, 'goods'), spent - sum(orders.map((one) => one.totalFen)));
    check(
      `${round.title}: supplier`,
      account(
        entries.filter((one) => SUPPLIER.includes(one.kind)),
        'goods',
      ),
      spent,
    );
  }
  return faults;
}

function byHousehold(entries: readonly LedgerEntry[]): Map<string, LedgerEntry[]> {
  return groupBy(
    entries.filter((one) => one.householdId !== undefined),
    (one) => `household:${one.householdId ?? ''}`,
  );
}

/** An order and the book say the same of a household. */
function orderFaults(order: Order, entries: readonly LedgerEntry[], refunds: readonly Refund[]): string[] {
  const faults: string[] = [];
  const name = `household:${order.householdId}`;
  const check = (what: string, is: number, shouldBe: number): void => {
    if (is !== shouldBe) faults.push(`${order.door} ${what}: ${is}, not ${shouldBe}`);
  };
  const worth = entries.filter((one) => !HANDED.includes(one.kind));
  const of = (kinds: readonly string[]) =>
    account(
      entries.filter((one) => kinds.includes(one.kind)),
      name,
    );
  check('total by its lines', order.totalFen, linesFen(standing(order)));
  check('total in the book', account(worth, name), order.totalFen);
  check('received in the book', -of(PAID), order.paidFen ?? 0);
  check('paid back in the book', of(['refund']), order.refundedFen ?? 0);
  const told = refunds.filter((one) => one.householdId === order.householdId);
  check('paid back as it was told', sum(told.map((one) => one.fen)), order.refundedFen ?? 0);
  return faults;
}

/** What is wrong with stock, queues and counts, a line each; empty where all is well. */
export function stockFaults(books: Books): string[] {
  const faults: string[] = [];
  const demand = (holds: boolean, what: string): void => {
    if (!holds) faults.push(what);
  };
  for (const one of books.items) {
    const round = books.rounds.find((each) => each.id === one.groupBuyId);
    const lines = books.orders.flatMap(standing).filter((line) => line.itemId === one.id);
    const places = books.places.filter((each) => each.itemId === one.id && each.state === 'waiting');
    const waiting = one.waiting ?? 0;
    demand(one.sold === portions(lines), `${one.name}: sold ${one.sold}, ordered ${portions(lines)}`);
    demand(one.sold <= one.stock, `${one.name}: sold ${one.sold} of ${one.stock}`);
    demand(waiting === portions(places), `${one.name}: ${waiting} waited for, ${portions(places)} in the queue`);
    demand(
      waiting === 0 || round?.state !== 'open' || one.sold === one.stock,
      `${one.name}: ${one.stock - one.sold} left while ${waiting} are waited for`,
    );
  }
  for (const round of books.rounds) {
    const orders = books.orders.filter((one) => one.groupBuyId === round.id);
    const placed = orders.filter((one) => one.state === 'placed');
    const numbers = orders.flatMap((one) => one.number ?? []);
    demand(
      round.households === placed.length,
      `${round.title}: ${round.households} households, ${placed.length} orders`,
    );
    const inAll = portions(placed.flatMap(standing));
    demand(round.portions === inAll, `${round.title}: ${round.portions} portions, ${inAll} ordered`);
    demand(new Set(numbers).size === numbers.length, `${round.title}: a number twice`);
  }
  return faults;
}

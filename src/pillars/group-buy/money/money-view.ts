import { owedFen } from './book.ts';
import { saidNotReceivedFen } from './rules.ts';
import type { Account, EntryKind, Posting } from './schema.ts';
import type { Fen } from '../../../domain/money.ts';
import type { BagAddress, GroupBuy, Order, OrderLine, SaidPaid } from '../schema.ts';

/** A payment that was received, as the list shows it, so that it can be taken back. */
export interface ReceivedPayment {
  readonly entryId: string;
  readonly fen: Fen;
  /** Epoch ms. */
  readonly at: number;
  readonly byName?: string;
}

/** A household's money in a round, with where its door is. */
export interface DoorMoney extends BagAddress {
  readonly householdId: string;
  readonly door: string;
  readonly state: Order['state'];
  readonly number?: number;
  readonly totalFen: Fen;
  readonly paidFen: Fen;
  readonly refundedFen: Fen;
  readonly saidPaid?: SaidPaid;
  /** The newest that stands. */
  readonly lastPayment?: ReceivedPayment;
}

/** What a round's money adds up to (fen). */
export interface MoneySums {
  /** What all orders cost, what was received for them, and what was paid back. */
  readonly totalFen: Fen;
  readonly paidFen: Fen;
  readonly refundedFen: Fen;
  /** What households still owe, and what others are owed. */
  readonly owedFen: Fen;
  readonly isOwedFen: Fen;
  readonly supplierFen: Fen;
  /** What the organiser holds: received, less paid back, less paid to the supplier. */
  readonly cashFen: Fen;
  /** Σ of everything in the book: 0, or something is broken. */
  readonly bookFen: Fen;
}

/** A round's money door by door. Answer of `GET /api/desk/group-buys/:id/money`. */
export interface RoundMoney extends Pick<GroupBuy, 'id' | 'title' | 'state' | 'payment'> {
  readonly sums: MoneySums;
  /** First who says it paid, then who owes, then who is owed, then who is even; each in carrying order. */
  readonly doors: readonly DoorMoney[];
}

/** An item in the closing sheet: what was ordered, what was given, and what it brought (fen). */
export interface ClosingItem {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly ordered: number;
  readonly given: number;
  readonly goodsFen: Fen;
  /** What was given in its place. */
  readonly similarFen: Fen;
  /** What was given back for what was spoiled or missing. */
  readonly allowanceFen: Fen;
}

/** All entries of a kind together: what they moved on each side. The three sum to 0. */
export interface BookLine {
  readonly kind: EntryKind;
  readonly entries: number;
  readonly householdsFen: Fen;
  readonly goodsFen: Fen;
  readonly cashFen: Fen;
}

export interface ClosingReceipt {
  readonly fen: Fen;
  readonly supplier?: string;
  readonly addedAt: number;
  readonly addedByName?: string;
}

/** The closing sheet of a round. Answer of `GET /api/desk/group-buys/:id/closing`. */
export interface ClosingSheet extends RoundMoney {
  readonly communityName: string;
  readonly closesAt: number;
  /** Epoch ms: when it was worked out. */
  readonly at: number;
  readonly items: readonly ClosingItem[];
  readonly receipts: readonly ClosingReceipt[];
  readonly book: readonly BookLine[];
}

/** Where a door stands in the list: `said` it paid and nobody has seen it, `owes`, `isOwed`, `even`. */
export type MoneySection = 'said' | 'owes' | 'isOwed' | 'even';
export const moneySections: readonly MoneySection[] = ['said', 'owes', 'isOwed', 'even'];

type Said = Pick<DoorMoney, 'totalFen' | 'paidFen' | 'refundedFen' | 'saidPaid'>;

/** What is to be received of a door (fen): what it owes; or, where nothing costs any more, what it says it paid before. */
export function dueFen(door: Said): Fen {
  return door.totalFen === 0 ? saidNotReceivedFen(door) : Math.max(0, owedFen(door));
}

export function sectionOf(door: Said): MoneySection {
  if (dueFen(door) > 0) return saidNotReceivedFen(door) > 0 ? 'said' : 'owes';
  return owedFen(door) < 0 ? 'isOwed' : 'even';
}

/** @returns the doors in the order in which one looks at them; within a section as they came */
export function inMoneyOrder<D extends DoorMoney>(doors: readonly D[]): D[] {
  const rank = (door: D) => moneySections.indexOf(sectionOf(door));
  return [...doors].sort((a, b) => rank(a) - rank(b));
}

/** What an entry of the book moves on each side (fen). */
export interface Sides {
  readonly householdsFen: Fen;
  readonly goodsFen: Fen;
  readonly cashFen: Fen;
}

/** Adds up postings by their side of the book. */
export function sidesOf(postings: readonly Posting[]): Sides {
  const on = (is: (account: Account) => boolean) =>
    postings.reduce((sum, one) => sum + (is(one.account) ? one.fen : 0), 0);
  return {
    householdsFen: on((account) => account !== 'goods' && account !== 'cash'),
    goodsFen: on((account) => account === 'goods'),
    cashFen: on((account) => account === 'cash'),
  };
}

/** The book by kind of entry, in the order in which kinds are given; kinds that do not occur are left out. */
export function bookLines(
  kinds: readonly EntryKind[],
  entries: readonly { readonly kind: EntryKind; readonly postings: readonly Posting[] }[],
): BookLine[] {
  return kinds.flatMap((kind) => {
    const those = entries.filter((one) => one.kind === kind);
    if (those.length === 0) return [];
    return [{ kind, entries: those.length, ...sidesOf(those.flatMap((one) => one.postings)) }];
  });
}

/** The sums of a round: of its doors, and of its book. */
export function sumsOf(doors: readonly DoorMoney[], book: Sides, supplierFen: Fen): MoneySums {
  const over = (fen: (door: DoorMoney) => Fen) => doors.reduce((sum, door) => sum + fen(door), 0);
  return {
    totalFen: over((door) => door.totalFen),
    paidFen: over((door) => door.paidFen),
    refundedFen: over((door) => door.refundedFen),
    owedFen: over((door) => Math.max(0, owedFen(door))),
    isOwedFen: over((door) => Math.max(0, -owedFen(door))),
    supplierFen,
    cashFen: book.cashFen,
    bookFen: book.householdsFen + book.goodsFen + book.cashFen,
  };
}

/** What each item brought, added up from the lines of standing orders. */
export function closingItems(
  items: readonly Pick<ClosingItem, 'id' | 'name' | 'unit'>[],
  lines: readonly OrderLine[],
): ClosingItem[] {
  return items.map(({ id, name, unit }) => {
    const those = lines.filter((line) => line.itemId === id);
    const over = (of: (line: OrderLine) => number) => those.reduce((sum, line) => sum + of(line), 0);
    return {
      id,
      name,
      unit,
      ordered: over((line) => line.quantity),
      given: over((line) => line.got ?? line.quantity),
      goodsFen: over((line) => line.weighed?.fen ?? (line.got ?? line.quantity) * line.priceFen),
      similarFen: over(({ similar }) => (similar === undefined ? 0 : similar.quantity * similar.priceFen)),
      allowanceFen: over((line) => line.allowanceFen ?? 0),
    };
  });
}

import { entity } from '../../../domain/entity.ts';
import type { Row } from '../../../domain/entity.ts';
import type { Fen } from '../../../domain/money.ts';

/**
 * Where money stands in a round's book. `household:<id>`: above 0 the household owes, below 0 it is owed. `goods`: what
 * the goods bring (below 0) and cost (above 0). `cash`: what the organiser holds. Every entry sums to 0, so all do.
 */
export type Account = `household:${string}` | 'goods' | 'cash';

export interface Posting {
  readonly account: Account;
  readonly fen: Fen;
}

/**
 * What an entry records. An order's worth: `order`, `change`, `cancel`, `fromQueue`, `short`, `similar`, `weighing`,
 * `claim`, `notReached`. Money: `payment`, `paymentBack` (entered by mistake), `refund`, `supplier`, `supplierBack`.
 */
export type EntryKind =
  | 'order'
  | 'change'
  | 'cancel'
  | 'fromQueue'
  | 'short'
  | 'similar'
  | 'weighing'
  | 'claim'
  | 'notReached'
  | 'payment'
  | 'paymentBack'
  | 'refund'
  | 'supplier'
  | 'supplierBack';

/** An entry of a round's double-entry book. Never changed, never removed: a mistake is booked back. */
export interface LedgerEntry extends Row {
  readonly groupBuyId: string;
  /** Absent for what concerns no household, such as the supplier. */
  readonly householdId?: string;
  readonly kind: EntryKind;
  /** Two or more, Σ fen = 0. */
  readonly postings: readonly Posting[];
  /** Epoch ms: when it was done, and when it was booked. */
  readonly at: number;
  readonly bookedAt: number;
  readonly personId?: string;
  /** What it books back, or pays. */
  readonly of?: string;
}

/** Money to be paid back to a household. Above the limit it waits for a second person. */
export interface Refund extends Row {
  readonly groupBuyId: string;
  readonly householdId: string;
  readonly door: string;
  readonly fen: Fen;
  readonly state: 'asked' | 'paid' | 'declined';
  readonly askedBy?: string;
  readonly askedByName?: string;
  readonly askedAt: number;
  readonly decidedBy?: string;
  readonly decidedByName?: string;
  readonly decidedAt?: number;
}

/** What the supplier was paid, with the receipt: everybody may look at it. */
export interface SupplierReceipt extends Row {
  readonly groupBuyId: string;
  readonly fen: Fen;
  readonly supplier?: string;
  readonly photoId?: string;
  readonly addedBy?: string;
  readonly addedByName?: string;
  readonly addedAt: number;
  /** Entered by mistake, and booked back. */
  readonly removedAt?: number;
}

/** Channel of a collection code. */
export type Channel = 'wechat' | 'alipay' | 'other';

/** The code that residents pay to, with the payee's name to be compared. Id: the person whose it is. */
export interface CollectionCode extends Row {
  readonly payee: string;
  readonly channel: Channel;
  /** Picture of the code. */
  readonly photoId: string;
  /** Epoch ms, and the two people who made it so. */
  readonly since: number;
  readonly proposedByName: string;
  readonly confirmedByName: string;
  /** Payee of the code that it replaced, so that everybody is told. */
  readonly formerPayee?: string;
}

/** A collection code that waits for a second person. Id: the person whose it is. */
export interface CodeProposal extends Row {
  readonly payee: string;
  readonly channel: Channel;
  readonly photoId: string;
  readonly proposedBy: string;
  readonly proposedByName: string;
  readonly proposedAt: number;
  /** Which proposal: a confirmation names it, so that nobody confirms what they have not seen. */
  readonly revision: string;
  readonly state: 'asked' | 'confirmed' | 'declined';
}

/** The community's rules of money. One row; where there is none, the defaults below hold. Id: `rules`. */
export interface MoneyRules extends Row {
  readonly refundLimitFen: Fen;
}

export const ledgerEntry = entity<LedgerEntry>('ledgerEntry', ['groupBuyId', 'householdId']);
export const refund = entity<Refund>('refund', ['groupBuyId', 'householdId']);
export const supplierReceipt = entity<SupplierReceipt>('supplierReceipt', ['groupBuyId']);
export const collectionCode = entity<CollectionCode>('collectionCode');
export const codeProposal = entity<CodeProposal>('codeProposal');
export const moneyRules = entity<MoneyRules>('moneyRules');

export const MONEY_RULES_ID = 'rules';
/** Refunds to one household in one round above this take a second person, unless the community says otherwise: 200 yuan. */
export const DEFAULT_REFUND_LIMIT_FEN: Fen = 20_000;

import { entity, naturalKey } from '../../domain/entity.ts';
import type { Fen } from '../../domain/money.ts';
import type { Row } from '../../domain/entity.ts';

/** The life of a round. Whether an `open` one takes orders now is a question of time too: see `isOpen`. */
export type RoundState = 'draft' | 'open' | 'closed' | 'ordered' | 'arrived' | 'handingOut' | 'settled' | 'cancelled';

/** What becomes of a line that came short: leave it out, give something similar, ring and ask. */
export type IfShort = 'drop' | 'similar' | 'ask';

/** When the household pays: 先付款 or 货到付. */
export type Payment = 'before' | 'onDelivery';

/** A way to have the goods: brought to the door, or fetched, between two times (epoch ms). */
export interface DeliverySlot {
  readonly id: string;
  readonly kind: 'delivery' | 'pickUp';
  readonly from: number;
  readonly to: number;
  /** Where it is fetched; empty for the own door. */
  readonly place?: string;
}

/**
 * How a shortage is shared: every household gets one portion before anybody gets a second. `eldersFirst`: within each turn
 * households with somebody of 60 and over, or somebody whom the roster says to look after, come before the others. The
 * rest is drawn with the round's seed.
 */
export interface ShareRule {
  readonly eldersFirst: boolean;
}

/** One step in the life of a round, at the server's time (epoch ms). */
export interface RoundStep {
  readonly state: RoundState;
  readonly at: number;
  readonly personId?: string;
}

/** A round of buying together. */
export interface GroupBuy extends Row {
  readonly title: string;
  /** Epoch ms. Orders are taken from `opensAt` until before `closesAt`, by the server's time of receipt. */
  readonly opensAt: number;
  readonly closesAt: number;
  /** Below so many portions in all the round does not come about. */
  readonly minimumPortions?: number;
  /** Where and how it is handed out, as residents read it: `明天 16:00 前送到门口`. */
  readonly place?: string;
  readonly state: RoundState;
  /** The person who opened it. */
  readonly openedBy?: string;
  /** 先付款: paid before the cut-off; 货到付: when it is at the door. Absent: 货到付. */
  readonly payment?: Payment;
  /** Whose collection code residents pay to: the id of a `collectionCode`. */
  readonly payTo?: string;
  /** When and how one can have it; absent where there is nothing to choose. */
  readonly slots?: readonly DeliverySlot[];
  /** Who comes first where less arrives than was ordered. */
  readonly share?: ShareRule;
  /** What ties are drawn with: fixed when the round opens, shown to everybody. */
  readonly seed?: string;
  readonly supplier?: string;
  /** The round that it was copied from. */
  readonly copiedFrom?: string;
  /** Number that the next order gets, from 1. */
  readonly nextNumber?: number;
  /** What happened to the round, oldest first. */
  readonly steps?: readonly RoundStep[];
  /** Why it was cancelled: `notReached`, or words of the organiser. */
  readonly cancelReason?: string;
  /** Households with a standing order. */
  readonly households: number;
  /** Portions in all standing orders. */
  readonly portions: number;
}

/** Something on sale in a round. */
export interface Item extends Row {
  readonly groupBuyId: string;
  readonly name: string;
  /** What one portion is counted in: `份`, `板`, `袋`. */
  readonly unit: string;
  /** What one portion holds: `一板 30 枚`. May be empty. */
  readonly contents: string;
  readonly pieces?: number;
  /** Weight of a portion in jin (1 斤 = 500 g). */
  readonly weightJin?: number;
  readonly priceFen: Fen;
  /** Priced by weight: fen a jin. `priceFen` is then the estimate for `weightJin`, and what is paid is settled by the scales. */
  readonly perJinFen?: Fen;
  /** Portions in the supplier's case. */
  readonly caseSize?: number;
  readonly origin?: string;
  readonly supplier?: string;
  readonly photoId?: string;
  /** Of a draft: residents do not see it yet. */
  readonly draft?: boolean;
  /** Never named in the public list. */
  readonly sensitive?: boolean;
  /** Portions that households wait for. Where it is above 0 everything is sold. */
  readonly waiting?: number;
  /** The queue's tickets, for the place of each who waits. */
  readonly queue?: Queue;
  /** Portions that came, as the organiser counted. */
  readonly arrived?: number;
  /** Portions that there are, and those in standing orders: never more than `stock`. */
  readonly stock: number;
  readonly sold: number;
  /** Portions that one household may order at most. */
  readonly perHousehold: number;
  /** Place in the round's list, from 0. */
  readonly position: number;
}

/**
 * Tickets of an item's waiting queue. `next` is the one that the next in gets, `head` the first that still waits (`next`
 * where nobody does), `gone` those behind the head that have left, ascending. Whoever holds ticket n is in place
 * 1 + (n − head) − (tickets gone below n).
 */
export interface Queue {
  readonly next: number;
  readonly head: number;
  readonly gone: readonly number[];
}

/** A line of an order, with name, unit and price as they were when it was ordered. */
export interface OrderLine {
  readonly itemId: string;
  readonly name: string;
  readonly unit: string;
  readonly quantity: number;
  readonly priceFen: Fen;
  readonly ifShort: IfShort;
  /** Portions that the household gets, where that was settled at arrival. Absent: all of `quantity`. */
  readonly got?: number;
  /** Why it is fewer: the facts of the sharing out. */
  readonly short?: ShareWhy;
  /** What is given in place of what came short. */
  readonly similar?: Similar;
  /** What the scales said for the whole line, and what it costs by them. */
  readonly weighed?: { readonly grams: number; readonly fen: Fen };
  /** What was given back on this line because it was spoiled or missing. */
  readonly allowanceFen?: Fen;
}

/** Something in place of portions that came short, never dearer than they. */
export interface Similar {
  readonly name: string;
  readonly unit: string;
  readonly quantity: number;
  readonly priceFen: Fen;
}

/** The facts by which a household can check its share of what came. */
export interface ShareWhy {
  /** Portions that came, that were ordered, and households that ordered them. */
  readonly arrived: number;
  readonly ordered: number;
  readonly households: number;
  /** This household's place in each turn, from 1. */
  readonly place: number;
  /** Whether it came before others because somebody there is to be looked after. */
  readonly first: boolean;
}

/** One entry of an order's history. `at` (epoch ms) is when it was done, not when it arrived. */
export interface OrderChange {
  readonly what: ChangeKind;
  readonly at: number;
  readonly personId?: string;
  /** What the order costs after it, and before it where there was an order. */
  readonly totalFen: Fen;
  readonly beforeFen?: Fen;
  /** What changed, item by item: portions before and after. */
  readonly lines?: readonly LineChange[];
}

/**
 * What made an order what it is: the household's own acts; `fromQueue`: a waiting place was served; `short`: the sharing
 * out at arrival; `similar`; `weighed`; `claim`: money back for what was spoiled or missing; `notReached` and
 * `roundCancelled`: the round did not come about.
 */
export type ChangeKind =
  | 'placed'
  | 'changed'
  | 'cancelled'
  | 'fromQueue'
  | 'short'
  | 'similar'
  | 'weighed'
  | 'claim'
  | 'notReached'
  | 'roundCancelled';

/** How many portions of an item an order held before and after a change. */
export interface LineChange {
  readonly itemId: string;
  readonly name: string;
  readonly unit: string;
  readonly before: number;
  readonly after: number;
}

/** Who entered the order: the household (or somebody who may act for it), or the organiser for it, and from what. */
export type OrderSource = 'chain' | 'phone' | 'inPerson';

/** Where a bag is carried to: the household's address when the round arrived. */
export interface BagAddress {
  readonly building: string;
  readonly unit: string;
  readonly floor: number;
  readonly room: string;
}

/** A bag handed over. `at` (epoch ms) is when it was done. */
export interface HandedOut {
  readonly at: number;
  readonly how: 'inPerson' | 'atDoor' | 'pickedUp';
  readonly personId?: string;
  readonly name?: string;
}

/** Why a bag was not handed over, or not whole. */
export type HandOutProblem = 'notAtHome' | 'wrongBag' | 'missingPiece';

/** A household's order in a round: one, by nature. A cancelled one keeps its lines, but they no longer count. */
export interface Order extends Row {
  readonly groupBuyId: string;
  readonly householdId: string;
  /** The household's building and door when it ordered, for sheets. Never typed. */
  readonly buildingId: string;
  readonly door: string;
  readonly state: 'placed' | 'cancelled';
  readonly lines: readonly OrderLine[];
  readonly totalFen: Fen;
  /** Id of the mutation that made it so: the same on phone and server. What a later change was `basedOn`. */
  readonly revision: string;
  /** The device of that mutation. */
  readonly changedBy: string;
  /** Epoch ms of arrival: of the order that stands, and of its last change. */
  readonly placedAt: number;
  readonly changedAt: number;
  /** The last changes, oldest first, at most `KEPT_CHANGES`. */
  readonly changes: readonly OrderChange[];
  /** Its number in the round: in the public list, on the label, on the sheet. Kept when the order changes. */
  readonly number?: number;
  readonly note?: string;
  readonly slotId?: string;
  /** The name that the public list shows, where the household wants one shown. */
  readonly listedAs?: string;
  /** Entered by the organiser, from what; absent where the household did it. `chainKey`: which line of a pasted list. */
  readonly source?: OrderSource;
  readonly chainKey?: string;
  /** 我付了, as the household says it: how much, when (epoch ms), and who said it. Not the same fact as `paidFen`. */
  readonly saidPaid?: SaidPaid;
  /** What the organiser has received and paid back, in all. Owed = totalFen − paidFen + refundedFen; below 0: owed to the household. */
  readonly paidFen?: Fen;
  readonly refundedFen?: Fen;
  /** Set when the round has arrived: from then on it is a bag. */
  readonly bag?: BagAddress;
  readonly handedOut?: HandedOut;
  readonly handOutProblem?: { readonly what: HandOutProblem; readonly at: number; readonly text?: string };
}

export interface SaidPaid {
  readonly fen: Fen;
  readonly at: number;
  readonly personId?: string;
}

export const groupBuy = entity<GroupBuy>('groupBuy');
export const item = entity<Item>('item', ['groupBuyId']);
export const order = entity<Order>('order', ['groupBuyId', 'householdId']);

/** @returns the id of the household's order in the round */
export function orderId(groupBuyId: string, householdId: string): string {
  return naturalKey(groupBuyId, householdId);
}

/** How many changes an order remembers. */
export const KEPT_CHANGES = 20;

import { entity, naturalKey } from '../../domain/entity.ts';
import type { Fen } from '../../domain/money.ts';
import type { Row } from '../../domain/entity.ts';

/** The life of a round. Whether an `open` one takes orders now is a question of time too: see `isOpen`. */
export type RoundState = 'draft' | 'open' | 'closed' | 'ordered' | 'arrived' | 'handingOut' | 'settled' | 'cancelled';

/** What becomes of a line that came short: leave it out, give something similar, ring and ask. */
export type IfShort = 'drop' | 'similar' | 'ask';

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
  /** Portions that there are, and those in standing orders: never more than `stock`. */
  readonly stock: number;
  readonly sold: number;
  /** Portions that one household may order at most. */
  readonly perHousehold: number;
  /** Place in the round's list, from 0. */
  readonly position: number;
}

/** A line of an order, with name, unit and price as they were when it was ordered. */
export interface OrderLine {
  readonly itemId: string;
  readonly name: string;
  readonly unit: string;
  readonly quantity: number;
  readonly priceFen: Fen;
  readonly ifShort: IfShort;
}

/** One entry of an order's history. `at` (epoch ms) is when it was done, not when it arrived. */
export interface OrderChange {
  readonly what: 'placed' | 'changed' | 'cancelled';
  readonly at: number;
  readonly personId?: string;
  readonly totalFen: Fen;
}

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

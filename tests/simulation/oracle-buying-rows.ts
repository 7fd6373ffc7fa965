import type { Row } from '../../src/domain/entity.ts';
import type { Rows } from './memory-tx.ts';

/** What the laws of buying together read of the rows: plain fields, none of the product's own types or rules. */
export interface Line {
  readonly itemId: string;
  readonly quantity: number;
  readonly priceFen: number;
  readonly got?: number;
  readonly short?: unknown;
  readonly weighed?: unknown;
  readonly similar?: unknown;
  readonly allowanceFen?: number;
}
export interface Order extends Row {
  readonly groupBuyId: string;
  readonly householdId: string;
  readonly state: string;
  readonly lines: readonly Line[];
  readonly totalFen: number;
  readonly paidFen?: number;
  readonly refundedFen?: number;
  readonly revision: string;
  readonly number?: number;
  readonly source?: string;
  readonly chainKey?: string;
  readonly bag?: { readonly building: string; readonly unit: string };
  readonly handedOut?: { readonly at: number };
}
export interface Goods extends Row {
  readonly groupBuyId: string;
  readonly priceFen: number;
  readonly perHousehold: number;
  readonly arrived?: number;
}
export interface Round extends Row {
  readonly state: string;
  readonly seed?: string;
  readonly share?: { readonly eldersFirst: boolean };
  readonly steps?: readonly { readonly state: string; readonly at: number }[];
}
export interface Place extends Row {
  readonly itemId: string;
  readonly ticket: number;
  readonly state: string;
  readonly servedQuantity: number;
}
export interface Entry extends Row {
  readonly groupBuyId: string;
  readonly householdId?: string;
  readonly kind: string;
  readonly of?: string;
}
export interface Claim extends Row {
  readonly groupBuyId: string;
  readonly householdId: string;
  readonly state: string;
}
export interface Refund extends Row {
  readonly askedBy?: string;
  readonly decidedBy?: string;
  readonly householdId: string;
  readonly state: string;
}
export interface Run extends Row {
  readonly groupBuyId: string;
  readonly building: string;
  readonly unit: string;
  readonly personId?: string;
  readonly ended?: boolean;
}
export interface Neighbour extends Row {
  readonly householdId?: string;
  readonly presence: string;
  readonly birthYear?: number;
  readonly needs: readonly string[];
}

/** All rows of an entity, as they are read here. */
export function allOf<R extends Row>(rows: Rows, entity: string): readonly R[] {
  return [...(rows.get(entity)?.values() ?? [])] as unknown as R[];
}

/** One row of an entity. */
export function oneOf<R extends Row>(rows: Rows, entity: string, id: string): R | undefined {
  return rows.get(entity)?.get(id) as unknown as R | undefined;
}

/** The rows as they are now, whatever becomes of them: rows are replaced, never changed. */
export function snapshot(rows: Rows, entities: readonly string[]): Rows {
  return new Map(entities.map((entity) => [entity, new Map(rows.get(entity))]));
}

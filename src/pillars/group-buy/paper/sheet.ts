import type { DeliverySlot, RoundState } from '../schema.ts';

/** What paper says of a round, whichever sheet it is. */
export interface PaperHead {
  readonly id: string;
  readonly title: string;
  readonly communityName: string;
  readonly state: RoundState;
  /** Epoch ms. */
  readonly closesAt: number;
  /** Epoch ms, by the server's clock: when it was counted. */
  readonly at: number;
}

/**
 * What goes to which door, in carrying order. Answer of `GET /api/desk/group-buys/:id/sheet`. Doors and goods only: neither
 * names nor numbers of people nor money. As long as nothing has arrived the numbers are what was ordered, afterwards what
 * each household gets.
 */
export interface SortingSheet extends PaperHead {
  readonly place?: string;
  readonly slots: readonly DeliverySlot[];
  readonly columns: readonly SheetColumn[];
  /** Portions by column, of all stairways together. */
  readonly totals: readonly number[];
  readonly stairways: readonly SheetStairway[];
}

/** A column: an item of the round, or something that is given in place of one. */
export interface SheetColumn {
  readonly name: string;
  readonly unit: string;
  /** Given in place of what came short. */
  readonly instead?: boolean;
  /** Not to be named where neighbours read it. */
  readonly sensitive?: boolean;
}

export interface SheetStairway {
  /** `3栋`, and the unit as a word: `1`. */
  readonly building: string;
  readonly unit: string;
  /** Portions by column. */
  readonly totals: readonly number[];
  readonly doors: readonly SheetDoor[];
}

/** An order's bag. */
export interface SheetDoor {
  readonly door: string;
  readonly floor: number;
  /** Its number in the round. */
  readonly number?: number;
  /** Portions by column. */
  readonly counts: readonly number[];
  readonly note?: string;
  readonly slotId?: string;
}

/** What the supplier is asked for. Answer of `GET /api/desk/group-buys/:id/supplier`. */
export interface SupplierSheet extends PaperHead {
  readonly suppliers: readonly SupplierPart[];
}

/** The items of one supplier, in the round's order. */
export interface SupplierPart {
  /** Absent: nobody said whose they are. */
  readonly supplier?: string;
  readonly items: readonly SupplierItem[];
}

export interface SupplierItem {
  readonly name: string;
  readonly unit: string;
  readonly contents: string;
  readonly caseSize?: number;
  readonly weightJin?: number;
  /** Portions in standing orders, and the households that ordered them. */
  readonly ordered: number;
  readonly households: number;
  /** Portions that households wait for beyond those. */
  readonly waiting: number;
  /** Portions that came, once they were counted. */
  readonly arrived?: number;
}

/** @returns whole cases and the portions beside them; no cases where the case is not known */
export function casesOf({ ordered, caseSize }: Pick<SupplierItem, 'ordered' | 'caseSize'>): {
  readonly cases: number;
  readonly loose: number;
} {
  if (caseSize === undefined || caseSize < 2) return { cases: 0, loose: ordered };
  return { cases: Math.floor(ordered / caseSize), loose: ordered % caseSize };
}

/** @returns the sums of each column */
export function summed(rows: readonly { readonly counts: readonly number[] }[], columns: number): readonly number[] {
  const sums = new Array<number>(columns).fill(0);
  for (const { counts } of rows) for (const [column, count] of counts.entries()) sums[column]! += count;
  return sums;
}

/** Whether numbers may still change: orders are still taken, or what comes is not counted yet. */
export function isPreliminary({ state }: Pick<PaperHead, 'state'>): 'ordering' | 'notArrived' | false {
  if (state === 'draft' || state === 'open') return 'ordering';
  return state === 'closed' || state === 'ordered' ? 'notArrived' : false;
}

/** @returns what names a stairway among those of a round */
export const stairwayKey = ({ building, unit }: Pick<SheetStairway, 'building' | 'unit'>): string =>
  `${building}/${unit}`;

import type { GroupBuy, Item, OrderSource } from '../schema.ts';

/** Of something on sale, what reading a list needs. */
export type ChainGood = Pick<Item, 'id' | 'name' | 'unit' | 'perHousehold' | 'position'>;

/** Of a household, what finding its door needs. `share` tells tenants behind one door apart (`甲`). */
export interface ChainDoor {
  readonly householdId: string;
  /** `3-2-501` */
  readonly door: string;
  /** `3栋` */
  readonly building: string;
  readonly unit: string;
  readonly room: string;
  readonly share?: string | null;
  readonly vacant?: boolean;
}

/** Why somebody has to look at a part of an entry before anything is ordered from it. */
export type EntryDoubt =
  | 'noDoor'
  | 'unknownDoor'
  | 'whichDoor'
  | 'twoDoors'
  | 'vacantDoor'
  | 'doorTwice'
  | 'noGoods'
  | 'unread'
  | 'cancels'
  | 'tooLong';

/** `like`: a name that is only near; `whose`: the number may belong to the goods next to it. */
export type LineDoubt =
  'unknownGoods' | 'whichGoods' | 'like' | 'quantity' | 'noQuantity' | 'unit' | 'overLimit' | 'twice' | 'whose';

/** Goods and portions as they were read. `quantity` is a whole number from 1, or absent. */
export interface ChainLine {
  /** As it was written. */
  readonly text: string;
  readonly itemId?: string;
  readonly quantity?: number;
  /** What else it may be, the likeliest first; holds `itemId` where there is one. */
  readonly candidates: readonly string[];
  readonly doubts: readonly LineDoubt[];
}

/** One entry of a pasted list. */
export interface ChainEntry {
  /** Line of the text where it begins, from 1. */
  readonly line: number;
  /** Its number in the list, where it has one. */
  readonly number?: number;
  /** As it was written, in one line. */
  readonly text: string;
  readonly householdId?: string;
  /** What else the door may be. */
  readonly doors: readonly string[];
  /** How the door was written. */
  readonly doorText?: string;
  readonly name?: string;
  readonly lines: readonly ChainLine[];
  readonly note?: string;
  readonly doubts: readonly EntryDoubt[];
}

/** A text that was read. `skipped`: lines taken for a heading or an example. */
export interface ChainText {
  readonly entries: readonly ChainEntry[];
  readonly skipped: readonly { readonly line: number; readonly text: string }[];
}

/** What stands at a door in a round. `own`: the household (or its helper) ordered by itself. */
export interface DoorStands {
  readonly state: 'placed' | 'cancelled';
  readonly own: boolean;
  readonly source?: OrderSource | null;
  readonly chainKey?: string | null;
  readonly note?: string | null;
  readonly slotId?: string | null;
  readonly lines: readonly {
    readonly itemId: string;
    readonly name: string;
    readonly unit: string;
    readonly quantity: number;
  }[];
}

/** Answer of `GET /api/desk/group-buys/:id/doors`: every door, and what is ordered there. In carrying order. */
export interface RoundDoors {
  readonly id: string;
  readonly doors: readonly (ChainDoor & { readonly floor: number; readonly order?: DoorStands })[];
}

/** An order in the public list. Never a door; a name where the household wants one; nothing sensitive. */
export interface PublicEntry {
  readonly number: number | null;
  /** `3栋` */
  readonly building: string;
  readonly name?: string | null;
  readonly portions: number;
  readonly goods: readonly { readonly name: string; readonly unit: string; readonly quantity: number }[];
}

/** Answer of `GET /api/desk/group-buys/:id/chain`: 接龙 as everybody may see it, by number. */
export type PublicChain = Pick<GroupBuy, 'id' | 'title'> & { readonly entries: readonly PublicEntry[] };

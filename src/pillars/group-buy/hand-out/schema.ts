import { entity, naturalKey } from '../../../domain/entity.ts';
import { MINUTE_MS } from '../../../domain/day.ts';
import type { Row } from '../../../domain/entity.ts';
import type { BagAddress, HandedOut, Order } from '../schema.ts';

/** A stairway of a round to be carried: a volunteer takes it whole. Made when handing out begins. */
export interface HandOutRun extends Row {
  readonly groupBuyId: string;
  /** `3栋`, and the unit as a word: `1`. */
  readonly building: string;
  readonly unit: string;
  /** Place in carrying order. */
  readonly position: number;
  /** Doors with a bag. */
  readonly doors: number;
  /** Who carries it; absent while it is free. */
  readonly personId?: string;
  readonly personName?: string;
  /** Epoch ms. */
  readonly takenAt?: number;
  /** Doors whose bags were handed over, as the server counts. */
  readonly done: number;
  /** Handing out is over: whoever carried it no longer sees its doors. */
  readonly ended?: boolean;
}

/**
 * A bag as its volunteer sees it: where it goes and what is in it, neither price nor person. Shown of an order that has
 * arrived to whoever has taken its stairway; never stored.
 */
export interface Bag extends Row {
  readonly groupBuyId: string;
  readonly householdId: string;
  readonly number?: number;
  readonly door: string;
  readonly address: BagAddress;
  readonly contents: readonly { readonly name: string; readonly unit: string; readonly quantity: number }[];
  readonly note?: string;
  readonly slotId?: string;
  readonly handedOut?: HandedOut;
  readonly problem?: Order['handOutProblem'];
}

export const handOutRun = entity<HandOutRun>('handOutRun', ['groupBuyId', 'personId']);
export const bag = entity<Bag>('bag', ['groupBuyId']);

/** @returns the id of a stairway in a round */
export const handOutRunId = (groupBuyId: string, { building, unit }: Pick<BagAddress, 'building' | 'unit'>): string =>
  naturalKey(groupBuyId, building, unit);

/** So long a hand-over (or what hindered it) can be undone, by the times at which the person did both. */
export const UNDO_HAND_OUT_MS = 10 * MINUTE_MS;

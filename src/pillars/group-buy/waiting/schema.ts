import * as v from 'valibot';
import { entity, naturalKey } from '../../../domain/entity.ts';
import { id } from '../../../people/schema.ts';
import { limits, whole } from '../args.ts';
import type { Row } from '../../../domain/entity.ts';
import type { IfShort } from '../schema.ts';

/** 有货给我留: a household's place in the queue for an item that is sold out. One per household and item, by nature. */
export interface WaitingPlace extends Row {
  readonly groupBuyId: string;
  readonly itemId: string;
  readonly householdId: string;
  /** Portions still waited for; 0 where the place has ended. */
  readonly quantity: number;
  readonly ifShort: IfShort;
  /** The ticket in the item's queue (see `Queue`): who came earlier has the lower one. */
  readonly ticket: number;
  /** `served`: the order holds them now; `left`: taken back by the household; `over`: the round closed first. */
  readonly state: 'waiting' | 'served' | 'left' | 'over';
  /** Portions that came to the order out of this place. */
  readonly servedQuantity: number;
  /** Epoch ms: when it was asked for (arrival), and when it last changed. */
  readonly since: number;
  readonly changedAt: number;
  readonly personId?: string;
}

export const waitingPlace = entity<WaitingPlace>('waitingPlace', ['groupBuyId', 'itemId', 'householdId']);

/** @returns the id of the household's place in the item's queue */
export const waitingPlaceId = (itemId: string, householdId: string): string => naturalKey(itemId, householdId);

export const waitArgs = v.object({
  groupBuyId: id,
  itemId: id,
  householdId: id,
  quantity: whole(1, limits.quantity),
  ifShort: v.picklist(['drop', 'similar', 'ask']),
});
export type WaitArgs = v.InferOutput<typeof waitArgs>;

export const leaveQueueArgs = v.object({ groupBuyId: id, itemId: id, householdId: id });
export type LeaveQueueArgs = v.InferOutput<typeof leaveQueueArgs>;

import { entity, naturalKey } from '../../../domain/entity.ts';
import type { Row } from '../../../domain/entity.ts';
import type { Fen } from '../../../domain/money.ts';
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
  /** Item and ticket as one word while it waits (see `turnOf`), so that whose turn it is can be asked; absent once it has ended. */
  readonly turn?: string;
  /** Price of a portion when the place was asked for: what is served never costs more. */
  readonly priceFen?: Fen;
  /** `served`: the order holds them now; `left`: taken back by the household; `over`: the round closed first. */
  readonly state: 'waiting' | 'served' | 'left' | 'over';
  /** Portions that came to the order out of this place. */
  readonly servedQuantity: number;
  /** Epoch ms: when it was asked for (arrival), and when it last changed. */
  readonly since: number;
  readonly changedAt: number;
  readonly personId?: string;
}

export const waitingPlace = entity<WaitingPlace>('waitingPlace', ['groupBuyId', 'itemId', 'householdId', 'turn']);

/** @returns the id of the household's place in the item's queue */
export const waitingPlaceId = (itemId: string, householdId: string): string => naturalKey(itemId, householdId);

/** @returns the word by which the place that holds this ticket of the item is found */
export const turnOf = (itemId: string, ticket: number): string => naturalKey(itemId, String(ticket));

import { emptied, queueOf, without } from './rules.ts';
import { item as itemEntity } from '../schema.ts';
import { placeEnded } from './turns.ts';
import { waitingPlace } from './schema.ts';
import type { Item } from '../schema.ts';
import type { Tx } from '../../../domain/tx.ts';
import type { WaitingPlace } from './schema.ts';

/** The item without the place in its queue. */
export function itemWithout(item: Item, place: WaitingPlace): Item {
  return {
    ...item,
    waiting: Math.max(0, (item.waiting ?? 0) - place.quantity),
    queue: without(queueOf(item), place.ticket),
  };
}

/**
 * Ends the household's place in the item's queue, where it has one.
 * @returns the item with its new counts, for the caller to store
 */
export async function leaveIfWaiting(tx: Tx, item: Item, householdId: string, now: number): Promise<Item> {
  if ((item.waiting ?? 0) === 0) return item;
  const places = await tx.list(waitingPlace, 'householdId', householdId);
  const place = places.find((one) => one.itemId === item.id && one.state === 'waiting');
  if (place === undefined) return item;
  await tx.put(waitingPlace, placeEnded(place, 'left', now));
  return itemWithout(item, place);
}

/** The round takes no more orders: everybody who waits has waited for nothing. Stores places and items; read items after it. */
export async function closeQueues(tx: Tx, groupBuyId: string, now: number): Promise<void> {
  const [items, places] = await Promise.all([
    tx.list(itemEntity, 'groupBuyId', groupBuyId),
    tx.list(waitingPlace, 'groupBuyId', groupBuyId),
  ]);
  for (const one of items) {
    if ((one.waiting ?? 0) > 0) await tx.put(itemEntity, { ...one, waiting: 0, queue: emptied(queueOf(one)) });
  }
  for (const place of places) {
    if (place.state === 'waiting') await tx.put(waitingPlace, placeEnded(place, 'over', now));
  }
}

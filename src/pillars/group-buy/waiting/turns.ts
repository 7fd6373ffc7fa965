import type { Item, OrderLine } from '../schema.ts';
import type { WaitingPlace } from './schema.ts';

/** Portions of an item that go to whoever's turn it is. */
export interface Turn {
  readonly item: Item;
  readonly place: WaitingPlace;
  /** From 1 to what the place waits for. */
  readonly given: number;
}

/** The place after its turn: whoever got only a part waits on, in the same place. */
export function placeServed({ place, given }: Turn, now: number): WaitingPlace {
  const quantity = place.quantity - given;
  return {
    ...place,
    quantity,
    servedQuantity: place.servedQuantity + given,
    state: quantity === 0 ? 'served' : 'waiting',
    turn: quantity === 0 ? undefined : place.turn,
    changedAt: now,
  };
}

/** The place ended by the household (`left`), or by the end of the round (`over`). */
export function placeEnded(place: WaitingPlace, state: 'left' | 'over', now: number): WaitingPlace {
  return { ...place, quantity: 0, state, turn: undefined, changedAt: now };
}

/**
 * An order's lines with what the queue brought. Nobody is asked at that moment, so nothing gets dearer than what the
 * household knew: the line costs the least of the item's price, its own, and the price at which the place was asked for.
 */
export function withServed(lines: readonly OrderLine[], turns: readonly Turn[]): OrderLine[] {
  const after = new Map(lines.map((line) => [line.itemId, line]));
  for (const { item, place, given } of turns) {
    const line = after.get(item.id);
    const known = Math.min(item.priceFen, place.priceFen ?? item.priceFen);
    after.set(item.id, {
      itemId: item.id,
      name: item.name,
      unit: item.unit,
      ifShort: place.ifShort,
      ...line,
      quantity: (line?.quantity ?? 0) + given,
      priceFen: Math.min(known, line?.priceFen ?? known),
    });
  }
  return [...after.values()];
}

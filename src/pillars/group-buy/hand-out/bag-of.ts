import type { BagAddress, Order } from '../schema.ts';
import type { Bag } from './schema.ts';

/** The order as the volunteer who carries it sees it: what came, and what was given in its place; no money, no person. */
export function bagOf(order: Order, address: BagAddress): Bag {
  const { id, groupBuyId, householdId, number, door, note, slotId, handedOut, handOutProblem } = order;
  const contents = order.lines.flatMap(({ name, unit, quantity, got, similar }) => [
    { name, unit, quantity: got ?? quantity },
    ...(similar === undefined ? [] : [{ name: similar.name, unit: similar.unit, quantity: similar.quantity }]),
  ]);
  return {
    id,
    groupBuyId,
    householdId,
    door,
    address,
    contents: contents.filter((one) => one.quantity > 0),
    ...(number !== undefined && { number }),
    ...(note !== undefined && { note }),
    ...(slotId !== undefined && { slotId }),
    ...(handedOut !== undefined && { handedOut }),
    ...(handOutProblem !== undefined && { problem: handOutProblem }),
  };
}

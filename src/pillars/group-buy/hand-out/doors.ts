import { byNumber, inCarryingOrder } from './carrying-order.ts';
import { isCarried, isFetched } from './rules.ts';
import type { Bag } from './schema.ts';
import type { GroupBuy } from '../schema.ts';

/** What stands behind one door: bags of every household there, carried together. */
export interface BagDoor {
  /** The same as long as the door is. */
  readonly key: string;
  /** How people say it: `3-2-501`; of several households each: `3-2-501甲、3-2-501乙`. */
  readonly door: string;
  readonly bags: readonly Bag[];
}

/** Bags by door, in carrying order; those with nothing in them are none. */
export function doorsOf(bags: readonly Bag[]): BagDoor[] {
  const doors = new Map<string, Bag[]>();
  for (const bag of [...bags].sort(asCarried)) {
    if (bag.contents.length === 0) continue;
    const { building, unit, floor, room } = bag.address;
    const key = [building, unit, floor, room].join('/');
    doors.set(key, [...(doors.get(key) ?? []), bag]);
  }
  return [...doors].map(([key, there]) => ({ key, door: there.map(({ door }) => door).join('、'), bags: there }));
}

function asCarried(one: Bag, other: Bag): number {
  return inCarryingOrder(one.address, other.address) || byNumber(one.door, other.door);
}

/** The bags that are brought, and those that their households fetch. */
export function sortedOut(
  round: Pick<GroupBuy, 'slots'> | undefined,
  bags: readonly Bag[],
): { readonly carried: readonly Bag[]; readonly fetched: readonly Bag[] } {
  return {
    carried: bags.filter((bag) => isCarried(round, bag)),
    fetched: bags.filter((bag) => bag.contents.length > 0 && isFetched(round, bag)),
  };
}

export const isDone = (bag: Bag): boolean => bag.handedOut !== undefined;

/** Whether nothing of the door's is left to be handed over. */
export const isDoorDone = ({ bags }: BagDoor): boolean => bags.every(isDone);

import type { BagAddress } from '../schema.ts';

/** A stairway: `3栋`, and the unit as a word. */
export type Stairway = Pick<BagAddress, 'building' | 'unit'>;

/** 2 before 10, `2A` before `2B`, 甲 before 乙 as the dictionary has it. */
const collator = new Intl.Collator('zh', { numeric: true });

/** Orders doors, units and rooms as people count them. */
export function byNumber(one: string, other: string): number {
  return collator.compare(one, other);
}

/** Orders stairways as one walks past them: building by building, unit by unit. */
export function byStairway(one: Stairway, other: Stairway): number {
  return byNumber(one.building, other.building) || byNumber(one.unit, other.unit);
}

/**
 * The order in which bags are carried and sheets are sorted: stairway by stairway, in each the top floor first (one rides
 * up and walks down, and the load grows lighter), on a floor room by room.
 */
export function inCarryingOrder(one: BagAddress, other: BagAddress): number {
  return byStairway(one, other) || other.floor - one.floor || byNumber(one.room, other.room);
}

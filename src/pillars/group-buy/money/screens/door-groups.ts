import { groupBy } from '../../../../domain/group-by.ts';
import { moneySections, sectionOf } from '../money-view.ts';
import type { DoorMoney, MoneySection } from '../money-view.ts';

/** Doors that stand alike, by building. */
export interface DoorSection {
  readonly name: MoneySection;
  /** How many of them stand so now. */
  readonly count: number;
  readonly groups: readonly { readonly building: string; readonly doors: readonly DoorMoney[] }[];
}

/**
 * @param doors in carrying order within each section
 * @param placeOf where a door stands on the screen
 * @returns the sections that have any, what wants looking at first
 */
export function doorGroups(
  doors: readonly DoorMoney[],
  placeOf: (door: DoorMoney) => MoneySection = sectionOf,
): DoorSection[] {
  const bySection = groupBy(doors, placeOf);
  return moneySections.flatMap((name) => {
    const those = bySection.get(name) ?? [];
    if (those.length === 0) return [];
    const byBuilding = groupBy(those, (door) => door.building);
    const groups = [...byBuilding].map(([building, found]) => ({ building, doors: found }));
    return [{ name, count: those.filter((door) => sectionOf(door) === name).length, groups }];
  });
}

/**
 * Where doors stand while a screen is open: one that has become even stays where it was, or the next door would move under the
 * finger of whoever goes down the list.
 */
export function steadyPlaces(): (door: DoorMoney) => MoneySection {
  const places = new Map<string, MoneySection>();
  return (door) => {
    const now = sectionOf(door);
    const place = now === 'even' ? (places.get(door.householdId) ?? now) : now;
    places.set(door.householdId, place);
    return place;
  };
}

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

/** Where doors stand on a screen, and in which order. */
interface Places {
  placeOf(door: DoorMoney): MoneySection;
  inOrder(doors: readonly DoorMoney[]): readonly DoorMoney[];
}

const asTheyCome: Places = { placeOf: sectionOf, inOrder: (doors) => doors };

/**
 * @param doors in carrying order within each section
 * @returns the sections that have any, what wants looking at first
 */
export function doorGroups(doors: readonly DoorMoney[], places: Places = asTheyCome): DoorSection[] {
  const bySection = groupBy(places.inOrder(doors), places.placeOf);
  return moneySections.flatMap((name) => {
    const those = bySection.get(name) ?? [];
    if (those.length === 0) return [];
    const byBuilding = groupBy(those, (door) => door.building);
    const groups = [...byBuilding].map(([building, found]) => ({ building, doors: found }));
    return [{ name, count: those.filter((door) => sectionOf(door) === name).length, groups }];
  });
}

/**
 * The places of doors while a screen is open: one that has become even stays where it was, or the next door would move under
 * the finger of whoever goes down the list.
 */
export function steadyPlaces(): Places {
  const sections = new Map<string, MoneySection>();
  const ranks = new Map<string, number>();
  return {
    placeOf(door) {
      const now = sectionOf(door);
      const place = now === 'even' ? (sections.get(door.householdId) ?? now) : now;
      sections.set(door.householdId, place);
      return place;
    },
    inOrder(doors) {
      for (const { householdId } of doors) if (!ranks.has(householdId)) ranks.set(householdId, ranks.size);
      return [...doors].sort((a, b) => ranks.get(a.householdId)! - ranks.get(b.householdId)!);
    },
  };
}

import { holding, isAnswer, isAnswered } from './rules.ts';
import { FINDINGS } from './schema.ts';
import type { DoorFinding, Finding, OpenDoor, Sweep, SweepReport } from './schema.ts';

/** A door with all that was found at it so far. */
export interface SheetDoor extends OpenDoor {
  readonly findings: readonly DoorFinding[];
}

/** The doors on one stairway, in the order in which one carries: from the top floor down, rooms by their number. */
export interface Stairway {
  readonly building: string;
  readonly unit: string;
  readonly doors: readonly SheetDoor[];
  readonly answered: number;
}

/** Sorts doors onto their stairways: buildings in their order, units by number, every door once. */
export function stairwaysOf(doors: readonly SheetDoor[]): readonly Stairway[] {
  const stairways = new Map<string, SheetDoor[]>();
  for (const door of [...doors].sort(inCarryingOrder)) {
    const key = stairwayKey(door);
    const known = stairways.get(key);
    if (known) known.push(door);
    else stairways.set(key, [door]);
  }
  return [...stairways.values()].map((on) => ({
    building: on[0]!.building,
    unit: on[0]!.unit,
    doors: on,
    answered: on.filter((door) => isAnswered(door.findings)).length,
  }));
}

/** Tells stairways apart. */
export function stairwayKey({ building, unit }: { readonly building: string; readonly unit: string }): string {
  return `${building}/${unit}`;
}

/** Tries at a door that answered for nothing. */
export function triesAt(findings: readonly DoorFinding[]): number {
  return findings.filter((one) => !isAnswer(one.finding)).length;
}

/**
 * How far a sweep is.
 * @param doors those that the reader answers for
 * @param at epoch ms
 */
export function reportOf(sweep: Sweep, doors: readonly SheetDoor[], at: number): SweepReport {
  const held = doors.flatMap((door) => holding(door.findings) ?? []);
  const count = (finding: Finding): number => held.filter((one) => one.finding === finding).length;
  return {
    sweep,
    at,
    doors: doors.length,
    answered: doors.filter((door) => isAnswered(door.findings)).length,
    findings: Object.fromEntries(FINDINGS.map((finding) => [finding, count(finding)])) as Record<Finding, number>,
    people: held.reduce((sum, one) => sum + (one.people ?? 0), 0),
    yes: held.filter((one) => one.yes).length,
    stairways: stairwaysOf(doors).map(({ building, unit, doors: on, answered }) => ({
      building,
      unit,
      doors: on.length,
      answered,
      open: on
        .filter((door) => !isAnswered(door.findings))
        .map(({ householdId, door, floor, room, findings }) => ({
          householdId,
          door,
          floor,
          room,
          tries: triesAt(findings),
        })),
    })),
  };
}

function inCarryingOrder(one: SheetDoor, other: SheetDoor): number {
  return (
    one.position - other.position ||
    one.building.localeCompare(other.building, 'zh') ||
    byNumber(one.unit, other.unit) ||
    other.floor - one.floor ||
    byNumber(one.room, other.room) ||
    one.door.localeCompare(other.door, 'zh')
  );
}

function byNumber(one: string, other: string): number {
  return (Number(one) || 0) - (Number(other) || 0) || one.localeCompare(other, 'zh');
}

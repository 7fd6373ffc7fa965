import { groupBy } from '../../../domain/group-by.ts';
import { MINUTE_MS } from '../../../domain/day.ts';
import { dueTime } from '../rules.ts';
import { callOf } from './call-of.ts';
import { byNumber } from './in-order.ts';
import { ranked } from './ranking.ts';
import { MAX_CALLS } from './schema.ts';
import { standingDoors } from './standing-door.ts';
import type { Building } from '../../../people/schema.ts';
import type { CoverageGround, DoorFollowUp } from './ground.ts';
import type { BuildingCoverage, Counts, Coverage, DoorCall, DoorSquare, DoorState } from './schema.ts';
import type { StandingDoor } from './standing-door.ts';

/**
 * Reckons a day's coverage: every door once, those to call with the reason, the most pressing first.
 *
 * A past day is shown as it was: who lived where and where they were on it, what was said of it, what was tried. Which
 * mode the community was in then is not kept: the mode it is in now is taken for the past too (an emergency until its
 * last day), and so are today's buildings, grids and due times.
 */
export function coverageOf(ground: CoverageGround): Coverage {
  return coverageOfDoors(ground, standingDoors(ground));
}

/** As `coverageOf`, of doors that stand already. */
export function coverageOfDoors(ground: CoverageGround, doors: readonly StandingDoor[]): Coverage {
  const calls = doors.map((door) => callOf(ground, door)).filter((call): call is DoorCall => call !== undefined);
  return {
    day: ground.day,
    slot: ground.slot,
    dueAt: dueTime(ground.community, ground.day, ground.slot),
    at: ground.now,
    grids: ground.asker.grids,
    counts: countsOf(doors),
    buildings: buildingsOf(ground, doors),
    calls: ranked(calls, ground.now, ground.asker.personId).slice(0, MAX_CALLS),
    callsInAll: calls.length,
    contactMinutes: contactMinutes(ground.followUps.filter((one) => one.day === ground.day)),
  };
}

/** The buildings that have a door among these, in their order. */
export function buildingsOf(ground: CoverageGround, doors: readonly StandingDoor[]): readonly BuildingCoverage[] {
  const inBuilding = groupBy(doors, (one) => one.door.buildingId);
  return ground.buildings
    .filter((building) => inBuilding.has(building.id))
    .toSorted((one, other) => one.position - other.position)
    .map((building) => buildingOf(building, inBuilding.get(building.id) ?? []));
}

/** Minutes from an alert to the first contact that reached somebody, in the middle of those that had one. */
export function contactMinutes(followUps: readonly DoorFollowUp[]): number | undefined {
  const waits = followUps
    .flatMap(({ level, openedAt, firstContactAt }) =>
      level === 'alert' && firstContactAt != null ? [Math.max(0, firstContactAt - openedAt) / MINUTE_MS] : [],
    )
    .sort((one, other) => one - other);
  const middle = waits.length / 2;
  const [low, high] = [waits[Math.ceil(middle) - 1], waits[Math.floor(middle)]];
  return low === undefined || high === undefined ? undefined : Math.round((low + high) / 2);
}

/** Doors by how they stand. */
export function countsOf(doors: readonly { readonly state: DoorState }[]): Counts {
  const counts: Record<DoorState, number> = {
    alert: 0,
    watch: 0,
    missing: 0,
    observed: 0,
    done: 0,
    away: 0,
    notAsked: 0,
    vacant: 0,
  };
  for (const { state } of doors) counts[state] += 1;
  return { ...counts, doors: doors.length };
}

function buildingOf({ id, name }: Pick<Building, 'id' | 'name'>, doors: readonly StandingDoor[]): BuildingCoverage {
  const squares = doors
    .map(squareOf)
    .sort(
      (one, other) =>
        byNumber(one.unit, other.unit) ||
        other.floor - one.floor ||
        byNumber(one.room, other.room) ||
        byNumber(one.door, other.door),
    );
  const units = [...groupBy(squares, (square) => square.unit)].map(([unit, inUnit]) => ({
    unit,
    counts: countsOf(inUnit),
  }));
  return { id, name, counts: countsOf(squares), units, squares };
}

function squareOf({ door, state, observedDay }: StandingDoor): DoorSquare {
  return {
    householdId: door.id,
    unit: door.unit,
    floor: door.floor,
    room: door.room,
    door: door.door,
    state,
    ...(observedDay !== undefined && { observedDay }),
  };
}

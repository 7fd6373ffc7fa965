import { belongs } from '../../people/rules.ts';
import { ageOn, daysBetween, doorState, dueTime, isAsked, standing } from './rules.ts';
import type { Day } from '../../domain/day.ts';
import type { Building, Community, Household, Person, Slot } from '../../people/schema.ts';
import type {
  BuildingCoverage,
  Call,
  CallPerson,
  CallReason,
  CheckIn,
  Counts,
  Coverage,
  DoorSquare,
  DoorState,
} from './schema.ts';

/** An answer, as far as coverage needs it. */
export type Heard = Pick<
  CheckIn,
  'personId' | 'householdId' | 'slot' | 'level' | 'symptoms' | 'needs' | 'temperatureC' | 'happenedAt'
>;

/** A door, with the last day before this one on which anybody behind it was heard of. */
export type Door = Pick<Household, 'id' | 'buildingId' | 'unit' | 'floor' | 'room' | 'door' | 'vacant'> & {
  readonly lastHeard?: Day | null;
};

export interface CoverageGround {
  readonly community: Pick<Community, 'mode' | 'modeUntil' | 'dueAt'>;
  readonly day: Day;
  readonly slot: Slot;
  readonly now: number;
  readonly grids: readonly string[];
  readonly buildings: readonly Pick<Building, 'id' | 'name' | 'position'>[];
  readonly doors: readonly Door[];
  readonly persons: readonly Person[];
  readonly heard: readonly Heard[];
}

/** From this age on a person not heard of is called first (高龄 in the benefits of most provinces). */
const VERY_OLD = 80;
const needReason: Readonly<Record<string, CallReason>> = {
  medicine: 'needsMedicine',
  visit: 'needsVisit',
  food: 'needsFood',
  talk: 'needsTalk',
};
/** How much each reason presses. Only the order matters. */
const weight: Readonly<Record<CallReason, number>> = {
  needsFood: 60,
  needsVisit: 50,
  livesAlone: 40,
  over80: 30,
  needsMedicine: 30,
  limitedMobility: 20,
  chronic: 20,
  disabled: 15,
  pregnant: 15,
  needsTalk: 10,
  neverHeard: 1,
};
const stateWeight = { alert: 10_000, watch: 1_000, missing: 0 } as const;

/** Reckons a day's coverage: every door once, those to call with the reason, the most pressing first. */
export function coverageOf(ground: CoverageGround): Coverage {
  const persons = grouped(ground.persons.filter(belongs), (person) => person.householdId);
  const heard = grouped(ground.heard, (answer) => answer.householdId);
  const squares = new Map<string, DoorSquare[]>();
  const calls: Call[] = [];
  for (const door of ground.doors) {
    const living = persons.get(door.id) ?? [];
    const said = heard.get(door.id) ?? [];
    const state = stateOf(ground, door, living, said);
    const square = {
      householdId: door.id,
      unit: door.unit,
      floor: door.floor,
      room: door.room,
      door: door.door,
      state,
    };
    const inBuilding = squares.get(door.buildingId);
    if (inBuilding) inBuilding.push(square);
    else squares.set(door.buildingId, [square]);
    if (state === 'alert' || state === 'watch' || state === 'missing') {
      calls.push(callOf(ground, door, state, living, said));
    }
  }
  const buildings = ground.buildings
    .filter((building) => squares.has(building.id))
    .toSorted((one, other) => one.position - other.position)
    .map((building) => buildingOf(building, squares.get(building.id) ?? []));
  return {
    day: ground.day,
    slot: ground.slot,
    dueAt: dueTime(ground.community, ground.day, ground.slot),
    at: ground.now,
    grids: ground.grids,
    counts: count(buildings.flatMap((building) => building.squares)),
    buildings,
    calls: calls.toSorted((one, other) => pressing(other) - pressing(one) || one.door.localeCompare(other.door, 'zh')),
  };
}

/** A door whose people are well but asked for something is not done yet. */
function stateOf(ground: CoverageGround, door: Door, living: readonly Person[], said: readonly Heard[]): DoorState {
  if (door.vacant) return 'vacant';
  const state = doorState(ground.community, living, said, ground.day, ground.slot);
  const asksForMore = said.some((answer) => answer.needs.length > 0);
  return asksForMore && state !== 'alert' && state !== 'missing' ? 'watch' : state;
}

function buildingOf(building: Pick<Building, 'id' | 'name'>, squares: readonly DoorSquare[]): BuildingCoverage {
  const inOrder = squares.toSorted(
    (one, other) => byNumber(one.unit, other.unit) || other.floor - one.floor || byNumber(one.room, other.room),
  );
  return { id: building.id, name: building.name, counts: count(squares), squares: inOrder };
}

function count(squares: readonly DoorSquare[]): Counts {
  const counts: Record<DoorState, number> = {
    alert: 0,
    watch: 0,
    missing: 0,
    done: 0,
    away: 0,
    notAsked: 0,
    vacant: 0,
  };
  for (const square of squares) counts[square.state] += 1;
  return { ...counts, doors: squares.length };
}

function callOf(
  ground: CoverageGround,
  door: Door,
  state: Call['state'],
  living: readonly Person[],
  said: readonly Heard[],
): Call {
  const people = living.map((person) => callPerson(ground, person, said));
  const concerned = people.filter((one) =>
    state === 'missing' ? one.asked && !one.answered : one.level !== 'ok' || one.needs.length > 0,
  );
  const reasons = new Set<CallReason>();
  for (const one of concerned) {
    for (const need of one.needs) {
      const reason = needReason[need];
      if (reason) reasons.add(reason);
    }
    for (const need of living.find((person) => person.id === one.id)?.needs ?? []) reasons.add(need);
    if ((one.age ?? 0) >= VERY_OLD) reasons.add('over80');
  }
  if (state === 'missing' && !door.lastHeard) reasons.add('neverHeard');
  return {
    householdId: door.id,
    door: door.door,
    state,
    reasons: [...reasons].sort((one, other) => weight[other] - weight[one]),
    silentDays: door.lastHeard ? daysBetween(door.lastHeard, ground.day) : undefined,
    persons: [...concerned, ...people.filter((one) => !concerned.includes(one))],
  };
}

function callPerson(ground: CoverageGround, person: Person, said: readonly Heard[]): CallPerson {
  const own = said.filter((answer) => answer.personId === person.id);
  const holds = standing(own);
  const unwell = holds !== undefined && holds.level !== 'ok' ? holds : undefined;
  return {
    id: person.id,
    name: person.name,
    age: ageOn(person, ground.day),
    phone: person.phone ?? undefined,
    asked: isAsked(ground.community, person, ground.day),
    answered: own.some((answer) => answer.slot === ground.slot),
    level: holds?.level ?? 'ok',
    symptoms: unwell?.symptoms ?? [],
    needs: holds?.needs ?? [],
    temperatureC: unwell?.temperatureC ?? undefined,
  };
}

function pressing(call: Call): number {
  const reasons = call.reasons.reduce((sum, reason) => sum + weight[reason], 0);
  const silence = call.state === 'missing' ? Math.max(0, Math.min(call.silentDays ?? 0, 7) - 1) * 10 : 0;
  return stateWeight[call.state] + reasons + silence;
}

function grouped<T>(all: readonly T[], key: (one: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(key(one));
    if (group) group.push(one);
    else groups.set(key(one), [one]);
  }
  return groups;
}

function byNumber(one: string, other: string): number {
  return Number(one) - Number(other) || one.localeCompare(other, 'zh');
}

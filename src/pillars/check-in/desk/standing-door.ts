import { groupBy } from '../../../domain/group-by.ts';
import { dayOf } from '../../../domain/day.ts';
import { belongs, presenceOn } from '../../../people/rules.ts';
import { doorState, isAtHome } from '../rules.ts';
import { dayNumber, missedReadings } from '../observation/rules.ts';
import type { Person } from '../../../people/schema.ts';
import type { CoverageGround, Door, DoorFollowUp, Heard } from './ground.ts';
import type { OtherSigns } from '../rules.ts';
import type { Level } from '../schema.ts';
import type { DoorState } from './schema.ts';

type Taken = CoverageGround['readings'][number];
type Observed = CoverageGround['observations'][number];

/** A door with who lives behind it and what is known of them on the day. */
export interface StandingDoor {
  readonly door: Door;
  /** Who belonged there on the day, where they were on it, in the household's order. */
  readonly living: readonly Person[];
  /** What was said of them, the temperatures of home observation among it. */
  readonly said: readonly Heard[];
  readonly signs: OtherSigns;
  readonly followUps: readonly DoorFollowUp[];
  /** Persons under home observation whose due reading did not come. */
  readonly unread: ReadonlySet<string>;
  readonly state: DoorState;
  /** Day of home observation of the one who has been under it for the longest. */
  readonly observedDay?: number;
}

/** Puts together what is known of each door, and how it stands. */
export function standingDoors(ground: CoverageGround): readonly StandingDoor[] {
  const { day, now } = ground;
  const isPast = day < dayOf(now);
  const here = isPast ? ground.persons.map((person) => ({ ...person, ...presenceOn(person, day) })) : ground.persons;
  const persons = groupBy(here.filter(belongs), (person) => person.householdId);
  const heard = groupBy(ground.heard, (answer) => answer.householdId);
  const readings = groupBy(ground.readings, (reading) => reading.householdId);
  const followUps = groupBy(ground.followUps, (one) => one.householdId);
  const observations = groupBy(ground.observations, (one) => one.householdId);
  const signs = new Set(ground.signs.map((sign) => sign.personId));

  return ground.doors.map((door): StandingDoor => {
    const living = (persons.get(door.id) ?? []).sort((one, other) => one.position - other.position);
    const ids = new Set(living.map((person) => person.id));
    const taken = readings.get(door.id) ?? [];
    const observed = (observations.get(door.id) ?? []).filter((one) => ids.has(one.personId));
    const parts = {
      door,
      living,
      said: [...(heard.get(door.id) ?? []), ...taken.map((reading) => toHeard(reading, ground))],
      signs: { signs, observed: levelsOf(taken), ...(!isPast && { now }) },
      followUps: (followUps.get(door.id) ?? []).filter((one) => ids.has(one.personId)),
      unread: unreadOf(
        ground,
        observed.filter(({ personId }) => living.some((one) => one.id === personId && isAtHome(one, day))),
        taken,
      ),
    };
    const state = door.vacant && !isPast ? 'vacant' : stateOf(ground, parts);
    const observedDay = Math.max(...observed.map((one) => dayNumber(one, day)));
    return { ...parts, state, ...(observed.length > 0 && { observedDay }) };
  });
}

/** A temperature that was taken answers for the person: nobody is asked twice. A normal one is no 现在好了. */
function toHeard(reading: Taken, { community, slot }: CoverageGround): Heard {
  const inSlot = community.slots.includes(reading.slot) ? reading.slot : slot;
  return { ...reading, slot: inSlot, symptoms: [], recovered: false };
}

/** How each person's latest reading of the day is. */
function levelsOf(taken: readonly Taken[]): ReadonlyMap<string, Level> {
  const inOrder = taken.toSorted((one, other) => one.happenedAt - other.happenedAt);
  return new Map(inOrder.map((reading) => [reading.personId, reading.level]));
}

function unreadOf(
  { day, now }: CoverageGround,
  observed: readonly Observed[],
  taken: readonly Taken[],
): ReadonlySet<string> {
  const at = day < dayOf(now) ? Infinity : now;
  const isUnread = (one: Observed) => {
    const own = taken.filter((reading) => reading.observationId === one.id);
    return missedReadings(one, day, at, own).length > 0;
  };
  return new Set(observed.filter(isUnread).map((one) => one.personId));
}

/**
 * A door whose people are well but asked for something, or where something is still to be looked after, is not done; nor
 * is one where a due temperature did not come.
 */
function stateOf(ground: CoverageGround, parts: Omit<StandingDoor, 'state' | 'observedDay'>): DoorState {
  const { living, said, signs, followUps, unread } = parts;
  const state = doorState(ground.community, living, said, ground.day, ground.slot, signs);
  if (state === 'alert' || state === 'missing' || state === 'vacant') return state;
  if (unread.size > 0) return 'missing';
  const isOpen = followUps.some((one) => one.closedAt == null);
  const asksForMore = said.some((answer) => {
    const theirs = followUps.filter((one) => one.personId === answer.personId);
    return answer.needs.length > 0 && !isLookedAfter(theirs, answer);
  });
  return isOpen || asksForMore ? 'watch' : state;
}

/** Whether somebody has looked after this since it was said. What was closed before, or taken back unseen, was not about it. */
export function isLookedAfter(followUps: readonly DoorFollowUp[], { happenedAt }: Pick<Heard, 'happenedAt'>): boolean {
  return followUps.some(({ seenAt, closedAt }) => seenAt != null && closedAt != null && closedAt >= happenedAt);
}

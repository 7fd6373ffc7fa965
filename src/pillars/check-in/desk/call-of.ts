import { clockOf, dayOf } from '../../../domain/day.ts';
import { ageOn, daysBetween, isAsked, isHeard, isMissing, standing } from '../rules.ts';
import { withoutNote } from '../follow-up/rules.ts';
import { readsHealth } from './asker.ts';
import { byPressure, isBeingCalled } from './ranking.ts';
import type { Person } from '../../../people/schema.ts';
import type { FollowUpReason } from '../follow-up/schema.ts';
import type { CoverageGround, DayCall, DoorFollowUp } from './ground.ts';
import type { CallFollowUp, CallPerson, CallReason, DoorCall } from './schema.ts';
import { isLookedAfter } from './standing-door.ts';
import type { StandingDoor } from './standing-door.ts';

/** From this age on a person not heard of is called first (高龄 in the benefits of most provinces). */
const VERY_OLD = 80;
const needReason: Readonly<Record<string, CallReason>> = {
  medicine: 'needsMedicine',
  visit: 'needsVisit',
  food: 'needsFood',
  talk: 'needsTalk',
};
const followUpReason: Readonly<Partial<Record<FollowUpReason, CallReason>>> = {
  ...needReason,
  urgent: 'urgent',
  missedReading: 'missedReading',
};

/** What is known of one person on the day, whoever may read it. */
interface Known {
  readonly person: Person;
  /** Nothing was heard of them where it should have been. */
  readonly isSilent: boolean;
  readonly isHeard: boolean;
  readonly holds: StandingDoor['said'][number] | undefined;
  readonly open: readonly DoorFollowUp[];
  /** Somebody has looked after what was said of them. */
  readonly isSettled: boolean;
}

/** @returns the line of a door that wants a call; undefined for one that wants none */
export function callOf(ground: CoverageGround, standingDoor: StandingDoor): DoorCall | undefined {
  const { door, state } = standingDoor;
  if (state !== 'alert' && state !== 'watch' && state !== 'missing') return undefined;
  const known = standingDoor.living.map((person) => knownOf(ground, standingDoor, person));
  const concerned = known.filter((one) => one.isSilent || one.open.length > 0 || (isPressing(one) && !one.isSettled));
  if (concerned.length === 0 && state !== 'missing') return undefined;
  const lastHeard = ground.lastHeard.get(door.id);
  const usualBy = usualTimePassed(ground, standingDoor);
  const call = ground.calls.get(door.id);
  const reasons = concerned.flatMap((one) => reasonsOf(ground, one));
  if (state === 'missing' && lastHeard === undefined) reasons.push('neverHeard');
  if (usualBy !== undefined) reasons.push('usualTimePassed');
  const others = known.filter((one) => !concerned.includes(one));
  const telling = readsHealth(ground.asker, door.grid);
  return {
    householdId: door.id,
    door: door.door,
    state,
    reasons: byPressure(reasons),
    silentDays: lastHeard === undefined ? undefined : daysBetween(lastHeard, ground.day),
    usualBy,
    calling: callingOf(ground, call),
    attempts: telling ? (call?.attempts ?? []) : (call?.attempts ?? []).map(withoutNote),
    followUps: standingDoor.followUps.map(toCallFollowUp),
    persons: [...concerned, ...others].map((one) => callPerson(ground, one, telling)),
  };
}

function knownOf({ community, day, slot }: CoverageGround, door: StandingDoor, person: Person): Known {
  const theirs = door.followUps.filter((one) => one.personId === person.id);
  const open = theirs.filter((one) => one.closedAt == null);
  const holds = standing(door.said.filter((answer) => answer.personId === person.id));
  return {
    person,
    holds,
    isSilent: door.unread.has(person.id) || isMissing(community, person, door.said, day, slot, door.signs),
    isHeard: isHeard(person, door.said, slot, door.signs),
    open,
    isSettled: open.length === 0 && holds !== undefined && isLookedAfter(theirs, holds),
  };
}

function isPressing({ holds }: Known): boolean {
  return holds !== undefined && (holds.level !== 'ok' || holds.needs.length > 0);
}

function reasonsOf({ day }: CoverageGround, { person, holds, open }: Known): CallReason[] {
  const reasons: CallReason[] = [...person.needs];
  if ((ageOn(person, day) ?? 0) >= VERY_OLD) reasons.push('over80');
  if (holds?.symptoms.includes('urgent')) reasons.push('urgent');
  const asked = [
    ...(holds?.needs ?? []).map((need) => needReason[need]),
    ...open.flatMap((one) => one.reasons.map((reason) => followUpReason[reason])),
  ];
  reasons.push(...asked.filter((reason) => reason !== undefined));
  return reasons;
}

/** The door's usual time, where it has passed today and nobody behind the door has been heard of. */
function usualTimePassed(
  ground: CoverageGround,
  { door, state, living, said, signs }: StandingDoor,
): string | undefined {
  const clock = ground.usualBy.get(door.id);
  const isSilentToday =
    state === 'missing' &&
    ground.day === dayOf(ground.now) &&
    said.length === 0 &&
    !living.some((person) => signs.signs?.has(person.id));
  return clock !== undefined && isSilentToday && clockOf(ground.now) > clock ? clock : undefined;
}

function callingOf({ now, day }: CoverageGround, call: DayCall | undefined): DoorCall['calling'] {
  if (call?.callingBy == null || call.callingAt == null || day !== dayOf(now)) return undefined;
  const calling = { by: call.callingBy, name: call.callingName ?? '', at: call.callingAt };
  return isBeingCalled(calling, now) ? calling : undefined;
}

function toCallFollowUp(one: DoorFollowUp): CallFollowUp {
  return {
    id: one.id,
    personId: one.personId,
    reasons: one.reasons,
    stage: one.stage,
    assignedName: one.assignedName ?? undefined,
    openedAt: one.openedAt,
    seenAt: one.seenAt ?? undefined,
    seenByName: one.seenByName ?? undefined,
    firstContactAt: one.firstContactAt ?? undefined,
    closedAt: one.closedAt ?? undefined,
  };
}

/** What ails somebody only where it is not well, and only for who may read it. */
function callPerson(ground: CoverageGround, { person, holds, isHeard: answered }: Known, isTold: boolean): CallPerson {
  const ails = isTold && holds !== undefined && holds.level !== 'ok' ? holds : undefined;
  return {
    id: person.id,
    name: person.name,
    age: ageOn(person, ground.day),
    phone: person.phone ?? undefined,
    asked: isAsked(ground.community, person, ground.day),
    answered,
    level: holds?.level ?? 'ok',
    symptoms: ails?.symptoms ?? [],
    needs: isTold ? (holds?.needs ?? []) : [],
    temperatureC: ails?.temperatureC ?? undefined,
    how: holds?.byName == null ? undefined : (holds.how ?? undefined),
    byName: holds?.byName ?? undefined,
    disputed: holds?.disputed ?? undefined,
    guardianName: person.guardianName ?? undefined,
    guardianPhone: person.guardianPhone ?? undefined,
  };
}

import { holdsRole, isStaffOf, isSystem, livesIn, mayActFor } from '../domain/actor.ts';
import type { Actor, Power, RoleKind } from '../domain/actor.ts';
import { addDays, DAY_MS } from '../domain/day.ts';
import type { Day } from '../domain/day.ts';
import { demand } from '../domain/refusal.ts';
import type { HouseholdPart } from '../domain/scope.ts';
import type { Community, Device, Grant, Household, Person, Presence, Role, Slip } from './schema.ts';

export { presenceOn } from './presence.ts';

/** A care grant lasts this long at most. */
export const MAX_GRANT_DAYS = 90;
/** An emergency is said to last this long at most; then it must be said again, with its reason. */
export const MAX_EMERGENCY_DAYS = 60;

/** Whether the person still belongs here: neither moved out nor deceased. */
export function belongs(person: Pick<Person, 'presence'>): boolean {
  return person.presence !== 'movedOut' && person.presence !== 'deceased';
}

/** Whether the person is at home, so that a household's answer speaks for them. */
export function isHome(person: Pick<Person, 'presence'>): boolean {
  return person.presence === 'home';
}

/** Whether the duty holds at `now` (epoch ms). */
export function isRoleInForce(role: Pick<Role, 'until'>, now: number): boolean {
  return role.until === undefined || role.until === null || now < role.until;
}

/** Whether the helper may act under the grant at `now` (epoch ms). */
export function isGrantInForce(grant: Pick<Grant, 'startsAt' | 'until' | 'endedAt'>, now: number): boolean {
  return grant.startsAt <= now && now < grant.until && !isSet(grant.endedAt);
}

/** Whether the slip or device has not been ended. */
export function isLive(row: Pick<Slip, 'endedAt'> | Pick<Device, 'endedAt'>): boolean {
  return !isSet(row.endedAt);
}

/** Whether the actor may give or end this duty: the secretary any, a grid worker that of a volunteer in the own grid. */
export function mayAppoint(actor: Actor, kind: RoleKind, grid: string | undefined, now: number): boolean {
  if (isSystem(actor) || holdsRole(actor, 'secretary', now)) return true;
  return kind === 'volunteer' && holdsRole(actor, 'gridWorker', now, grid);
}

/** Whether the actor may end the duty: whoever may give it, and the person who holds it. */
export function mayEndRole(actor: Actor, role: Role, now: number): boolean {
  return actor.personId === role.personId || mayAppoint(actor, role.kind, role.grid ?? undefined, now);
}

/** Whether the actor may end this device's session: one of the own household's, the own person's, or as the operator. */
export function mayEndDevice(actor: Actor, device: Device): boolean {
  if (isSystem(actor) || device.id === actor.deviceId) return true;
  if (isSet(device.personId) && device.personId === actor.personId) return true;
  return isSet(device.householdId) && livesIn(actor, device.householdId);
}

/**
 * Whether someone at this device may say 我是这一位: a person of the device's own household. A device that was enrolled by
 * a person's own slip stays that person's.
 */
export function mayBe(device: Device, person: Person): boolean {
  if (!belongs(person)) return false;
  if (device.personal) return device.personId === person.id;
  return isSet(device.householdId) && device.householdId === person.householdId;
}

/** Whether the actor may let somebody act for the household: who lives there, or its grid worker as witness of a paper. */
export function mayGrantCare(actor: Actor, household: Pick<Household, 'id' | 'grid'>, now: number): boolean {
  return livesIn(actor, household.id) || isStaffOf(actor, now, household.grid);
}

/** Refuses a grant that has ended before it begins (`expired`) or that lasts too long (`overLimit`, with the days). */
export function demandGrantTerm(startsAt: number, until: number): void {
  demand(until > startsAt, 'expired');
  demand(until <= startsAt + MAX_GRANT_DAYS * DAY_MS, 'overLimit', { days: MAX_GRANT_DAYS });
}

/** Whether the actor may end the grant: either side of it, or the grid worker. */
export function mayEndGrant(actor: Actor, grant: Grant, now: number): boolean {
  return livesIn(actor, grant.householdId) || actor.personId === grant.helperId || isStaffOf(actor, now, grant.grid);
}

/**
 * Whether the actor may say where the person is. 已搬走 and 已故 stop greetings, grants and devices at once, so they are
 * the desk's to say.
 */
export function maySetPresence(actor: Actor, person: Person, presence: Presence, now: number): boolean {
  if (!belongs(person) || !belongs({ presence })) return isStaffOf(actor, now, person.grid);
  return mayActFor(actor, { id: person.householdId, grid: person.grid }, 'check-in', now);
}

/**
 * Whether the actor may say if the person is asked every day: the household, a helper who may check in for it, the
 * person's guardian, the desk.
 */
export function maySetGreeting(actor: Actor, person: Person, now: number): boolean {
  if (!belongs(person)) return false;
  if (isSet(person.guardianId) && actor.personId === person.guardianId) return true;
  return mayActFor(actor, { id: person.householdId, grid: person.grid }, 'check-in', now);
}

/** Whether the actor is this person, at home on a phone marked as theirs. */
export function isThemselves(actor: Actor, person: Pick<Person, 'id' | 'householdId'>): boolean {
  return actor.personId === person.id && livesIn(actor, person.householdId);
}

/**
 * Whether the actor may name who answers for the person. A household chooses among its own people, the desk among those it
 * knows: naming somebody shows their name and number.
 * @param guardian absent where nobody shall answer for the person any more
 */
export function maySetGuardian(actor: Actor, ward: Person, guardian: Person | undefined, now: number): boolean {
  if (!belongs(ward) || ward.householdId === '') return false;
  const isDesk = isStaffOf(actor, now, ward.grid);
  if (guardian === undefined) return isDesk || livesIn(actor, ward.householdId);
  if (!belongs(guardian) || guardian.id === ward.id) return false;
  if (isDesk && isStaffOf(actor, now, guardian.grid)) return true;
  return livesIn(actor, ward.householdId) && guardian.householdId === ward.householdId;
}

/** Refuses an emergency without a reason or a last day, one that is over before it begins, and one that lasts too long. */
export function demandModeTerm(town: Pick<Community, 'mode' | 'modeReason' | 'modeUntil'>, today: Day): void {
  if (town.mode !== 'emergency') return;
  const until = town.modeUntil ?? '';
  demand(isSet(town.modeReason) && town.modeReason !== '' && until >= today, 'reasonNeeded');
  demand(until <= addDays(today, MAX_EMERGENCY_DAYS), 'overLimit', { days: MAX_EMERGENCY_DAYS });
}

/** The part of a household's rows that a power opens to a helper. */
export function partOf(power: Power): HouseholdPart {
  return power === 'check-in' ? 'check-in' : power === 'order' ? 'orders' : 'errands';
}

/** @returns the person of the household that an import means, by name and birth year, where one of the two may be unknown */
export function samePerson(
  persons: readonly Person[],
  wanted: { readonly name: string; readonly birthYear?: number | null },
): Person | undefined {
  const namesakes = persons.filter((person) => person.name === wanted.name);
  return (
    namesakes.find((person) => (person.birthYear ?? null) === (wanted.birthYear ?? null)) ??
    (namesakes.length === 1 && (!isSet(namesakes[0]?.birthYear) || !isSet(wanted.birthYear)) ? namesakes[0] : undefined)
  );
}

function isSet<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}

/** What a person may do for a household that gave a care grant. */
export type Power = 'check-in' | 'order' | 'errand';

export type RoleKind = 'volunteer' | 'organiser' | 'gridWorker' | 'secretary';

/** A duty that a person holds, for a grid (or the whole community where none is named), perhaps until a time (epoch ms). */
export interface HeldRole {
  readonly kind: RoleKind;
  readonly grid?: string;
  readonly until?: number;
}

/** A care grant in force, as its helper holds it. `until` in epoch ms. */
export interface HeldGrant {
  readonly householdId: string;
  readonly powers: readonly Power[];
  readonly until: number;
}

/**
 * Who acts. Comes from the session, never from arguments. A `device` acts for a person at it (or, while nobody has said
 * 我是谁, for the household alone); `clock` is a timed job, `operator` the machine's keeper at the command line.
 */
export interface Actor {
  readonly kind: 'device' | 'clock' | 'operator';
  readonly communityId: string;
  readonly deviceId: string;
  readonly personId?: string;
  /** Households that this device belongs to. */
  readonly households: readonly string[];
  readonly roles: readonly HeldRole[];
  readonly grants: readonly HeldGrant[];
}

/** Whether the actor is the community's own machinery rather than a person at a device. */
export function isSystem(actor: Actor): boolean {
  return actor.kind !== 'device';
}

/** Whether the actor holds the duty now. With a grid: for that grid, or for all of them. */
export function holdsRole(actor: Actor, kind: RoleKind, now: number, grid?: string): boolean {
  return actor.roles.some(
    (role) =>
      role.kind === kind &&
      (role.until === undefined || now < role.until) &&
      (grid === undefined || role.grid === undefined || role.grid === grid),
  );
}

/** Whether the actor works at the desk of this grid: its grid worker, or the secretary. */
export function isStaffOf(actor: Actor, now: number, grid?: string): boolean {
  return isSystem(actor) || holdsRole(actor, 'gridWorker', now, grid) || holdsRole(actor, 'secretary', now);
}

/** Whether the device belongs to the household. */
export function livesIn(actor: Actor, householdId: string): boolean {
  return actor.households.includes(householdId);
}

/** Whether the actor may say for any other household how its people are (ms). */
export function helpsOthers(actor: Actor, now: number): boolean {
  return actor.grants.some((grant) => grant.powers.includes('check-in') && now < grant.until);
}

/** Whether the actor may do this for the household: lives there, holds a care grant with the power, or works at its desk. */
export function mayActFor(actor: Actor, household: { id: string; grid: string }, power: Power, now: number): boolean {
  return (
    livesIn(actor, household.id) ||
    actor.grants.some((g) => g.householdId === household.id && now < g.until && g.powers.includes(power)) ||
    isStaffOf(actor, now, household.grid)
  );
}

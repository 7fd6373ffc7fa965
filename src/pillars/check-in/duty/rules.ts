import { holdsRole, isStaffOf, isSystem } from '../../../domain/actor.ts';
import type { Actor } from '../../../domain/actor.ts';
import { demand } from '../../../domain/refusal.ts';
import { isRoleInForce } from '../../../people/rules.ts';
import type { Role } from '../../../people/schema.ts';
import { MAX_DUTY_HOURS } from './schema.ts';
import type { Duty } from './schema.ts';

type Shift = Pick<Duty, 'from' | 'to' | 'endedAt'>;

const HOUR_MS = 3_600_000;

/** Whether a shift runs at this time (epoch ms): it has begun, and neither run out nor been ended. */
export function isInForce(shift: Shift, now: number): boolean {
  return shift.from <= now && now < shift.to && (shift.endedAt == null || now < shift.endedAt);
}

/**
 * Who is on duty at this time, of the shifts of one place: whoever began last; of two who began at once, the greater id,
 * so that phone and server say the same.
 */
export function dutyHolder(duties: readonly Duty[], now: number): Duty | undefined {
  return duties
    .filter((duty) => isInForce(duty, now))
    .reduce<Duty | undefined>(
      (holds, next) => (holds === undefined || isLaterThan(next, holds) ? next : holds),
      undefined,
    );
}

function isLaterThan(one: Duty, other: Duty): boolean {
  return one.from === other.from ? one.id > other.id : one.from > other.from;
}

/**
 * Whether the actor may begin or end this shift: the secretary any, a grid worker those of the own grid, everybody of the
 * staff their own. Their name on a household's phone is not enough: duties rest on a person's own slip.
 */
export function mayArrangeDuty(actor: Actor, shift: Pick<Duty, 'personId' | 'place'>, now: number): boolean {
  if (isSystem(actor) || holdsRole(actor, 'secretary', now)) return true;
  if (actor.personId === shift.personId && isStaffOf(actor, now)) return true;
  return actor.roles.some(
    (held) =>
      held.kind === 'gridWorker' &&
      isRoleInForce(held, now) &&
      (held.grid === undefined || (shift.place !== '' && held.grid === shift.place)),
  );
}

/** Whether the actor may hand the shift over: whoever has it, or the secretary for them. */
export function mayHandOver(actor: Actor, shift: Pick<Duty, 'personId'>, now: number): boolean {
  if (isSystem(actor) || holdsRole(actor, 'secretary', now)) return true;
  return actor.personId === shift.personId && isStaffOf(actor, now);
}

/** Whether a person with these duties can be on duty: a grid worker or the secretary, at this time. */
export function canTakeDuty(roles: readonly Role[], now: number): boolean {
  return roles.some((held) => (held.kind === 'gridWorker' || held.kind === 'secretary') && isRoleInForce(held, now));
}

/** Refuses a shift that is over before it begins or by now (`expired`), or that is too long (`overLimit`, with the hours). */
export function demandTerm(shift: { readonly from: number; readonly to: number }, now: number): void {
  demand(shift.to > now && shift.to > shift.from, 'expired');
  demand(shift.to - shift.from <= MAX_DUTY_HOURS * HOUR_MS, 'overLimit', { hours: MAX_DUTY_HOURS });
}

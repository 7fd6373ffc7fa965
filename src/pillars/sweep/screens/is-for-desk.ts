import { holdsRole, isStaffOf } from '../../../domain/actor.ts';
import type { Actor } from '../../../domain/actor.ts';
import type { Sweep } from '../schema.ts';

/** Whether the sweep asks at doors that the actor answers for: every one for who works everywhere. */
export function isForDesk(actor: Actor, sweep: Pick<Sweep, 'grids'>, now: number): boolean {
  return (
    holdsRole(actor, 'secretary', now) ||
    sweep.grids.length === 0 ||
    sweep.grids.some((grid) => isStaffOf(actor, now, grid))
  );
}

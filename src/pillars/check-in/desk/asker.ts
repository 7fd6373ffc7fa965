import { holdsRole, isStaffOf } from '../../../domain/actor.ts';
import type { Actor } from '../../../domain/actor.ts';

/** Whose doors an answer covers, and of which of them it may say what ails people. */
export interface Asker {
  readonly personId?: string;
  /** Grids whose doors are covered; empty: the whole community. */
  readonly grids: readonly string[];
  /** Grids whose grid worker asks: symptoms, temperatures and needs are told of these alone. `all` for a worker of all of them. */
  readonly health: readonly string[] | 'all';
}

/** @returns what the actor may ask of the desk at `now` (epoch ms), or undefined for who is not staff */
export function askerOf(actor: Actor, now: number): Asker | undefined {
  if (actor.kind !== 'device' || !isStaffOf(actor, now)) return undefined;
  const held = actor.roles.filter(
    (role) => role.kind === 'gridWorker' && (role.until === undefined || now < role.until),
  );
  const everywhere = held.some((role) => role.grid === undefined);
  const named = [...new Set(held.flatMap((role) => role.grid ?? []))];
  return {
    personId: actor.personId,
    grids: everywhere || holdsRole(actor, 'secretary', now) ? [] : named,
    health: everywhere ? 'all' : named,
  };
}

/** Whether the asker may read what ails people behind a door of this grid. */
export function readsHealth({ health }: Pick<Asker, 'health'>, grid: string): boolean {
  return health === 'all' || health.includes(grid);
}

import { mayActFor } from '../domain/actor.ts';
import type { Actor, Power } from '../domain/actor.ts';
import { demand } from '../domain/refusal.ts';
import type { Tx } from '../domain/tx.ts';
import { household } from './schema.ts';
import type { Household } from './schema.ts';

/**
 * Loads the household that somebody acts for. Refuses `notAllowed` where they may not, and where there is no such
 * household: whoever tries ids learns nothing.
 */
export async function householdToActFor(
  tx: Tx,
  { actor, now }: { readonly actor: Actor; readonly now: number },
  householdId: string,
  power: Power,
): Promise<Household> {
  const home = await tx.get(household, householdId);
  demand(home !== undefined && mayActFor(actor, home, power, now), 'notAllowed');
  return home;
}

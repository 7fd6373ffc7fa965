import { demand } from '../../../domain/refusal.ts';
import { isSystem } from '../../../domain/actor.ts';
import { person } from '../../../people/schema.ts';
import { row } from '../../../domain/tx.ts';
import type { Actor } from '../../../domain/actor.ts';
import type { Read, Tx } from '../../../domain/tx.ts';

/** The row of the person who acts, for their name and household. */
export const self = (actor: Actor): Read[] => (actor.personId === undefined ? [] : [row(person, actor.personId)]);

/** @returns the name of who acts, as rows carry it; undefined for the community's own machinery */
export async function nameOf(tx: Tx, actor: Actor): Promise<string | undefined> {
  return actor.personId === undefined ? undefined : (await tx.get(person, actor.personId))?.name;
}

/**
 * Refuses `samePerson` unless somebody else than who proposed it acts, and nobody of the same household: what takes two
 * people is not for one family to settle.
 */
export async function demandSecondPerson(tx: Tx, actor: Actor, firstPersonId: string | undefined): Promise<void> {
  if (isSystem(actor)) return;
  demand(actor.personId !== undefined && actor.personId !== firstPersonId, 'samePerson');
  const first = firstPersonId === undefined ? undefined : await tx.get(person, firstPersonId);
  const second = await tx.get(person, actor.personId);
  // Staff who live elsewhere stand behind no door: an empty household is nobody's.
  demand(!first?.householdId || first.householdId !== second?.householdId, 'samePerson');
}

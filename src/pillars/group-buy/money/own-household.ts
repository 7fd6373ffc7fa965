import { demand } from '../../../domain/refusal.ts';
import { livesIn } from '../../../domain/actor.ts';
import { person } from '../../../people/schema.ts';
import type { Actor } from '../../../domain/actor.ts';
import type { Tx } from '../../../domain/tx.ts';

/** Refuses `ownHousehold` where the money is that of the actor's own household: nobody handles their own. */
export async function demandNotOwn(tx: Tx, actor: Actor, householdId: string): Promise<void> {
  demand(!livesIn(actor, householdId), 'ownHousehold');
  const self = actor.personId === undefined ? undefined : await tx.get(person, actor.personId);
  demand(self?.householdId !== householdId, 'ownHousehold');
}

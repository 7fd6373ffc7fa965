import { followUp, followUpCard } from './schema.ts';
import type { Tx } from '../../../domain/tx.ts';
import type { FollowUp, FollowUpCard } from './schema.ts';

/** What the household, its helpers and every desk see of a follow-up. */
export function cardOf(row: FollowUp): FollowUpCard {
  return {
    id: row.id,
    personId: row.personId,
    personName: row.personName,
    householdId: row.householdId,
    door: row.door,
    day: row.day,
    level: row.level,
    openedAt: row.openedAt,
    raisedAt: row.raisedAt,
    assignedTo: row.assignedTo,
    assignedName: row.assignedName,
    stage: row.stage,
    seenAt: row.seenAt,
    seenByName: row.seenByName,
    firstContactAt: row.firstContactAt,
    result: row.result,
    closedAt: row.closedAt,
  };
}

/** On the phone: shows the card as the follow-up now stands, where the phone holds either. */
export async function foreseeCard(tx: Tx, id: string): Promise<void> {
  const row = await tx.get(followUp, id);
  if (row === undefined) return;
  if (await tx.get(followUpCard, id)) await tx.put(followUpCard, cardOf(row));
  else await tx.add(followUpCard, cardOf(row));
}

import type { Tx } from '../domain/tx.ts';
import { belongs, isLive, isRoleInForce } from './rules.ts';
import { device, grant, household, person, role, slip } from './schema.ts';
import type { Person } from './schema.ts';

/**
 * Somebody has moved out or died: their duties, what they may do for others and the phones marked as theirs end at once,
 * and nobody is left with a guardian who is gone. Behind a door where nobody is left, all that opens it ends too.
 * @param now epoch ms
 */
export async function endWithPerson(tx: Tx, gone: Person, now: number): Promise<void> {
  for (const held of await tx.list(role, 'personId', gone.id)) {
    if (isRoleInForce(held, now)) await tx.put(role, { ...held, until: now });
  }
  for (const given of await tx.list(grant, 'helperId', gone.id)) {
    if (isLive(given)) await tx.put(grant, { ...given, endedAt: now });
  }
  for (const phone of await tx.list(device, 'personId', gone.id)) {
    if (isLive(phone)) await tx.put(device, { ...phone, endedAt: now });
  }
  for (const ward of await tx.list(person, 'guardianId', gone.id)) await tx.put(person, { ...ward, ...noGuardian });
  if (gone.householdId === '') return;
  const others = (await tx.list(person, 'householdId', gone.householdId)).filter((one) => one.id !== gone.id);
  if (!others.some(belongs)) await endHousehold(tx, gone.householdId, now);
}

/** Whom nobody answers for. */
export const noGuardian = { guardianId: null, guardianName: null, guardianPhone: null } as const;

/** Nobody lives behind the door any more: who comes next gets a slip of their own. */
async function endHousehold(tx: Tx, householdId: string, now: number): Promise<void> {
  const home = await tx.get(household, householdId);
  if (home && !home.vacant) await tx.put(household, { ...home, vacant: true });
  for (const given of await tx.list(grant, 'householdId', householdId)) {
    if (isLive(given)) await tx.put(grant, { ...given, endedAt: now });
  }
  for (const phone of await tx.list(device, 'householdId', householdId)) {
    if (isLive(phone)) await tx.put(device, { ...phone, endedAt: now });
  }
  for (const paper of await tx.list(slip, 'householdId', householdId)) {
    if (isLive(paper)) await tx.put(slip, { ...paper, endedAt: now });
  }
}

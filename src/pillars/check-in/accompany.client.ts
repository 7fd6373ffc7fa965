import type { Accompany } from '../../client/acting.ts';
import { dayOf } from '../../domain/day.ts';
import { naturalKey } from '../../domain/entity.ts';
import { person } from '../../people/schema.ts';
import { signWanted } from './rules.ts';
import { lifeSign } from './schema.ts';

/**
 * 不用天天报: whatever a person who need not report does on the phone marked as theirs goes along with the day's sign of
 * life, once a day. What is done about people (我是谁, a phone that is to leave) is none.
 */
export const signOfLife: Accompany = async (acts, { reader, actor, now }) => {
  const { personId } = actor;
  if (personId === undefined || acts.every(({ mutation }) => mutation.name.startsWith('people.'))) return [];
  const me = await reader.get(person, personId);
  const day = dayOf(now);
  if (me === undefined || !signWanted(me, actor, day)) return [];
  if ((await reader.get(lifeSign, naturalKey(personId, day))) !== undefined) return [];
  return [{ name: 'checkIn.sign', args: { householdId: me.householdId, personId, day } }];
};

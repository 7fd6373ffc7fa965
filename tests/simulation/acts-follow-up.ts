import { holdsRole, isStaffOf } from '../../src/domain/actor.ts';
import { dayOf } from '../../src/domain/day.ts';
import { household, person } from '../../src/people/schema.ts';
import {
  call,
  CALL_OUTCOMES,
  FOLLOW_UP_RESULTS,
  followUp,
  followUpCard,
} from '../../src/pillars/check-in/follow-up/schema.ts';
import { anyHousehold, anyPerson, some, strays } from './acts-doing.ts';
import type { Doing, Recipes } from './acts-doing.ts';

/** How the desk comes to look after people: it opens what was reported, rings, knocks, and closes. */
export const followUpRecipes: Recipes = {
  'checkIn.seeFollowUp': async (doing) => {
    const followUpId = await aFollowUp(doing, (one) => one.seenAt == null);
    return followUpId === undefined ? undefined : { followUpId };
  },

  'checkIn.closeFollowUp': async (doing) => {
    const { chance } = doing;
    const followUpId = await aFollowUp(doing, (one) => one.closedAt == null && one.seenAt != null);
    if (followUpId === undefined) return undefined;
    const note = chance.chance(0.3) ? { note: '都安排好了' } : {};
    return { followUpId, result: chance.pick(FOLLOW_UP_RESULTS), ...note };
  },

  'checkIn.takeCall': async (doing) => {
    const householdId = await aDoor(doing);
    return householdId === undefined ? undefined : { householdId, day: dayOf(doing.now) };
  },

  'checkIn.recordCall': async (doing) => {
    const { reader, actor, chance } = doing;
    const mine = (await reader.all(call)).filter((one) => one.callingBy === actor.personId);
    const householdId = some(chance, mine)?.householdId ?? (await aDoor(doing));
    if (householdId === undefined) return undefined;
    const note = chance.chance(0.3) ? { note: '晚点再来' } : {};
    return { householdId, day: dayOf(doing.now), outcome: chance.pick(CALL_OUTCOMES), ...note };
  },
};

/** The id of somebody's follow-up that this desk may look at; a stray knows only whose it might be. */
async function aFollowUp(
  doing: Doing,
  wanted: (one: { readonly seenAt?: number | null; readonly closedAt?: number | null }) => boolean,
): Promise<string | undefined> {
  const { reader, actor, now, chance } = doing;
  if (strays(doing)) return `${anyPerson(doing)}/${dayOf(now)}`;
  if (!holdsRole(actor, 'gridWorker', now) && !holdsRole(actor, 'secretary', now)) return undefined;
  const known = [...(await reader.all(followUp)), ...(await reader.all(followUpCard))].filter(wanted);
  return some(chance, known)?.id;
}

/** A door of the own desk, rather one where somebody is. */
async function aDoor(doing: Doing): Promise<string | undefined> {
  const { reader, actor, now, chance } = doing;
  if (strays(doing)) return anyHousehold(doing);
  if (!isStaffOf(actor, now)) return undefined;
  const doors = (await reader.all(household)).filter((door) => isStaffOf(actor, now, door.grid));
  const inhabited = new Set((await reader.all(person)).map((one) => one.householdId));
  return some(
    chance,
    doors.filter((door) => inhabited.has(door.id)),
  )?.id;
}

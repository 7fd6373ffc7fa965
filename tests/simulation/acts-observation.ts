import { isStaffOf, mayActFor } from '../../src/domain/actor.ts';
import { addDays, dayOf } from '../../src/domain/day.ts';
import { belongs } from '../../src/people/rules.ts';
import { community, household, person } from '../../src/people/schema.ts';
import { MOODS, observation } from '../../src/pillars/check-in/observation/schema.ts';
import type { Observation } from '../../src/pillars/check-in/observation/schema.ts';
import { NEEDS } from '../../src/pillars/check-in/schema.ts';
import { anyPerson, some, strays } from './acts-doing.ts';
import type { Doing, Recipes } from './acts-doing.ts';
import { clockOnly } from './acts-duty.ts';

/** How somebody comes to be observed at home, and what is read of them there. */
export const observationRecipes: Recipes = {
  'checkIn.startObservation': async (doing) => {
    const { reader, actor, now, chance } = doing;
    const stray = strays(doing);
    const town = await reader.get(community, actor.communityId);
    if (!stray && town?.mode !== 'emergency') return undefined;
    const near = (await reader.all(person)).filter(
      (one) => belongs(one) && isStaffOf(actor, now, one.grid) && one.grid,
    );
    const personId = stray ? anyPerson(doing) : some(chance, near)?.id;
    if (personId === undefined) return undefined;
    return { id: chance.newId(), personId, days: chance.pick([1, 7, 14]), reason: '从外地回来' };
  },

  'checkIn.takeReading': async (doing) => {
    const { reader, actor, now, chance } = doing;
    const stray = strays(doing);
    const open = await anObservation(doing);
    if (open === undefined) return undefined;
    const home = await reader.get(household, open.householdId);
    if (!stray && (home === undefined || !mayActFor(actor, home, 'check-in', now))) return undefined;
    const outside = !actor.households.includes(open.householdId);
    return {
      observationId: open.id,
      day: stray ? addDays(dayOf(now), chance.pick([-1, 1])) : dayOf(now),
      slot: chance.pick(['morning', 'evening'] as const),
      temperatureC: 36 + chance.whole(25) / 10,
      mood: chance.pick(MOODS),
      ...(chance.chance(0.2) && { needs: [chance.pick(NEEDS)] }),
      ...(outside && !stray && { how: 'phoned' as const }),
    };
  },

  'checkIn.endObservation': async (doing) => {
    const { actor, now, chance } = doing;
    const open = await anObservation(doing);
    if (open === undefined) return undefined;
    if (!strays(doing) && (!isStaffOf(actor, now, open.grid) || chance.chance(0.7))) return undefined;
    return { observationId: open.id, reason: '核酸阴性，提前结束' };
  },

  'checkIn.missReading': clockOnly(({ chance, now }) => ({
    observationId: chance.newId(),
    day: dayOf(now),
    slot: 'morning',
  })),
};

/** An observation on this phone, rather one that runs. */
async function anObservation(doing: Doing): Promise<Observation | undefined> {
  const { reader, now, chance } = doing;
  const all = await reader.all(observation);
  const running = all.filter((one) => one.endedAt == null && one.endDay >= dayOf(now));
  return some(chance, running) ?? (strays(doing) ? some(chance, all) : undefined);
}

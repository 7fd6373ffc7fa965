import { dayOf, addDays } from '../../src/domain/day.ts';
import { belongs } from '../../src/people/rules.ts';
import { community, person } from '../../src/people/schema.ts';
import { isAtHome, isReportedUnwell, isUndoable, slotAt } from '../../src/pillars/check-in/rules.ts';
import { checkIn, MILD_SYMPTOMS, NEEDS, WARNING_SYMPTOMS } from '../../src/pillars/check-in/schema.ts';
import type { Entry, RetractArgs, SubmitArgs } from '../../src/pillars/check-in/schema.ts';
import { anyHousehold, anyPerson, homeToActFor, several, some, strays } from './acts-doing.ts';
import type { Chance, Doing, Recipes } from './acts-doing.ts';

/** How people come to say how they are, and to take it back. */
export const checkInRecipes: Recipes = {
  'checkIn.submit': async (doing) => {
    const meant = await anAnswer(doing);
    return strays(doing) ? bent(doing, meant ?? blind(doing)) : meant;
  },

  'checkIn.retract': async (doing) => {
    const { reader, actor, now, chance } = doing;
    const stray = strays(doing);
    const said = await reader.all(checkIn);
    const mine = said.filter((answer) => answer.by.deviceId === actor.deviceId && isUndoable(answer, now));
    const one = some(chance, stray ? said : mine);
    if (one === undefined) return stray ? blindRetraction(doing) : undefined;
    const { householdId, day, slot } = one;
    const together = mine.filter((each) => each.householdId === householdId && each.day === day && each.slot === slot);
    const personIds = together.length > 0 ? several(chance, together).map((each) => each.personId) : [one.personId];
    return { householdId, day, slot, personIds } satisfies RetractArgs;
  },

  // Mostly a phone adds it by itself to what is done on it.
  'checkIn.sign': async (doing) => {
    const { reader, actor, now } = doing;
    const self = actor.personId === undefined ? undefined : await reader.get(person, actor.personId);
    const householdId = actor.households[0];
    if (strays(doing)) return { householdId: anyHousehold(doing), personId: anyPerson(doing), day: dayOf(now) };
    if (self?.quiet !== true || householdId === undefined) return undefined;
    return { householdId, personId: self.id, day: dayOf(now) };
  },
};

/** 家里都好, 我不舒服 or 现在好了, for the household that this person speaks for. */
async function anAnswer(doing: Doing): Promise<SubmitArgs | undefined> {
  const { reader, actor, now, chance } = doing;
  const town = await reader.get(community, actor.communityId);
  const householdId = await homeToActFor(doing, 'check-in');
  if (town === undefined || householdId === undefined) return undefined;
  const day = dayOf(now);
  const persons = await reader.list(person, 'householdId', householdId);
  const said = (await reader.list(checkIn, 'householdId', householdId)).filter((answer) => answer.day === day);
  const unwell = persons.filter((who) => isReportedUnwell(said.filter((answer) => answer.personId === who.id)));
  const athome = persons.filter((who) => isAtHome(who, day));
  const entries = entriesOf(chance, {
    well: athome.filter((who) => !unwell.includes(who)).map((who) => who.id),
    unwell: unwell.map((who) => ({
      personId: who.id,
      knew: Math.max(...said.filter((answer) => answer.personId === who.id).map((answer) => answer.happenedAt)),
    })),
    anybody: persons.filter(belongs).map((who) => who.id),
    temperature: town.asksTemperature,
  });
  if (entries.length === 0) return undefined;
  const slot = chance.chance(0.8) ? slotAt(town, now) : chance.pick(town.slots);
  const outside = !actor.households.includes(householdId);
  return { householdId, day, slot, entries, ...(outside && { how: chance.pick(['seen', 'phoned', 'told'] as const) }) };
}

interface Home {
  readonly well: readonly string[];
  /** Those reported unwell, with the time of what was said of them last. */
  readonly unwell: readonly { readonly personId: string; readonly knew: number }[];
  readonly anybody: readonly string[];
  readonly temperature: boolean;
}

function entriesOf(chance: Chance, { well, unwell, anybody, temperature }: Home): Entry[] {
  if (unwell.length > 0 && chance.chance(0.2)) {
    const { personId, knew } = chance.pick(unwell);
    return [{ ...complaint(chance, personId), ...(chance.chance(0.7) && { knew }) }];
  }
  if (unwell.length > 0 && chance.chance(0.4)) {
    return [{ personId: chance.pick(unwell).personId, feels: 'well', recovered: true }];
  }
  if (anybody.length > 0 && chance.chance(0.3)) return [complaint(chance, chance.pick(anybody))];
  const degrees = temperature && chance.chance(0.2) ? { temperatureC: 36 + chance.whole(13) / 10 } : {};
  const needs = chance.chance(0.1) ? { needs: [chance.pick(NEEDS)] } : {};
  return well.map((personId) => ({ personId, feels: 'well', ...degrees, ...needs }));
}

function complaint(chance: Chance, personId: string): Entry {
  const symptom = chance.chance(0.3) ? chance.pick(WARNING_SYMPTOMS) : chance.pick(MILD_SYMPTOMS);
  const needs = chance.chance(0.3) ? { needs: [chance.pick(NEEDS)] } : {};
  const degrees = chance.chance(0.3) ? { temperatureC: 37 + chance.whole(25) / 10 } : {};
  return { personId, feels: 'unwell', symptoms: [symptom], ...needs, ...degrees };
}

/** An answer about somebody whom this phone need not hold. */
function blind(doing: Doing): SubmitArgs {
  const { now, chance } = doing;
  const entries = [{ personId: anyPerson(doing), feels: chance.pick(['well', 'unwell'] as const) }];
  return { householdId: anyHousehold(doing), day: dayOf(now), slot: 'morning', entries };
}

function blindRetraction(doing: Doing): RetractArgs {
  const { householdId, day, slot, entries } = blind(doing);
  return { householdId, day, slot, personIds: entries.map((entry) => entry.personId) };
}

/** The answer with one thing about it wrong: the door, the day, the slot, the person, or without how one knows. */
function bent(doing: Doing, meant: SubmitArgs): SubmitArgs {
  const { chance } = doing;
  switch (chance.whole(5)) {
    case 0:
      return { ...meant, householdId: anyHousehold(doing) };
    case 1:
      return { ...meant, day: addDays(meant.day, chance.pick([-1, 1])) };
    case 2:
      return { ...meant, slot: meant.slot === 'morning' ? 'evening' : 'morning' };
    case 3:
      return { ...meant, entries: [{ personId: anyPerson(doing), feels: 'well', temperatureC: 36.5 }] };
    default:
      return { ...meant, how: undefined };
  }
}

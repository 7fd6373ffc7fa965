import { holdsRole, isStaffOf } from '../../src/domain/actor.ts';
import type { Power, RoleKind } from '../../src/domain/actor.ts';
import { addDays, DAY_MS, dayOf, MINUTE_MS } from '../../src/domain/day.ts';
import type { RosterInput } from '../../src/people/args.ts';
import {
  belongs,
  isLive,
  isRoleInForce,
  mayAppoint,
  mayBe,
  mayEndDevice,
  mayEndGrant,
  mayEndRole,
} from '../../src/people/rules.ts';
import { community, device, grant, household, person, role } from '../../src/people/schema.ts';
import type { Person } from '../../src/people/schema.ts';
import { anyHousehold, anyPerson, several, some, strays } from './acts-doing.ts';
import type { Doing, Recipe, Recipes } from './acts-doing.ts';

const POWERS: readonly Power[] = ['check-in', 'order', 'errand'];

/** How people come to change who they are to each other: duties, care, devices, where somebody is. */
export const peopleRecipes: Recipes = {
  'people.importRoster': operatorOnly(aRoster),
  'people.issueSlip': operatorOnly((doing) => {
    const { chance, memory } = doing;
    const owner = chance.chance(0.5) ? { householdId: anyHousehold(doing) } : { personId: anyPerson(doing) };
    return { id: memory.add('slip', chance.newId()), ...owner };
  }),
  'people.enrolDevice': operatorOnly(({ chance, memory }) => {
    const deviceId = memory.any('device', chance) ?? chance.newId();
    return { deviceId, slipId: memory.any('slip', chance) ?? chance.newId(), name: '别人的手机' };
  }),

  'people.giveRole': async (doing) => {
    const { reader, actor, now, chance } = doing;
    const kinds: readonly RoleKind[] = holdsRole(actor, 'secretary', now)
      ? ['volunteer', 'volunteer', 'organiser', 'gridWorker']
      : ['volunteer'];
    const whom = some(
      chance,
      (await reader.all(person)).filter((one) => belongs(one) && mayAppoint(actor, 'volunteer', one.grid, now)),
    );
    if (strays(doing)) return { personId: anyPerson(doing), kind: chance.pick([...kinds, 'gridWorker', 'secretary']) };
    if (whom === undefined) return undefined;
    const until = chance.chance(0.4) ? { until: now + chance.pick([10 * MINUTE_MS, DAY_MS]) } : {};
    const kind = chance.pick(kinds);
    const grid = kind === 'gridWorker' && whom.grid !== '' ? { grid: whom.grid } : {};
    return { personId: whom.id, kind, ...grid, ...until };
  },

  'people.endRole': async (doing) => {
    const { reader, actor, now, chance } = doing;
    const held = await reader.all(role);
    const wanted = chance.pick<RoleKind>(['volunteer', 'organiser', 'gridWorker', 'secretary']);
    if (strays(doing)) return { personId: anyPerson(doing), kind: wanted };
    const grids = new Map((await reader.all(person)).map((one) => [one.id, one.grid]));
    const mine = held.filter(
      (one) =>
        one.kind !== 'secretary' &&
        isRoleInForce(one, now) &&
        mayEndRole(actor, { ...one, grid: one.grid ?? grids.get(one.personId) }, now),
    );
    const one = some(chance, mine);
    return one && { personId: one.personId, kind: one.kind };
  },

  'people.endDevice': async (doing) => {
    const { reader, actor, chance, memory } = doing;
    memory.add('device', actor.deviceId);
    const here = (await reader.all(device)).filter(isLive);
    for (const one of here) memory.add('device', one.id);
    const others = here.filter((one) => one.id !== actor.deviceId && mayEndDevice(actor, one));
    const deviceId = strays(doing) ? memory.any('device', chance) : some(chance, others)?.id;
    return deviceId === undefined ? undefined : { deviceId };
  },

  'people.sayWho': async (doing) => {
    const { reader, actor, chance } = doing;
    const here = await reader.get(device, actor.deviceId);
    if (strays(doing)) return { personId: anyPerson(doing) };
    if (here === undefined || here.personal) return undefined;
    const who = some(
      chance,
      (await reader.all(person)).filter((one) => mayBe(here, one)),
    );
    return who && { personId: who.id };
  },

  'people.grantCare': async (doing) => {
    const { reader, actor, now, chance, memory } = doing;
    const witnessed = (await reader.all(household)).filter((door) => isStaffOf(actor, now, door.grid));
    const home = actor.households[0] ?? some(chance, witnessed)?.id;
    const stray = strays(doing);
    if (home === undefined && !stray) return undefined;
    const term = stray
      ? chance.pick([-DAY_MS, 91 * DAY_MS, DAY_MS])
      : chance.pick([30 * MINUTE_MS, DAY_MS, 30 * DAY_MS]);
    return {
      id: (stray && memory.any('grant', chance)) || memory.add('grant', chance.newId()),
      householdId: stray ? anyHousehold(doing) : home,
      helperId: anyPerson(doing),
      powers: several(chance, POWERS),
      until: now + term,
    };
  },

  'people.endGrant': async (doing) => {
    const { reader, actor, now, chance, memory } = doing;
    const mine = (await reader.all(grant)).filter((one) => isLive(one) && mayEndGrant(actor, one, now));
    const grantId = strays(doing) ? memory.any('grant', chance) : some(chance, mine)?.id;
    return grantId === undefined ? undefined : { grantId };
  },

  'people.setPresence': async (doing) => {
    const { reader, actor, now, chance } = doing;
    if (strays(doing)) {
      return { personId: anyPerson(doing), presence: chance.pick(['home', 'away', 'movedOut', 'deceased'] as const) };
    }
    const mayEnd = (who: Person) => isStaffOf(actor, now, who.grid);
    const near = (await reader.all(person)).filter(
      (one) => actor.households.includes(one.householdId) || (mayEnd(one) && chance.chance(0.3)),
    );
    const who = some(chance, near);
    if (who === undefined || (!belongs(who) && !mayEnd(who))) return undefined;
    const gone = mayEnd(who) && chance.chance(0.1);
    const presence = gone ? 'movedOut' : chance.pick(['home', 'home', 'away', 'hospital', 'withFamily'] as const);
    const until = chance.chance(0.5) ? { until: addDays(dayOf(now), chance.whole(5)) } : {};
    return { personId: who.id, presence, ...until };
  },

  'people.setGreeting': async (doing) => {
    const { reader, actor, now, chance } = doing;
    if (strays(doing)) return { personId: anyPerson(doing), quiet: true };
    const near = (await reader.all(person)).filter(
      (one) => belongs(one) && (actor.households.includes(one.householdId) || isStaffOf(actor, now, one.grid)),
    );
    const who = some(chance, near);
    if (who === undefined) return undefined;
    const quiet = who.id === actor.personId ? chance.chance(0.7) : false;
    return { personId: who.id, ...(chance.chance(0.5) ? { daily: chance.chance(0.6) } : { quiet }) };
  },

  'people.setGuardian': async (doing) => {
    const { reader, actor, now, chance } = doing;
    if (strays(doing)) return { personId: anyPerson(doing), guardianId: anyPerson(doing) };
    const near = (await reader.all(person)).filter(
      (one) => belongs(one) && (actor.households.includes(one.householdId) || isStaffOf(actor, now, one.grid)),
    );
    const ward = some(chance, near);
    const guardians = near.filter((one) => one.id !== ward?.id && one.householdId === ward?.householdId);
    if (ward === undefined) return undefined;
    return { personId: ward.id, guardianId: chance.chance(0.2) ? null : (some(chance, guardians)?.id ?? null) };
  },

  'people.changeSettings': async (doing) => {
    const { reader, actor, now, chance } = doing;
    const known = await reader.get(community, actor.communityId);
    if (!strays(doing) && (known === undefined || !isStaffOf(actor, now))) return undefined;
    return chance.pick([
      { dutyName: chance.pick(['值班室', '物业值班', null]) },
      { slots: chance.pick([['morning'], ['morning', 'evening']]), dueAt: { morning: '10:00', evening: '18:00' } },
      { asksTemperature: chance.chance(0.5) },
      { mode: 'emergency', modeReason: '演练', modeUntil: addDays(dayOf(now), chance.pick([0, 3, 30])) },
      { mode: 'emergency', modeReason: null, modeUntil: null },
      { mode: 'ordinary' },
    ]);
  },
};

/** What belongs to the keeper of the machine alone: now and then somebody tries it, and is refused. */
function operatorOnly(args: (doing: Doing) => object): Recipe {
  return (doing) => Promise.resolve(strays(doing) ? args(doing) : undefined);
}

function aRoster({ chance }: Doing): RosterInput {
  const persons = [{ name: '外来人', duties: [{ kind: 'secretary' as const }] }];
  return {
    community: { name: `改名小区${chance.whole(9)}` },
    buildings: [{ name: '9栋', units: 1, floors: 6 }],
    households: [{ building: '9栋', grid: '一格', unit: '1', floor: 1, room: '101', persons }],
  };
}

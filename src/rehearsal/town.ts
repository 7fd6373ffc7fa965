import { addDays } from '../domain/day.ts';
import type { Day } from '../domain/day.ts';
import { SHARES } from '../people/args.ts';
import type { RosterInput } from '../people/args.ts';
import { buildingLabel, doorOf, householdIdOf, naturalId, personIdOf } from '../people/natural-id.ts';
import { SHAPES } from './buildings.ts';
import { CAST } from './cast.ts';
import type { CastDoor } from './cast.ts';
import { chanceOf } from './chance.ts';
import type { Chance } from './chance.ts';
import { makeFamily } from './family.ts';

type RosterHousehold = RosterInput['households'][number];

/** Somebody of the rehearsal, with the ids that the import gives. */
export interface Resident {
  readonly id: string;
  readonly name: string;
  readonly birthYear: number;
  readonly needs: readonly string[];
  readonly home: boolean;
  readonly duties: readonly { kind: 'volunteer' | 'organiser' | 'gridWorker' | 'secretary'; grid?: string }[];
}

/** A door of the rehearsal and who lives behind it; nobody: the flat is empty. */
export interface Home {
  readonly id: string;
  readonly door: string;
  readonly grid: string;
  readonly residents: readonly Resident[];
  readonly cast?: CastDoor;
}

/** A whole community, made from a number. */
export interface Town {
  readonly communityId: string;
  readonly roster: RosterInput;
  readonly homes: readonly Home[];
}

export const TOWN_NAME = '湖畔小区';
const VOLUNTEERS = 40;
const EMPTY_SHARE = 0.045;
const AWAY_SHARE = 0.018;

/**
 * Makes the rehearsal's community. The same seed gives the same doors, people and ids; `today` moves only the days on
 * which those away are expected back, and the end of the emergency.
 */
export function makeTown(seed: number, today: Day): Town {
  const communityId = naturalId('c', TOWN_NAME, 'rehearsal', String(seed));
  const chance = chanceOf(seed, 'town');
  const phones = phoneBook();
  const castAt = new Map(CAST.map((one) => [one.door, one]));
  const households = SHAPES.flatMap((shape) =>
    doorsOf(shape).flatMap((place): RosterHousehold[] => {
      // Drawn for a cast door too, so that a change of the cast moves nobody else.
      const drawn = chance.happens(EMPTY_SHARE) ? [] : makeFamily(chance, phones);
      const shared = SHARES.map((share) => ({ ...place, share })).filter((one) => castAt.has(doorText(one)));
      return (shared.length > 0 ? shared : [place]).map((one) => ({
        ...one,
        persons: [...(castAt.get(doorText(one))?.persons ?? drawn)],
      }));
    }),
  );
  const settled = sendAway(appointVolunteers(households, chance), chance, today);
  return {
    communityId,
    roster: {
      community: {
        name: TOWN_NAME,
        rehearsal: true,
        mode: 'emergency',
        modeReason: '流感高发',
        modeUntil: addDays(today, 10),
        slots: ['morning'],
        dueAt: { morning: '10:00' },
        asksTemperature: true,
        dutyPhone: '17000090000',
        dutyName: '湖畔社区值班室',
      },
      buildings: SHAPES.map(({ name, units, floors, lift }) => ({ name, units, floors, lift })),
      households: settled,
    },
    homes: settled.map((one) => toHome(communityId, one, castAt)),
  };
}

function doorsOf(shape: (typeof SHAPES)[number]): Omit<RosterHousehold, 'persons'>[] {
  const doors: Omit<RosterHousehold, 'persons'>[] = [];
  for (let unit = 1; unit <= shape.units; unit++) {
    for (let floor = 1; floor <= shape.floors; floor++) {
      for (let place = 1; place <= shape.doorsAFloor; place++) {
        const room = `${floor}0${place}`;
        doors.push({ building: shape.name, grid: shape.grid, unit: String(unit), floor, room });
      }
    }
  }
  return doors;
}

/** Forty volunteers in all, nobody from one door twice, those of working age. */
function appointVolunteers(households: readonly RosterHousehold[], chance: Chance): RosterHousehold[] {
  const cast = CAST.filter((one) => one.persons.some((who) => who.duties?.some((duty) => duty.kind === 'volunteer')));
  const able = (year: number | undefined) => year !== undefined && year >= 1958 && year <= 2004;
  const free = households.filter(
    (one) => one.persons.every((who) => !who.duties?.length) && one.persons.some((who) => able(who.birthYear)),
  );
  const chosen = new Set(
    chance
      .shuffle(free.filter((one) => !CAST.some(({ door }) => door === doorText(one))))
      .slice(0, VOLUNTEERS - cast.length),
  );
  return households.map((one) => {
    if (!chosen.has(one)) return one;
    const at = one.persons.findIndex((who) => able(who.birthYear));
    const duties = [{ kind: 'volunteer' as const }];
    return { ...one, persons: one.persons.map((who, place) => (place === at ? { ...who, duties } : who)) };
  });
}

/** Some are away for work, in hospital or with their children. */
function sendAway(households: readonly RosterHousehold[], chance: Chance, today: Day): RosterHousehold[] {
  const castDoors = new Set(CAST.map((one) => one.door));
  return households.map((one) => {
    if (castDoors.has(doorText(one))) return one;
    const persons = one.persons.map((who): typeof who => {
      const back = addDays(today, chance.between(2, 15));
      if (!chance.happens(AWAY_SHARE) || who.duties?.length) return who;
      const old = (who.birthYear ?? 2000) < 1955;
      const presence = old ? chance.pick(['hospital', 'withFamily', 'withFamily'] as const) : 'away';
      return { ...who, presence, presenceUntil: back };
    });
    return { ...one, persons };
  });
}

function toHome(communityId: string, household: RosterHousehold, castAt: ReadonlyMap<string, CastDoor>): Home {
  const id = householdIdOf(
    communityId,
    buildingLabel(household.building),
    household.unit,
    household.room,
    household.share,
  );
  const door = doorText(household);
  return {
    id,
    door,
    grid: household.grid,
    cast: castAt.get(door),
    residents: household.persons.map((who) => ({
      id: personIdOf(id, who.name, who.birthYear),
      name: who.name,
      birthYear: who.birthYear ?? 0,
      needs: who.needs ?? [],
      home: who.presence === undefined || who.presence === 'home',
      duties: who.duties ?? [],
    })),
  };
}

function doorText(one: Pick<RosterHousehold, 'building' | 'unit' | 'room' | 'share'>): string {
  return doorOf(one.building, one.unit, one.room, one.share);
}

/** Numbers that no network gives out, one after the other. */
function phoneBook(): () => string {
  let last = 0;
  return () => `170000${String(++last).padStart(5, '0')}`;
}

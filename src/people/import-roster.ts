import { found } from '../domain/refusal.ts';
import { naturalKey } from '../domain/entity.ts';
import type { Actor, RoleKind } from '../domain/actor.ts';
import type { Entity, Row } from '../domain/entity.ts';
import type { Tx } from '../domain/tx.ts';
import { row, rows } from '../domain/tx.ts';
import type { Read } from '../domain/tx.ts';
import type { Roster, RosterPerson } from './args.ts';
import { buildingIdOf, buildingLabel, doorOf, householdIdOf, personIdOf, staffIdOf } from './natural-id.ts';
import { belongs, samePerson } from './rules.ts';
import { building, community, household, person, role } from './schema.ts';
import type { Household, Person } from './schema.ts';

type RosterHousehold = Roster['households'][number];

/** Every row that importing the roster will look at. */
export function rosterReads(roster: Roster, actor: Actor): Read[] {
  const here = actor.communityId;
  const reads: Read[] = [row(community, here)];
  for (const wanted of roster.buildings) reads.push(row(building, idOfBuilding(here, wanted.name)));
  for (const wanted of roster.households) {
    const householdId = idOfHousehold(here, wanted);
    reads.push(row(household, householdId), rows(person, 'householdId', householdId));
    for (const one of wanted.persons) {
      const personId = personIdOf(householdId, one.name, one.birthYear);
      for (const duty of one.duties) reads.push(row(role, naturalKey(personId, duty.kind)));
    }
  }
  for (const one of roster.staff) {
    const personId = staffIdOf(here, one.key);
    reads.push(row(person, personId), ...one.duties.map((duty) => row(role, naturalKey(personId, duty.kind))));
  }
  return reads;
}

/**
 * Makes the stored community agree with the roster: what is new is added, what differs is changed, what agrees is not
 * touched. Whoever the roster does not name stays: people leave by 已搬走, not by a missing line.
 */
export async function importRoster(tx: Tx, roster: Roster, communityId: string): Promise<void> {
  await importCommunity(tx, roster.community, communityId);
  for (const [position, wanted] of roster.buildings.entries()) {
    const id = idOfBuilding(communityId, wanted.name);
    const known = await tx.get(building, id);
    const lift = wanted.lift ?? known?.lift ?? wanted.floors > 7;
    await agree(tx, building, known, { id, ...wanted, position, lift });
  }
  for (const wanted of roster.households) await importHousehold(tx, wanted, communityId);
  for (const wanted of roster.staff) {
    const id = staffIdOf(communityId, wanted.key);
    const known = await tx.get(person, id);
    await agree(tx, person, known, {
      ...(known ?? unmet),
      id,
      householdId: '',
      grid: '',
      name: wanted.name,
      phone: wanted.phone ?? known?.phone,
      position: 0,
    });
    await appoint(tx, id, wanted.duties);
  }
}

async function importCommunity(tx: Tx, wanted: Roster['community'], id: string): Promise<void> {
  const known = await tx.get(community, id);
  const start = {
    mode: 'ordinary' as const,
    slots: ['morning' as const],
    dueAt: { morning: '10:00' },
    asksTemperature: false,
  };
  await agree(tx, community, known, { ...(known ?? start), ...defined(wanted), id } as typeof known & Row);
}

async function importHousehold(tx: Tx, wanted: RosterHousehold, communityId: string): Promise<void> {
  const id = idOfHousehold(communityId, wanted);
  const known = await tx.get(household, id);
  const persons = await tx.list(person, 'householdId', id);
  const row: Household = {
    id,
    buildingId: idOfBuilding(communityId, wanted.building),
    grid: wanted.grid,
    buildingName: wanted.building,
    unit: wanted.unit,
    floor: wanted.floor,
    room: wanted.room,
    door: doorOf(wanted.building, wanted.unit, wanted.room, wanted.share),
    vacant: !persons.some(belongs) && wanted.persons.every((one) => samePerson(persons, one)),
    share: wanted.share,
  };
  found(await tx.get(building, row.buildingId));
  await agree(tx, household, known, row);

  for (const [position, one] of wanted.persons.entries()) await importPerson(tx, one, row, persons, position);
}

async function importPerson(
  tx: Tx,
  wanted: RosterPerson,
  home: Household,
  persons: readonly Person[],
  position: number,
): Promise<void> {
  const known = samePerson(persons, wanted);
  const id = known?.id ?? personIdOf(home.id, wanted.name, wanted.birthYear);
  const { duties, presence, presenceUntil, dailyGreeting, ...facts } = wanted;
  await agree(tx, person, known, {
    ...(known ?? { ...unmet, ...defined({ presence, presenceUntil, dailyGreeting }) }),
    ...defined(facts),
    id,
    householdId: home.id,
    grid: home.grid,
    position,
  } as Person);
  await appoint(tx, id, duties);
}

/** A duty that was ended stays ended: a roster does not give it again. */
async function appoint(tx: Tx, personId: string, duties: readonly { kind: RoleKind; grid?: string }[]): Promise<void> {
  for (const { kind, grid } of duties) {
    const id = naturalKey(personId, kind);
    if (!(await tx.get(role, id))) await tx.add(role, { id, personId, kind, ...(grid !== undefined && { grid }) });
  }
}

const unmet = { needs: [], presence: 'home', dailyGreeting: false } as const;

const idOfBuilding = (communityId: string, name: string) => buildingIdOf(communityId, buildingLabel(name));

const idOfHousehold = (communityId: string, wanted: Pick<RosterHousehold, 'building' | 'unit' | 'room' | 'share'>) =>
  householdIdOf(communityId, buildingLabel(wanted.building), wanted.unit, wanted.room, wanted.share);

/** Adds the row, or puts it where it differs from what is stored. An unchanged row reaches no feed and no phone. */
async function agree<R extends Row>(tx: Tx, of: Entity<R>, known: R | undefined, wanted: R): Promise<void> {
  if (known === undefined) await tx.add(of, wanted);
  else if (!same(known, wanted)) await tx.put(of, wanted);
}

/** Whether two values are the same JSON; absent, undefined and null are one. */
function same(a: unknown, b: unknown): boolean {
  if (a === b || ((a ?? null) === null && (b ?? null) === null)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  return [...keys].every((key) => same(left[key], right[key]));
}

function defined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;
}

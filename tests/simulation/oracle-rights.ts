import type { Actor } from '../../src/domain/actor.ts';
import { dayOf } from '../../src/domain/day.ts';
import type { Row } from '../../src/domain/entity.ts';
import type { Device, Grant, Household, Person, Role } from '../../src/people/schema.ts';
import type { Observation } from '../../src/pillars/check-in/observation/schema.ts';
import type { HandOutRun } from '../../src/pillars/group-buy/hand-out/schema.ts';
import type { Errand } from '../../src/pillars/errands/schema.ts';
import type { Run } from './book.ts';
import type { Rows } from './memory-tx.ts';

const DAY_MS = 86_400_000;
/** A stairway's bags are seen for a week after it was taken, at most. */
const CARRIED_MS = 7 * DAY_MS;
const AFTER_MIDNIGHT_MS = 15 * 60_000;
/** Jobs of one batch are looked up as of the latest of them: an actor may be this much ahead of the own arrival. */
const BATCH_MS = 60_000;

/**
 * Who stands behind a device, reckoned from the rows alone.
 * @param now epoch ms
 * @returns undefined where the device has ended, or its person has left
 */
export function actorOf(rows: Rows, communityId: string, deviceId: string, now: number): Actor | undefined {
  const device = rows.get('device')?.get(deviceId) as Device | undefined;
  if (device === undefined || device.endedAt != null) return undefined;
  const personId = device.personId ?? undefined;
  const person = personId === undefined ? undefined : (rows.get('person')?.get(personId) as Person | undefined);
  if (personId !== undefined && (person === undefined || ['movedOut', 'deceased'].includes(person.presence)))
    return undefined;
  const home = device.householdId ?? person?.householdId;
  const roles = device.personal ? allOf<Role>(rows, 'role') : [];
  return {
    kind: 'device',
    communityId,
    deviceId,
    ...(personId !== undefined && { personId }),
    households: home ? [home] : [],
    roles: roles
      .filter((role) => role.personId === personId && (role.until == null || now < role.until))
      .map(({ kind, grid, until }) => ({ kind, ...(grid != null && { grid }), ...(until != null && { until }) })),
    grants: allOf<Grant>(rows, 'grant')
      .filter((one) => personId !== undefined && one.helperId === personId && one.endedAt == null)
      .filter((one) => one.startsAt <= now && now < one.until)
      .map(({ householdId, powers, until }) => ({ householdId, powers, until })),
  };
}

/** The scopes that a device holds, reckoned from the rows alone; none where it has ended. */
export function scopesOf(rows: Rows, communityId: string, deviceId: string, now: number): ReadonlySet<string> {
  const actor = actorOf(rows, communityId, deviceId, now);
  const scopes = new Set<string>();
  if (actor === undefined) return scopes;
  const add = (...names: readonly string[]): void => names.forEach((name) => scopes.add(name));
  const doors = allOf<Household>(rows, 'household');
  add('public', 'community');
  for (const id of actor.households) {
    add(`household:${id}`, `household:${id}/check-in`, `household:${id}/orders`, `household:${id}/errands`);
    const door = doors.find((one) => one.id === id);
    if (door) add(`building:${door.buildingId}`, `grid:${door.grid}`);
  }
  // Who may check in for a household reads that day's answers (for some minutes after midnight the last one's too), and no other's.
  const days = [...new Set([dayOf(now - AFTER_MIDNIGHT_MS), dayOf(now)])];
  const parts = { 'check-in': days.map((day) => `check-in/${day}`), order: ['orders'], errand: ['errands'] } as const;
  for (const { householdId, powers } of actor.grants) {
    const within = powers.flatMap((power) => parts[power]);
    add(`household:${householdId}`, ...within.map((part) => `household:${householdId}/${part}`));
  }
  for (const { kind, grid } of actor.roles) {
    if (kind !== 'organiser') add('volunteers');
    if (kind !== 'volunteer') add('organisers');
    if (kind !== 'gridWorker' && kind !== 'secretary') continue;
    const desks = kind === 'gridWorker' && grid !== undefined ? [grid] : doors.map((door) => door.grid);
    if (actor.personId !== undefined) add(`work:${actor.personId}`);
    add('staff', ...desks.flatMap((each) => [`desk:${each}`, `grid:${each}`]));
    const days = [0, 1, 2].map((ago) => dayOf(now - ago * DAY_MS));
    add(...desks.flatMap((each) => days.map((day) => `desk:${each}/${day}`)));
    // Of people's health the grid worker reads, not the secretary.
    if (kind === 'gridWorker') {
      const observed = allOf<Observation>(rows, 'observation').filter((one) => desks.includes(one.grid));
      add(...observed.filter((one) => one.endDay >= dayOf(now - 2 * DAY_MS)).map((one) => `observation:${one.id}`));
      add(...desks.flatMap((each) => [`health:${each}`, ...days.map((day) => `health:${each}/${day}`)]));
    }
    // Who writes notices reads them all.
    add(...doors.map((door) => `grid:${door.grid}`));
    add(...[...(rows.get('building')?.keys() ?? [])].map((id) => `building:${id}`));
  }
  if (actor.personId !== undefined) {
    add(`person:${actor.personId}`);
    for (const run of allOf<HandOutRun>(rows, 'handOutRun')) {
      const fresh = now < (run.takenAt ?? 0) + CARRIED_MS;
      if (run.personId === actor.personId && run.ended !== true && fresh && actor.roles.length > 0)
        add(`bags:${run.groupBuyId}/${run.building}/${run.unit}`);
    }
    for (const errand of allOf<Errand>(rows, 'errand')) {
      const over = errand.state === 'handedOver' && now >= errand.stateAt + DAY_MS;
      if (errand.claimedBy === actor.personId && !over) add(`errand:${errand.id}`);
    }
  }
  return scopes;
}

/**
 * Whether a device's mutation was run with the rights of its moment.
 * @param rows as they were right before the run
 * @returns what is wrong, in words
 */
export function staleRights(rows: Rows, { id, name, context }: Run): string | undefined {
  const { actor, now } = context;
  if (actor.kind !== 'device') return undefined;
  const said = textOf(actor);
  const at = (time: number): string => textOf(actorOf(rows, actor.communityId, actor.deviceId, time));
  const should = at(now);
  if (should === said) return undefined;
  const ends = [...allOf<Role>(rows, 'role'), ...allOf<Grant>(rows, 'grant')].flatMap((one) => [
    one.until ?? 0,
    'startsAt' in one ? one.startsAt : 0,
  ]);
  if (ends.some((time) => time > now && time <= now + BATCH_MS && at(time) === said)) return undefined;
  return `${name} ${id}: was run for ${said}, but it was ${should} then`;
}

/** An actor in one way of writing, whatever the order of its fields and parts. */
function textOf(actor: Actor | undefined): string {
  if (actor === undefined) return 'nobody';
  const roles = actor.roles.map((one) => `${one.kind} ${one.grid ?? ''} ${one.until ?? ''}`).sort();
  const grants = actor.grants.map((one) => `${one.householdId} ${[...one.powers].join('+')} ${one.until}`).sort();
  const { deviceId, personId, households } = actor;
  return JSON.stringify({ deviceId, personId, households, roles, grants });
}

function allOf<R extends Row>(rows: Rows, entity: string): readonly R[] {
  return [...(rows.get(entity)?.values() ?? [])] as unknown as R[];
}

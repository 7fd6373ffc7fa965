import type { Actor, HeldGrant, HeldRole } from '../domain/actor.ts';
import {
  buildingScope,
  communityScope,
  deskScope,
  gridScope,
  organisersScope,
  householdScope,
  personScope,
  publicScope,
  volunteersScope,
} from '../domain/scope.ts';

import type { Database, Sql } from '../server/database/database.ts';
import type { Directory } from '../server/directory.ts';
import { HeldScopes } from '../server/held-scopes.ts';
import type { Operate } from '../server/operate.ts';
import { partOf } from './rules.ts';
import { staffScope } from './visibility.ts';

interface DeviceRow {
  readonly id: string;
  readonly householdId: string | null;
  readonly personId: string | null;
  readonly personHousehold: string | null;
  readonly personal: boolean;
  readonly roles: readonly { kind: HeldRole['kind']; grid: string | null; until: number | null }[] | null;
  readonly grants: readonly HeldGrant[] | null;
}

/**
 * Who people are, for the platform. Duties rest on a device that was enrolled by the person's own slip: 我是谁 on a
 * household's phone lends no desk and no pool.
 * @param operate may be called only later, so that the writer that needs this directory can be made after it
 */
export function createDirectory({ db, operate }: { db: Database; operate: Operate }): Directory {
  return {
    restsOn: ['device', 'person', 'role', 'grant'],

    async join({ communityId, slipId, deviceId: fresh, deviceName, formerDeviceIds, forgottenDeviceId }) {
      const [slip] = await db.query<{ householdId: string | null; personId: string | null }>(
        `select household_id as "householdId", person_id as "personId"
         from slip where community_id = $1 and id = $2 and ended_at is null`,
        [communityId, slipId],
      );
      const place = await this.communityOf(db, communityId);
      if (!slip || !place) return undefined;
      const enrol = async (id: string, deviceId: string): Promise<string | undefined> => {
        const args = { deviceId, slipId, name: deviceName };
        const [verdict] = await operate(communityId, [{ id, name: 'people.enrolDevice', args }]);
        return verdict?.outcome === 'accepted' ? deviceId : undefined;
      };
      // Each try is an act of its own: what was said to an earlier one says nothing about this one.
      const deviceId =
        (await formerDevice(db, communityId, slip, formerDeviceIds)) ??
        (forgottenDeviceId && (await enrol(`enrol/${fresh}/again`, forgottenDeviceId))) ??
        (await enrol(`enrol/${fresh}`, fresh));
      if (deviceId === undefined) return undefined;
      const persons = await db.query<{ id: string; name: string; householdId: string }>(
        `select id, name, household_id as "householdId" from person
         where community_id = $1 and presence not in ('movedOut', 'deceased')
           and (household_id = $2 or id = $3) order by position, id`,
        [communityId, slip.householdId, slip.personId],
      );
      const households = new Set([slip.householdId, ...persons.map((one) => one.householdId)]);
      return {
        deviceId,
        community: { id: place.id, name: place.name },
        households: [...households].filter((one): one is string => Boolean(one)),
        persons: persons.map(({ id, name }) => ({ id, name })),
        slip: slipId,
      };
    },

    async knowsDevice(communityId, deviceId) {
      const found = await db.query('select 1 from device where community_id = $1 and id = $2', [communityId, deviceId]);
      return found.length > 0;
    },

    async devicesOf(communityId, slipId) {
      return db.query<{ id: string; name: string }>(
        `select d.id, d.name from slip s join device d on d.community_id = $1 and d.ended_at is null
           and ((s.household_id is not null and not d.personal and d.household_id = s.household_id)
             or (s.person_id is not null and d.personal and d.person_id = s.person_id))
         where s.community_id = $1 and s.id = $2 order by d.joined_at, d.id`,
        [communityId, slipId],
      );
    },

    async actorsOf(sql, communityId, deviceIds, now) {
      if (deviceIds.length === 0) return new Map();
      const devices = await sql.query<DeviceRow>(
        `select d.id, d.household_id as "householdId", d.person_id as "personId", d.personal,
                p.household_id as "personHousehold",
                case when d.personal then (
                  select jsonb_agg(jsonb_build_object('kind', r.kind, 'grid', r.grid, 'until', r.until) order by r.id)
                  from person_role r
                  where r.community_id = $1 and r.person_id = d.person_id and (r.until is null or r.until > $3)
                ) end as roles,
                (select jsonb_agg(jsonb_build_object('householdId', g.household_id, 'powers', g.powers, 'until', g.until)
                                  order by g.id)
                 from care_grant g
                 where g.community_id = $1 and g.helper_id = d.person_id and g.ended_at is null
                   and g.starts_at <= $3 and g.until > $3) as grants
         from device d left join person p on p.community_id = $1 and p.id = d.person_id
         where d.community_id = $1 and d.id = any($2) and d.ended_at is null
           and (d.person_id is null or p.presence not in ('movedOut', 'deceased'))`,
        [communityId, deviceIds, now],
      );
      return new Map(devices.map((device) => [device.id, toActor(communityId, device)]));
    },

    async scopesOf(sql, actor, now) {
      const held = new HeldScopes(now);
      held.add(publicScope);
      held.add(communityScope);
      if (actor.personId) held.add(personScope(actor.personId));
      await addHomes(held, sql, actor);
      for (const { householdId, powers, until } of actor.grants) {
        held.add(householdScope(householdId), until);
        // What was said of the household's health a helper reads day by day (see the check-in's own scopes).
        for (const power of powers) {
          if (power !== 'check-in') held.add(householdScope(householdId, partOf(power)), until);
        }
      }
      await addDuties(held, sql, actor);
      return held.all();
    },

    async communityOf(sql, communityId) {
      const [place] = await sql.query<{ id: string; name: string; rehearsal: boolean }>(
        'select id, name, rehearsal from community where community_id = $1',
        [communityId],
      );
      return place;
    },
  };
}

/** @returns the first of the devices that this phone was which was enrolled by the same household's or person's slip and has not ended */
async function formerDevice(
  sql: Sql,
  communityId: string,
  slip: { readonly householdId: string | null; readonly personId: string | null },
  deviceIds: readonly string[],
): Promise<string | undefined> {
  if (deviceIds.length === 0) return undefined;
  const [device] = await sql.query<{ id: string }>(
    `select id from device where community_id = $1 and id = any($2) and ended_at is null
     and household_id is not distinct from $3 and personal = ($4::text is not null)
     and ($4::text is null or person_id = $4)
     order by array_position($2::text[], id) limit 1`,
    [communityId, deviceIds, slip.householdId, slip.personId],
  );
  return device?.id;
}

function toActor(communityId: string, device: DeviceRow): Actor {
  const home = device.householdId ?? device.personHousehold;
  return {
    kind: 'device',
    communityId,
    deviceId: device.id,
    ...(device.personId !== null && { personId: device.personId }),
    households: home ? [home] : [],
    roles: (device.roles ?? []).map(({ kind, grid, until }) => ({
      kind,
      ...(grid !== null && { grid }),
      ...(until !== null && { until }),
    })),
    grants: device.grants ?? [],
  };
}

/** Own households with all their parts, and where they stand. */
async function addHomes(held: HeldScopes, sql: Sql, actor: Actor): Promise<void> {
  if (actor.households.length === 0) return;
  const homes = await sql.query<{ id: string; buildingId: string; grid: string }>(
    `select id, building_id as "buildingId", grid from household where community_id = $1 and id = any($2)`,
    [actor.communityId, actor.households],
  );
  for (const { id, buildingId, grid } of homes) {
    held.add(householdScope(id));
    for (const part of ['check-in', 'orders', 'errands'] as const) held.add(householdScope(id, part));
    held.add(buildingScope(buildingId));
    held.add(gridScope(grid));
  }
}

/** What duties open: the pool, the desk of a grid, or every desk for the secretary and a worker of the whole community. */
async function addDuties(held: HeldScopes, sql: Sql, actor: Actor): Promise<void> {
  let grids: readonly string[] | undefined;
  for (const { kind, grid, until } of actor.roles) {
    if (kind === 'volunteer') held.add(volunteersScope, until);
    if (kind === 'organiser') held.add(organisersScope, until);
    if (kind !== 'gridWorker' && kind !== 'secretary') continue;
    held.add(volunteersScope, until);
    held.add(organisersScope, until);
    held.add(staffScope, until);
    const named = kind === 'gridWorker' && grid !== undefined;
    if (!named) grids ??= await gridsOf(sql, actor.communityId);
    for (const each of named ? [grid] : (grids ?? [])) {
      held.add(deskScope(each), until);
      held.add(gridScope(each), until);
    }
  }
}

async function gridsOf(sql: Sql, communityId: string): Promise<readonly string[]> {
  const rows = await sql.query<{ grid: string }>(
    'select distinct grid from household where community_id = $1 order by grid',
    [communityId],
  );
  return rows.map((row) => row.grid);
}

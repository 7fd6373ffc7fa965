import { createHash } from 'node:crypto';
import { dayOf, DAY_MS } from '../../src/domain/day.ts';
import type { Database } from '../../src/server/database/database.ts';

/** How many communities, and how many doors each of them has. */
export interface CitySize {
  readonly communities: number;
  readonly doors: number;
}

/** People behind a door, in turn: 2.8 on average, as the rehearsal's families. */
const HEADS = [1, 2, 3, 4, 4] as const;

const md5 = (text: string) => createHash('md5').update(text).digest('hex');
/** As long as the ids that an import gives. */
const idOf = (kind: string, text: string) => `${kind}-${md5(text).slice(0, 22)}`;
const uuidOf = (text: string) => md5(text).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

/** @param c, h from 1 */
export const communityOf = (c: number): string => idOf('c', `c${c}`);
const householdOf = (c: number, h: number): string => idOf('h', `c${c}h${h}`);
const headsOf = (h: number): number => HEADS[(h - 1) % HEADS.length] ?? 1;

/** How many people live behind so many doors. */
export function peopleBehind({ communities, doors }: CitySize): number {
  let heads = 0;
  for (let h = 1; h <= doors; h++) heads += headsOf(h);
  return communities * heads;
}

/** A household's phone as its own database knows it: signed in already. */
export interface CityPhone {
  readonly deviceId: string;
  readonly cookie: string;
  readonly householdId: string;
  readonly persons: readonly string[];
}

export function phoneOf(c: number, h: number): CityPhone {
  return {
    deviceId: uuidOf(`d c${c}h${h}`),
    cookie: `sid=${communityOf(c)}.c${c}h${h}`,
    householdId: householdOf(c, h),
    persons: Array.from({ length: headsOf(h) }, (_, p) => idOf('p', `c${c}h${h}p${p + 1}`)),
  };
}

/** The phone of the one who works at the community's desk. */
export function deskCookieOf(c: number): string {
  return `sid=${communityOf(c)}.c${c}h0`;
}

/**
 * Lays the ground by SQL: communities in an emergency, buildings of 100 doors, households, people, a phone for each
 * household and one for a grid worker, all signed in. What is measured is done on this ground through the server.
 * @param from the first community's number
 */
export async function fillCity(db: Database, { communities, doors }: CitySize, from = 1): Promise<void> {
  const [now, to] = [Date.now(), from + communities - 1];
  const c = `'c-' || substr(md5('c' || c), 1, 22)`;
  const home = `'h-' || substr(md5('c' || c || 'h' || h), 1, 22)`;
  const someone = `'p-' || substr(md5('c' || c || 'h' || h || 'p' || p), 1, 22)`;
  const building = `'b-' || substr(md5('c' || c || 'b' || (h - 1) / 100), 1, 22)`;
  const grid = `((h - 1) / 400 + 1) || '格'`;
  const heads = `(array[${HEADS.join(',')}])[(h - 1) % ${HEADS.length} + 1]`;
  const places = `generate_series($1::int, $2::int) c, generate_series(1, $3::int) h`;
  const statements: [string, unknown[]][] = [
    [
      `insert into clock (community_id, seq, epoch, tombstone_floor)
       select ${c}, 0, md5('e' || c)::uuid::text, 0 from generate_series($1::int, $2::int) c`,
      [from, to],
    ],
    [
      `insert into community (community_id, id, name, mode, mode_reason, slots, due_at, asks_temperature, rehearsal)
       select ${c}, ${c}, '小区' || c, 'emergency', '演练', '["morning"]', '{"morning":"10:00"}', false, false
       from generate_series($1::int, $2::int) c`,
      [from, to],
    ],
    [
      `insert into building (community_id, id, name, position, units, floors, lift)
       select ${c}, ${building}, ((h - 1) / 100 + 1) || '栋', (h - 1) / 100, 4, 9, false
       from generate_series($1::int, $2::int) c, generate_series(1, $3::int, 100) h`,
      [from, to, doors],
    ],
    [
      `insert into household (community_id, id, building_id, grid, building_name, unit, floor, room, door, vacant)
       select ${c}, ${home}, ${building}, ${grid}, ((h - 1) / 100 + 1) || '栋', unit, floor, room,
         ((h - 1) / 100 + 1) || '-' || unit || '-' || room, false
       from (
         select c, h, ((h - 1) % 100 / 25 + 1)::text as unit, (h - 1) % 25 / 3 + 1 as floor,
           ((h - 1) % 25 / 3 + 1) || '0' || ((h - 1) % 25 % 3 + 1) as room
         from ${places}
       ) doors`,
      [from, to, doors],
    ],
    [
      `insert into person (community_id, id, household_id, grid, name, birth_year, phone, needs, presence, daily_greeting, position)
       select ${c}, ${someone}, ${home}, ${grid}, '王秀' || h || p, 1935 + (h * 7 + p * 13) % 80, '170' || (10000000 + h * 10 + p),
         case when h % 10 = 1 then '["livesAlone"]'::jsonb else '[]'::jsonb end, 'home', false, p - 1
       from ${places}, generate_series(1, ${heads}) p`,
      [from, to, doors],
    ],
    [
      `insert into device (community_id, id, household_id, personal, name, joined_at)
       select ${c}, md5('d c' || c || 'h' || h)::uuid::text, ${home}, false, '手机', $4 from ${places}`,
      [from, to, doors, now],
    ],
    [
      `insert into session (community_id, secret_hash, device_id, created_at, seen_at)
       select ${c}, translate(rtrim(encode(sha256(('c' || c || 'h' || h)::bytea), 'base64'), '='), '+/', '-_'),
         md5('d c' || c || 'h' || h)::uuid::text, $4, $4
       from generate_series($1::int, $2::int) c, generate_series(0, $3::int) h`,
      [from, to, doors, now],
    ],
    [
      `insert into person (community_id, id, household_id, grid, name, needs, presence, daily_greeting, position)
       select ${c}, 'p-' || substr(md5('worker' || c), 1, 22), '', '', '网格员', '[]', 'home', false, 0
       from generate_series($1::int, $2::int) c`,
      [from, to],
    ],
    [
      `insert into person_role (community_id, id, person_id, kind)
       select ${c}, 'p-' || substr(md5('worker' || c), 1, 22) || '/gridWorker', 'p-' || substr(md5('worker' || c), 1, 22), 'gridWorker'
       from generate_series($1::int, $2::int) c`,
      [from, to],
    ],
    [
      `insert into device (community_id, id, person_id, personal, name, joined_at)
       select ${c}, md5('d c' || c || 'h0')::uuid::text, 'p-' || substr(md5('worker' || c), 1, 22), true, '手机', $3
       from generate_series($1::int, $2::int) c`,
      [from, to, now],
    ],
  ];
  for (const [text, values] of statements) await db.query(text, values);
  await db.query('vacuum analyze');
}

/**
 * Answers of the days before today from everybody, and of half the households for today: what a desk looks at. By SQL, as
 * they are only read. One in 100 people is unwell today; each door has its own usual minute.
 * @param days how many days before today
 */
export async function fillAnswers(
  db: Database,
  { communities, doors }: CitySize,
  days: number,
  from = 1,
): Promise<void> {
  for (let ago = days; ago >= 0; ago--) {
    const at = Date.now() - ago * DAY_MS;
    await db.query(
      `insert into check_in (community_id, id, person_id, household_id, grid, day, slot, feels, symptoms, needs, level,
         recovered, by, happened_at, received_at, late, history)
       select community_id, id || '/' || $4 || '/morning', id, household_id, grid, $4, 'morning',
         case when ill then 'unwell' else 'well' end, case when ill then '["cough"]'::jsonb else '[]'::jsonb end, '[]',
         case when ill then 'watch' else 'ok' end, false,
         jsonb_build_object('deviceId', md5('d c' || c || 'h' || h)::uuid::text, 'actingFor', false),
         $5::bigint + h % 60 * 60000, $5::bigint + h % 60 * 60000 + 400, false, '[]'
       from (
         select c, h, p, $6::boolean and (h * 4 + p) % 100 = 0 as ill, 'c-' || substr(md5('c' || c), 1, 22) as community_id,
           'h-' || substr(md5('c' || c || 'h' || h), 1, 22) as household_id, ((h - 1) / 400 + 1) || '格' as grid,
           'p-' || substr(md5('c' || c || 'h' || h || 'p' || p), 1, 22) as id
         from generate_series($1::int, $2::int) c, generate_series(1, $3::int) h,
           generate_series(1, (array[${HEADS.join(',')}])[(h - 1) % ${HEADS.length} + 1]) p
         where not $6::boolean or h % 2 = 0
       ) said`,
      [from, from + communities - 1, doors, dayOf(at), Date.parse(`${dayOf(at)}T07:00:00+08:00`), ago === 0],
    );
  }
  await db.query('vacuum analyze check_in');
}

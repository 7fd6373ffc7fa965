import { dayOf } from '../../src/domain/day.ts';
import { openDatabase } from '../../src/server/database/open-database.ts';
import { silentLog } from '../../src/server/log.ts';
import { serverWorld } from '../../src/server/server-world.ts';
import { RealServer } from '../support/real-server.ts';
import { WireClients, WireDevice } from '../support/wire-client.ts';
import { fillCity, peopleBehind, phoneOf, type CitySize } from './city.ts';
import { inParallel, type Figure } from './figure.ts';
import { watchMemory } from './memory.ts';
import type { Database } from '../../src/server/database/database.ts';

/** The city of 2020: people, communities, and the hours in which every door of it was asked. */
const CITY = { people: 10_000_000, communities: 7_148, hours: 72 } as const;
/** Doors of a community, and people that are asked unless told otherwise. */
const DOORS = 500;
const PEOPLE = 300_000;
const CONNECTIONS = 64;

/**
 * One check-in for everybody, a push from each household's own phone, over HTTP. The ground is laid by SQL, the check-ins
 * are not. The people of half the communities answer all at once, across all of those (as on a morning); those of the other
 * half community after community (as when each is asked at its own time).
 * @param people how many; the city's figure is scaled linearly from them
 */
export async function wuhan(people = PEOPLE): Promise<Figure[]> {
  const perCommunity = peopleBehind({ communities: 1, doors: DOORS });
  const size: CitySize = { communities: Math.max(2, Math.ceil(people / perCommunity)), doors: DOORS };
  const server = await RealServer.prepare({ NODE_ENV: 'production' });
  await server.start();
  const database = await openDatabase({ dataFolder: server.dataFolder, join: true }, silentLog, serverWorld);
  const clients = new WireClients(server.port, CONNECTIONS);
  const memory = watchMemory(server.dataFolder);
  try {
    await fillCity(database.db, size);
    const before = await diskOf(database.db);
    const half = Math.floor(size.communities / 2);
    const across = await answerAll(clients, acrossAll(1, half, size.doors));
    const inTurn = await answerAll(clients, oneAfterTheOther(half + 1, size.communities, size.doors));
    const seen = memory?.();
    const after = await diskOf(database.db);
    const [answers] = await database.db.query<{ n: number }>('select count(*) as n from check_in');
    const n = answers?.n ?? 0;
    const perSecond = n / (across.seconds + inTurn.seconds);
    const hours = CITY.people / perSecond / 3_600;
    return [
      figure('wuhan: people asked, answers stored', `${peopleBehind(size)}, ${n}`, n, String(peopleBehind(size))),
      figure(
        'wuhan: verdicts other than accepted',
        String(across.others + inTurn.others),
        across.others + inTurn.others,
        '0',
      ),
      rate('wuhan: across all communities at once, people/s', across),
      rate('wuhan: community after community, people/s', inTurn),
      figure('wuhan: both, people/s', String(Math.round(perSecond)), perSecond),
      figure(`wuhan: ${CITY.people} people, scaled linearly, h`, hours.toFixed(1), hours, `≤ ${CITY.hours}`),
      disk(before, after, n),
      ...(seen
        ? [
            figure('wuhan: memory of the server at most, MB', String(seen.node), seen.node),
            figure('wuhan: memory of PostgreSQL at most, MB', String(seen.postgres), seen.postgres),
          ]
        : []),
    ];
  } finally {
    memory?.();
    clients.close();
    await database.stop();
    await server.remove();
  }
}

type Place = readonly [community: number, door: number];

interface Answered {
  readonly people: number;
  readonly seconds: number;
  readonly others: number;
}

/** Doors in such an order that neighbours in it belong to different communities. */
function acrossAll(from: number, to: number, doors: number): Place[] {
  const places: Place[] = [];
  for (let h = 1; h <= doors; h++) for (let c = from; c <= to; c++) places.push([c, h]);
  return places;
}

function oneAfterTheOther(from: number, to: number, doors: number): Place[] {
  const places: Place[] = [];
  for (let c = from; c <= to; c++) for (let h = 1; h <= doors; h++) places.push([c, h]);
  return places;
}

async function answerAll(clients: WireClients, places: readonly Place[]): Promise<Answered> {
  const began = performance.now();
  const day = dayOf(Date.now());
  let others = 0;
  let people = 0;
  await inParallel(places, CONNECTIONS, async ([c, h]) => {
    const { deviceId, cookie, householdId, persons } = phoneOf(c, h);
    const device = new WireDevice(clients, deviceId, cookie, householdId);
    const entries = persons.map((personId) => ({ personId, feels: 'well' }));
    const body = device.envelope('checkIn.submit', { householdId, day, slot: 'morning', entries });
    // A phone sends again until it has a verdict.
    for (let tries = 1; ; tries++) {
      const verdict = (await device.send(body))?.verdicts[0];
      if (!verdict && tries < 20) continue;
      if (verdict?.outcome === 'accepted') people += persons.length;
      else others++;
      return;
    }
  });
  return { people, seconds: (performance.now() - began) / 1000, others };
}

/** Bytes of the tables that check-ins fill, their indexes included. */
type Disk = Readonly<Record<string, number>>;

async function diskOf(db: Database): Promise<Disk> {
  const tables = await db.query<{ name: string; bytes: number }>(
    `select relname as name, pg_total_relation_size(oid) as bytes from pg_class
     where relnamespace = 'public'::regnamespace and relkind = 'r'`,
  );
  return Object.fromEntries(tables.map(({ name, bytes }) => [name, bytes]));
}

function disk(before: Disk, after: Disk, answers: number): Figure {
  const grown = Object.entries(after)
    .map(([name, bytes]) => [name, megabytes(((bytes - (before[name] ?? 0)) / answers) * 1e6)] as const)
    .filter(([, size]) => size > 0)
    .sort(([, one], [, other]) => other - one);
  const inAll = grown.reduce((sum, [, size]) => sum + size, 0);
  const parts = grown.map(([name, size]) => `${name} ${size}`).join(', ');
  return figure('wuhan: disk for a million check-ins, MB', `${inAll} (${parts})`, inAll);
}

function rate(name: string, { people, seconds }: Answered): Figure {
  return figure(name, `${Math.round(people / seconds)} (${people} in ${seconds.toFixed(1)} s)`, people / seconds);
}

function figure(name: string, value: string, raw: number, aim?: string): Figure {
  return { name, value, raw, ...(aim !== undefined && { aim }) };
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1024 / 1024);
}

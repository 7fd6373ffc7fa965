import { Agent, request } from 'node:http';
import { openDatabase } from '../../src/server/database/open-database.ts';
import { silentLog } from '../../src/server/log.ts';
import { serverWorld } from '../../src/server/server-world.ts';
import type { Coverage } from '../../src/pillars/check-in/desk/schema.ts';
import { RealServer } from '../support/real-server.ts';
import { deskCookieOf, fillAnswers, fillCity, peopleBehind, type CitySize } from './city.ts';
import { inParallel, median, type Figure } from './figure.ts';

/** A sub-district: 150,000 people in 323 communities on one server. */
const DISTRICT: CitySize = { communities: 323, doors: 167 };
/** Communities of one size each, to see what a growing one costs. */
const GROWING = [500, 5_000, 50_000] as const;
/** Days of answers that lie in the database before today. */
const DAYS = 14;
const CONNECTIONS = 2;
/** Questions of each community's desk. */
const QUESTIONS = 8;

/** How long the desk waits for its coverage over HTTP, with today half full: in a sub-district, and as a community grows. */
export async function coverage(): Promise<Figure[]> {
  const server = await RealServer.prepare({ NODE_ENV: 'production' });
  await server.start();
  const database = await openDatabase({ dataFolder: server.dataFolder, join: true }, silentLog, serverWorld);
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const ask = (c: number) => coverageOver(agent, server.port, deskCookieOf(c));
  try {
    await fillCity(database.db, DISTRICT);
    await fillAnswers(database.db, DISTRICT, DAYS);
    const everybody = Array.from({ length: DISTRICT.communities }, (_, i) => i + 1);
    const first = await inParallel(everybody, CONNECTIONS, ask);
    const again = Array.from({ length: QUESTIONS }, () => everybody).flat();
    const asked = await inParallel(again, CONNECTIONS, ask);
    const doors = asked.slice(0, DISTRICT.communities).reduce((sum, { counts }) => sum + counts.doors, 0);
    const figures = [
      {
        name: `coverage: people, communities, doors answered for`,
        value: `${peopleBehind(DISTRICT)}, ${DISTRICT.communities}, ${doors}`,
        raw: doors,
        aim: String(DISTRICT.communities * DISTRICT.doors),
      },
      times(`coverage: the day's first question of a community, ms`, first),
      { ...times(`coverage: ${asked.length} questions over all communities, ms`, asked), aim: 'p95 ≤ 50' },
    ];
    for (const [i, size] of GROWING.entries()) {
      const c = DISTRICT.communities + 1 + i;
      await fillCity(database.db, { communities: 1, doors: size }, c);
      await fillAnswers(database.db, { communities: 1, doors: size }, DAYS, c);
      await ask(c);
      const runs = await inParallel(
        Array.from({ length: size > 10_000 ? 5 : 20 }, () => c),
        1,
        ask,
      );
      const kilobytes = Math.round((runs[0]?.bytes ?? 0) / 1024);
      figures.push(times(`coverage: ${size} doors in one community (${kilobytes} kB), ms`, runs));
    }
    return figures;
  } finally {
    agent.destroy();
    await database.stop();
    await server.remove();
  }
}

interface Asked {
  readonly ms: number;
  readonly bytes: number;
  readonly counts: Coverage['counts'];
}

function coverageOver(agent: Agent, port: number, cookie: string): Promise<Asked> {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const asking = request(
      { host: '127.0.0.1', port, path: '/api/desk/coverage', agent, headers: { cookie } },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('error', reject);
        answer.on('end', () => {
          const ms = performance.now() - began;
          const text = Buffer.concat(parts).toString();
          if (answer.statusCode !== 200) reject(new Error(`coverage: ${answer.statusCode} ${text}`));
          else resolve({ ms, bytes: text.length, counts: (JSON.parse(text) as Coverage).counts });
        });
      },
    );
    asking.on('error', reject);
    asking.end();
  });
}

function times(name: string, asked: readonly Asked[]): Figure {
  const sorted = asked.map(({ ms }) => ms).sort((one, other) => one - other);
  const p95 = sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0;
  return { name, value: `p50 ${median(sorted).toFixed(1)}, p95 ${p95.toFixed(1)}`, raw: p95 };
}

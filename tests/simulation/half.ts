import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../support/cluster.ts';
import type { TestDatabase } from '../support/cluster.ts';
import { openElsewhere } from './elsewhere.ts';
import { simulate } from './simulate.ts';
import { FAULTS } from './faults.ts';

const { env } = process;
/** Histories of both halves together, and the seed: fixed, so that everybody runs the same ones. */
const HISTORIES = Number(env['SIMULATE_HISTORIES'] ?? 1_000);
const SEED = Number(env['SIMULATE_SEED'] ?? 20_200_127);
/** From so many on every fault must have its share. */
const MANY = 200;
/** Ms, for one history on a busy machine. */
const PATIENCE_MS = 3_000;

/** Lives one half of the histories, so that two processes share the work. */
export function livesHalf(half: 1 | 2): void {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
    await openElsewhere(database.db);
  });
  afterAll(() => database.drop());

  const mine = env['SIMULATE_PATH'] === undefined ? Math.ceil(HISTORIES / 2) : 1;
  test(`${mine} histories from seed ${SEED + half - 1}`, { timeout: 60_000 + mine * PATIENCE_MS }, async () => {
    const began = performance.now();
    let trace = '';
    const done = await simulate(database.db, {
      histories: mine,
      seed: env['SIMULATE_PATH'] === undefined ? SEED + half - 1 : SEED,
      path: env['SIMULATE_PATH'],
      replay: env['SIMULATE_REPLAY'],
      asFound: env['SIMULATE_PATH'] !== undefined,
      keepTrace: env['SIMULATE_TRACE'] !== undefined,
      lived: ({ scheduler }) => void (trace = scheduler.lines?.join('') ?? ''),
    });
    if (env['SIMULATE_TRACE'] !== undefined) writeFileSync(env['SIMULATE_TRACE'], trace);
    const seconds = (performance.now() - began) / 1_000;
    const shares = FAULTS.map((fault) => `${fault} ${share(done.counts.get(fault))}`).join(', ');
    console.log(`${done.histories} histories in ${seconds.toFixed(0)} s. In how many each fault happened: ${shares}`);
    expect(done.failure).toBeUndefined();
    const rare = FAULTS.filter((fault) => (done.counts.get(fault) ?? 0) < 0.05 * done.histories);
    if (mine >= MANY) expect(rare, 'faults that happened in less than 5 % of the histories').toEqual([]);

    function share(times = 0): string {
      return `${((100 * times) / done.histories).toFixed(0)} %`;
    }
  });
}

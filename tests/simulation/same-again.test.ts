import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../support/cluster.ts';
import type { TestDatabase } from '../support/cluster.ts';
import { simulate } from './simulate.ts';

/** Histories that are lived twice. */
const SEEDS = Number(process.env['SHOUWANG_TWICE'] ?? 50);

let databases: TestDatabase[];

beforeAll(async () => {
  databases = [await testDatabase(), await testDatabase()];
});
afterAll(async () => {
  for (const { drop } of databases) await drop();
});

test(`${SEEDS} histories go the same way twice, event by event`, { timeout: 300_000 }, async () => {
  const times: string[][] = [];
  for (const { db } of databases) {
    const hashes: string[] = [];
    await simulate(db, {
      histories: SEEDS,
      seed: 20_201_122,
      asFound: true,
      lived: ({ scheduler }) => hashes.push(scheduler.digest()),
    });
    times.push(hashes);
  }
  const [first, second] = times;
  expect(first).toHaveLength(SEEDS);
  expect(new Set(first).size).toBe(SEEDS);
  expect(second).toEqual(first);
});

import { expect, test } from 'vitest';
import { testDatabase } from '../support/cluster.ts';
import { openElsewhere } from './elsewhere.ts';
import { simulate } from './simulate.ts';

/** Where a planted bug is looked for: histories at most, from each of these seeds. */
const MOST = 400;
const SEEDS = [11, 22, 33, 44, 55].slice(0, Number(process.env['SIMULATE_SEEDS'] ?? 5));

const bug = process.env['SIMULATE_PLANTED'];

// Part of a run only where a bug was planted (npm run simulate:planted): the source is changed as it is loaded.
test(`the planted bug is found: ${bug ?? 'none'}`, { timeout: 1_800_000 }, async () => {
  const { db, drop } = await testDatabase();
  const took: (number | null)[] = [];
  const laws = new Set<string>();
  try {
    await openElsewhere(db);
    for (const seed of SEEDS) {
      const done = await simulate(db, { histories: MOST, seed, asFound: true });
      took.push(done.failure === undefined ? null : done.histories);
      for (const [, law] of done.failure?.matchAll(/^ {2}(\w+): /gm) ?? []) laws.add(law!);
    }
  } finally {
    await drop();
    process.stdout.write(`\nHUNT ${JSON.stringify({ took, laws: [...laws] })}\n`);
  }
  expect(took).not.toContain(null);
});

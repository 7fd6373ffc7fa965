import { expect, test } from 'vitest';
import { writeFileSync } from 'node:fs';
import { testDatabase } from '../support/cluster.ts';
import { openElsewhere } from './elsewhere.ts';
import { simulate } from './simulate.ts';
test('measure', { timeout: 900_000 }, async () => {
  const { db, drop } = await testDatabase();
  await openElsewhere(db);
  const began = performance.now();
  const counts = new Map<string, number>();
  const add = (k: string) => counts.set(k, (counts.get(k) ?? 0) + 1);
  const done = await simulate(db, {
    histories: Number(process.env['N'] ?? 120),
    seed: Number(process.env['SEED'] ?? 7),
    asFound: true,
    lived: (h) => {
      const names = new Set(
        h.server.book.runs
          .filter((r) => r.name.startsWith('groupBuy.'))
          .map((r) => `${r.name} ${r.outcome} ${r.code ?? ''}`),
      );
      for (const n of names) add(n);
      if (h.counts.has('round')) add('ROUND');
    },
  });
  await drop();
  const text = [...counts]
    .sort()
    .map(([k, n]) => `${k.padEnd(60)} ${n}`)
    .join('\n');
  writeFileSync(
    '/tmp/S-measure.txt',
    `${done.histories} in ${((performance.now() - began) / 1000).toFixed(0)} s\n${text}\n${done.failure ?? 'no failure'}\n`,
  );
  expect(1).toBe(1);
});

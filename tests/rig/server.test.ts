import { expect, test } from 'vitest';
import { connectionsCut } from './server-connections-cut.ts';
import { databaseKilled } from './server-database-killed.ts';
import { diskFull } from './server-disk-full.ts';
import { serverKilled } from './server-killed.ts';
import { SmallVolume } from './server-volume.ts';
import type { Trial } from './trial.ts';

const clean = { lost: 0, doubled: 0, stuck: 0, broken: [] };

async function hold({ short, run }: Trial): Promise<void> {
  expect(await run(short)).toMatchObject({ ...clean, trials: short });
}

test('killed again and again under load, the server loses nothing it acknowledged and does nothing twice', async () => {
  await hold(serverKilled);
});

test('a database that dies under load is started again, and everybody gets an answer', async () => {
  await hold(databaseKilled);
});

test('connections that are cut under load are made anew, and nothing is done twice', async () => {
  await hold(connectionsCut);
});

// Where no small volume can be mounted (no root, a closed container) there is no disk to fill.
test.skipIf(!(await SmallVolume.isPossible()))(
  'on a full disk reading goes on, pushes are told so in plain words, and all goes on by itself when there is room',
  async () => {
    await hold(diskFull);
  },
);

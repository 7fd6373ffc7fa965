import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { naturalKey } from '../src/domain/entity.ts';
import { submit } from '../src/pillars/check-in/mutations.ts';
import { checkIn } from '../src/pillars/check-in/schema.ts';
import { requestErrand } from '../src/pillars/errands/mutations.ts';
import { errand } from '../src/pillars/errands/schema.ts';
import { backup } from '../src/server/database/backup.ts';
import { restore } from '../src/server/database/restore.ts';
import { homes, openTown, people, type Town } from './support/town.ts';

let town: Town;
let folder: string;
beforeAll(async () => {
  town = await openTown();
  folder = await mkdtemp(join(tmpdir(), 'shouwang-restore-'));
});
afterAll(async () => {
  await town.close();
  await rm(folder, { recursive: true });
});

it('what was acknowledged after the backup comes back from the phones, once, when the server is restored', async () => {
  const li = await town.phone('li');
  const day = '2026-11-22';
  const entries = [{ personId: people.li, feels: 'well' as const }];
  await li.does(submit, { householdId: homes.li, day, slot: 'morning', entries });
  await li.sync();
  const file = join(folder, 'community.gz');
  await backup(town.db, town.communityId, file, town.world.now());

  const id = town.world.newId();
  const asked = {
    id,
    householdId: homes.li,
    kind: 'parcel' as const,
    text: '取快递',
    packet: [],
    handOver: 'door' as const,
  };
  const act = await li.does(requestErrand, asked);
  await li.sync();
  expect(await li.word(act)).toBe('done');

  await restore(town.db, file, { replace: true, newId: () => town.world.newId() });
  expect(await town.db.query('select id from errand where id = $1', [id])).toEqual([]);
  await li.sync();
  await li.sync();
  expect(await town.db.query('select id, state from errand where id = $1', [id])).toEqual([{ id, state: 'waiting' }]);
  const acts = await town.db.query('select outcome from verdict where name = $1', ['errands.request']);
  expect(acts).toEqual([{ outcome: 'accepted' }]);
  expect(await li.sees(errand, id)).toMatchObject({ state: 'waiting' });
  expect(await li.sees(checkIn, naturalKey(people.li, day, 'morning'))).toMatchObject({ feels: 'well' });
});

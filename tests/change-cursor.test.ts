import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPool } from '../src/server/database/pool.ts';
import { homes, openTown, people, type Town } from './support/town.ts';

let town: Town;

beforeAll(async () => {
  town = await openTown();
});
afterAll(async () => {
  await town.close();
});

it('the change cursor loses nothing while a transaction of a second server hangs', async () => {
  const li = await town.device('li');
  await li.pull();
  // A second server has taken the clock and hangs, its changes written and not committed.
  const second = openPool({ ...town.connection, max: 1 });
  let letGo = (): void => {};
  const hanging = new Promise<void>((resolve) => (letGo = resolve));
  let written = (): void => {};
  const hasWritten = new Promise<void>((resolve) => (written = resolve));
  const slow = second.transaction(async (sql) => {
    const [clock] = await sql.query<{ seq: number }>('select seq from clock where community_id = $1 for update', [
      town.communityId,
    ]);
    const seq = clock!.seq + 1;
    await sql.query(
      `insert into feed (community_id, scope, entity, id, seq, row, changed_at) values ($1, 'community', 'building', 'slow', $2, '{"id":"slow"}', 0)`,
      [town.communityId, seq],
    );
    await sql.query('update clock set seq = $2 where community_id = $1', [town.communityId, seq]);
    written();
    await hanging;
  });
  await hasWritten;
  // Meanwhile a quick write arrives, and phones keep pulling.
  let quickDone = false;
  const args = {
    householdId: homes.li,
    day: '2026-11-22',
    slot: 'morning',
    entries: [{ personId: people.li, feels: 'well' }],
  };
  const quick = li.act('checkIn.submit', args).then((verdict) => {
    quickDone = true;
    return verdict;
  });
  await li.pull();
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(quickDone, 'a later change must not commit before an earlier one').toBe(false);
  letGo();
  await slow;
  expect(await quick).toMatchObject({ outcome: 'accepted' });
  await li.pull();
  expect(li.held('building').map((row) => row.id)).toContain('slow');
  expect(li.held('checkIn')).toHaveLength(1);
  await second.close();
});

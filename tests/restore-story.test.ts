import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lostOf, streamOf } from '../src/client/local/database.ts';
import { naturalKey } from '../src/domain/entity.ts';
import { slipIdOf } from '../src/people/natural-id.ts';
import { submit } from '../src/pillars/check-in/mutations.ts';
import { checkIn } from '../src/pillars/check-in/schema.ts';
import { requestErrand } from '../src/pillars/errands/mutations.ts';
import { errand } from '../src/pillars/errands/schema.ts';
import { registry } from '../src/pillars/registry.ts';
import { backup } from '../src/server/database/backup.ts';
import { restore } from '../src/server/database/restore.ts';
import { PROTOCOL, type JoinAnswer } from '../src/sync/wire.ts';
import { StoryPhone } from './support/story-phone.ts';
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

it('a phone that signed in again after the backup goes on as who it was, with what it had not sent', async () => {
  const chen = await town.phone('chen');
  await chen.sync();
  const { deviceId } = chen.phone.actor.value;
  const file = join(folder, 'again.gz');
  await backup(town.db, town.communityId, file, town.world.now());
  await chen.joinAgain(town.code('chen'));
  await chen.sync();
  expect(chen.phone.actor.value.deviceId).toBe(deviceId);

  await restore(town.db, file, { replace: true, newId: () => town.world.newId() });
  // The server believes a session for some seconds without asking.
  town.world.pass(10_000);
  const id = town.world.newId();
  await chen.does(requestErrand, {
    id,
    householdId: homes.chen,
    kind: 'parcel',
    text: '取快递',
    packet: [],
    handOver: 'door',
  });
  await chen.sync();
  expect(chen.phone.status.value.state).toBe('signInAgain');
  await chen.joinAgain(town.code('chen'));
  await chen.sync();
  expect(chen.phone.actor.value.deviceId).toBe(deviceId);
  expect(await town.db.query('select id from errand where id = $1', [id])).toEqual([{ id }]);
});

describe('a phone that signed in after the backup', () => {
  const parcel = () => ({
    id: town.world.newId(),
    householdId: homes.wang,
    kind: 'parcel' as const,
    text: '取快递',
    packet: [],
    handOver: 'door' as const,
  });
  const again = (file: string) => restore(town.db, file, { replace: true, newId: () => town.world.newId() });
  const errands = (...ids: string[]) =>
    town.db.query('select id, state from errand where id = any($1) order by id', [ids]);
  const devices = () => town.db.query('select id from device where household_id = $1 order by id', [homes.wang]);

  it('is forgotten with it, signs in again as who it was, and all it did happens again, once', async () => {
    const file = join(folder, 'before-wang.gz');
    await backup(town.db, town.communityId, file, town.world.now());
    const wang = await town.phone('wang');
    const device = wang.phone.actor.value.deviceId;
    const [acknowledged, waiting] = [parcel(), parcel()];
    const act = await wang.does(requestErrand, acknowledged);
    await wang.sync();
    expect(await wang.word(act)).toBe('done');
    await again(file);

    const later = await wang.does(requestErrand, waiting);
    await wang.sync();
    // The server still remembers the session when the phone asks: it must not be told that its device is over.
    expect(wang.phone.status.value.state).toBe('signInAgain');
    expect(await wang.phone.database.sent.count()).toBe(1);
    expect(await wang.word(later)).toBe('unsent');
    expect(await errands(acknowledged.id, waiting.id)).toEqual([]);

    await wang.joinAgain(town.code('wang'));
    expect(wang.phone.actor.value.deviceId).toBe(device);
    expect(await lostOf(wang.phone.database)).toBeUndefined();
    await wang.sync();
    await wang.sync();
    expect(await errands(acknowledged.id, waiting.id)).toEqual([
      { id: acknowledged.id, state: 'waiting' },
      { id: waiting.id, state: 'waiting' },
    ]);
    const ends = await town.db.query('select id, outcome from verdict where device_id = $1 and name = $2', [
      device,
      'errands.request',
    ]);
    expect(ends.sort((a, b) => String(a['id']).localeCompare(String(b['id'])))).toEqual([
      { id: act, outcome: 'accepted' },
      { id: later, outcome: 'accepted' },
    ]);
    expect([await wang.word(act), await wang.word(later)]).toEqual(['done', 'done']);
    expect(await devices()).toEqual([{ id: device }]);
  });

  it('goes on as who it was although the answer to its sign-in was lost', async () => {
    const file = join(folder, 'before-second.gz');
    await backup(town.db, town.communityId, file, town.world.now());
    let losesAnswer = false;
    const app = {
      async request(url: string, init?: RequestInit) {
        const response = await town.server.app.request(url, init);
        if (losesAnswer && url.endsWith('/join')) throw new TypeError('the answer was lost, and the cookie with it');
        return response;
      },
    };
    const wang = await StoryPhone.join(app as typeof town.server.app, registry, town.world, town.code('wang'));
    const device = wang.phone.actor.value.deviceId;
    const asked = parcel();
    await wang.does(requestErrand, asked);
    await wang.sync();
    await again(file);
    await wang.sync();

    losesAnswer = true;
    await expect(wang.joinAgain(town.code('wang'))).rejects.toThrow('offline');
    losesAnswer = false;
    expect(await devices()).toContainEqual({ id: device });
    await wang.joinAgain(town.code('wang'));
    expect(wang.phone.actor.value.deviceId).toBe(device);
    await wang.sync();
    await wang.sync();
    expect(await errands(asked.id)).toEqual([{ id: asked.id, state: 'waiting' }]);
    wang.close();
  });

  it('has no stale stream in its way', async () => {
    const file = join(folder, 'before-third.gz');
    await backup(town.db, town.communityId, file, town.world.now());
    const wang = await town.phone('wang');
    const device = wang.phone.actor.value.deviceId;
    const asked = [parcel(), parcel()];
    for (const one of asked) await wang.does(requestErrand, one);
    await wang.sync();
    await again(file);
    // Rows of its order without its device, as a backup of another make might leave them: one it knows and a newer one.
    const { id: stream } = await streamOf(wang.phone.database);
    await town.db.query(
      `insert into device_stream (community_id, device_id, stream, generation, last_seq)
       values ($1, $2, $3, 1, 1), ($1, $2, 'of-before', 2, 9)`,
      [town.communityId, device, stream],
    );
    await wang.sync();
    await wang.joinAgain(town.code('wang'));
    expect(wang.phone.actor.value.deviceId).toBe(device);
    const waiting = parcel();
    await wang.does(requestErrand, waiting);
    await wang.sync();
    await wang.sync();
    expect(await errands(...asked.map((one) => one.id), waiting.id)).toHaveLength(3);
    expect(await wang.phone.readEntries()).toEqual([]);
  });

  it('is taken for nobody else: an id that exists is not to be claimed, nor one of another slip', async () => {
    const wang = await town.device('wang');
    const slipOf = (who: 'wang' | 'li') => slipIdOf(town.communityId, homes[who]);
    const claim = async (who: 'wang' | 'li', deviceId: string, slip?: string) => {
      const response = await town.server.app.request('/api/session/join', {
        method: 'POST',
        headers: { 'x-requested-by': 'shouwang', 'content-type': 'application/json' },
        body: JSON.stringify({ code: town.code(who), deviceName: '别人的', formers: [{ deviceId, slip }] }),
      });
      return { status: response.status, body: (await response.json()) as Partial<JoinAnswer> };
    };
    const unknown = town.world.newId();
    const [ofOwn, ofOther, ofForeignSlip, ofNoSlip] = [
      await claim('wang', wang.deviceId, slipOf('wang')),
      await claim('li', wang.deviceId, slipOf('li')),
      await claim('li', unknown, slipOf('wang')),
      await claim('li', unknown),
    ];
    for (const { status, body } of [ofOwn, ofOther, ofForeignSlip, ofNoSlip]) {
      expect(status).toBe(201);
      expect([wang.deviceId, unknown]).not.toContain(body.deviceId);
    }
    const taken = await claim('li', unknown, slipOf('li'));
    expect(taken.body.deviceId).toBe(unknown);
    expect(Object.keys(taken.body).sort()).toEqual(Object.keys(ofOther.body).sort());
    // Who ended stays ended.
    await wang.act('people.endDevice', { deviceId: wang.deviceId });
    expect((await claim('wang', wang.deviceId, slipOf('wang'))).body.deviceId).not.toBe(wang.deviceId);
    expect((await claim('wang', 'anything', slipOf('wang'))).status).toBe(400);
    expect((await wang.post('/api/pull', { protocol: PROTOCOL, cursor: null })).status).toBe(401);
  });
});

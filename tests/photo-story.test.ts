import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { photosOf } from '../src/client/photos/photos.ts';
import { DAY_MS, MINUTE_MS } from '../src/domain/day.ts';
import type { Database } from '../src/server/database/database.ts';
import { NoRoom } from '../src/server/database/disk-room.ts';
import { backup } from '../src/server/database/backup.ts';
import { restore } from '../src/server/database/restore.ts';
import { forgetPhotos } from '../src/server/photos/forget-photos.ts';
import { MAX_PHOTO_BYTES } from '../src/sync/photo.ts';
import type { Problem } from '../src/sync/wire.ts';
import type { HttpDevice } from './support/http-device.ts';
import { blackPng, snapshot } from './support/pictures.ts';
import type { StoryPhone } from './support/story-phone.ts';
import { serverSlices, testServer } from './support/test-server.ts';
import { homes, openTown, type Town } from './support/town.ts';

let town: Town;
let picture: Uint8Array<ArrayBuffer>;
beforeAll(async () => {
  town = await openTown();
  picture = await snapshot();
});
afterAll(() => town.close());

type Body = Uint8Array<ArrayBuffer> | ReadableStream | string;

const puts = (device: HttpDevice, id: string, body: Body = picture, more: object = {}) =>
  device.request(`/api/photos/${id}`, { method: 'PUT', body, ...more });
const asks = async (device: HttpDevice, id: string) => (await device.request(`/api/photos/${id}`)).status;
const problemOf = async (answer: Response) => {
  const { type, title, status } = (await answer.json()) as Problem;
  expect([answer.headers.get('content-type'), status]).toEqual([
    'application/problem+json; charset=utf-8',
    answer.status,
  ]);
  expect(title).toMatch(/\p{Script=Han}/u);
  return [answer.status, type];
};
const stored = () =>
  town.db.query<{ id: string; bytes: Buffer; width: number; height: number }>(
    'select id, bytes, width, height from photo order by id',
  );
const isStored = async (id: string) => (await stored()).some((photo) => photo.id === id);
const states = async ({ phone }: StoryPhone) =>
  (await phone.database.photos.orderBy('id').toArray()).map(({ state }) => state);
const takes = async ({ phone }: StoryPhone, bytes = picture) => {
  const added = await photosOf(phone).add(bytes.slice().buffer);
  if (added.kind !== 'added') throw new Error(added.kind);
  return added.id;
};

/** A claim of a household that names a picture, as its row stands on the server. */
const claims = (photoId: string | null, householdId: string = homes.wang, id: string = town.world.newId()) =>
  town.db.query(
    `insert into group_buy_claim (community_id, id, group_buy_id, household_id, door, item_id, name, unit, kind, quantity, photo_id, at, state)
     values ($1, $2, 'r', $3, '3-2-501', 'i', '白菜', '份', 'spoiled', 1, $4, 0, 'open')
     on conflict (community_id, id) do update set photo_id = $4`,
    [town.communityId, id, householdId, photoId],
  );

describe('a picture that is taken without a network', () => {
  it('is seen at once, goes out once there is one, and survives that the app is closed', async () => {
    const wang = await town.phone('wang');
    wang.goOffline();
    const id = await takes(wang);
    await wang.sync();
    expect(await photosOf(wang.phone).read(id)).toMatchObject({ kind: 'here', photo: { state: 'waiting' } });
    wang.close();
    await wang.open();
    expect(await states(wang)).toEqual(['waiting']);
    expect(await isStored(id)).toBe(false);
    wang.goOnline();
    await wang.sync();
    expect(await states(wang)).toEqual(['sent']);
    expect(await isStored(id)).toBe(true);
  });

  it('is stored once although the reply is lost and the server is started anew in between', async () => {
    const li = await town.phone('li');
    const id = await takes(li);
    li.loseReplyOf = '/api/photos/';
    await li.sync();
    expect(await states(li)).toEqual(['waiting']);
    expect(await isStored(id)).toBe(true);
    const before = await stored();
    li.reconnect(testServer(town.db, town.world).app);
    await li.sync();
    expect(await states(li)).toEqual(['sent']);
    expect(await stored()).toEqual(before);
  });

  it('waits while the server’s disk is full, and goes out when there is room', async () => {
    const he = await town.phone('he');
    const id = await takes(he);
    const withoutRoom: Database = {
      ...town.db,
      transaction: (work, mode) =>
        mode === 'snapshot' ? town.db.transaction(work, mode) : Promise.reject(new NoRoom()),
    };
    const { app } = testServer(withoutRoom, town.world);
    he.reconnect(app);
    await he.sync();
    expect([await states(he), await isStored(id)]).toEqual([['waiting'], false]);
    const { cookie } = await town.device('he');
    const headers = { cookie, 'x-requested-by': 'shouwang' };
    const answer = await app.request(`/api/photos/${town.world.newId()}`, { method: 'PUT', body: picture, headers });
    expect(await problemOf(answer)).toEqual([507, 'diskFull']);
    he.reconnect(town.server.app);
    await he.sync();
    expect([await states(he), await isStored(id)]).toEqual([['sent'], true]);
  });

  it('keeps sign-out from throwing it away unasked', async () => {
    const chen = await town.phone('chen');
    chen.goOffline();
    await takes(chen);
    expect(await chen.phone.signOut()).toEqual({ kind: 'unsentWork', count: 1 });
  });

  it('waits for its own identity when another one signs in on the phone meanwhile', async () => {
    const wang = await town.phone('wang');
    wang.goOffline();
    const id = await takes(wang);
    wang.goOnline();
    await wang.joinAgain(town.code('chen'));
    await wang.sync();
    expect(await isStored(id)).toBe(false);
    await wang.joinAgain(town.code('wang'));
    await wang.sync();
    expect(await isStored(id)).toBe(true);
  });
});

describe('who sees a picture', () => {
  it('of a claim: its household on all its phones, the organisers, and nobody else', async () => {
    const [mine, another, neighbour, desk] = [
      await town.device('wang'),
      await town.device('wang'),
      await town.device('chen'),
      await town.device('tian'),
    ];
    const id = town.world.newId();
    expect((await puts(mine, id)).status).toBe(201);
    // As long as no row names it, it is of the phone that took it.
    expect([await asks(mine, id), await asks(another, id), await asks(desk, id)]).toEqual([200, 404, 404]);
    await claims(id);
    expect([await asks(mine, id), await asks(another, id), await asks(desk, id)]).toEqual([200, 200, 200]);
    expect(await asks(neighbour, id)).toBe(404);
    const [not, none] = [
      await neighbour.request(`/api/photos/${id}`),
      await neighbour.request(`/api/photos/${town.world.newId()}`),
    ];
    expect(await not.text()).toBe(await none.text());
    expect((await town.server.app.request(`/api/photos/${id}`)).status).toBe(401);
  });

  it('of goods: everybody, once the round is no draft any more', async () => {
    const [organiser, neighbour] = [await town.device('tian'), await town.device('chen')];
    const id = town.world.newId();
    await puts(organiser, id);
    const item = `insert into group_buy_item
      (community_id, id, group_buy_id, name, unit, contents, price_fen, stock, sold, per_household, position, photo_id, draft)
      values ($1, 'goods', 'r', '白菜', '份', '', 1, 1, 0, 1, 0, $2, true)`;
    await town.db.query(item, [town.communityId, id]);
    expect([await asks(await town.device('secretary'), id), await asks(neighbour, id)]).toEqual([200, 404]);
    await town.db.query(`update group_buy_item set draft = null where community_id = $1`, [town.communityId]);
    expect(await asks(neighbour, id)).toBe(200);
  });

  it('on the phone of a neighbour it is not there; on that of an organiser it can be seen without a network from then on', async () => {
    const [wang, chen, desk] = [await town.phone('wang'), await town.phone('chen'), await town.phone('tian')];
    const id = await takes(wang);
    await wang.sync();
    await claims(id, homes.wang, 'kept');
    expect(await photosOf(chen.phone).read(id)).toEqual({ kind: 'notThere' });
    expect(await photosOf(desk.phone).read(id)).toMatchObject({ kind: 'here', photo: { state: 'kept' } });
    desk.goOffline();
    expect(await photosOf(desk.phone).read(id)).toMatchObject({ kind: 'here' });
    expect(await photosOf(desk.phone).read(town.world.newId())).toEqual({ kind: 'notReached' });
  });

  it('is told to no cache, in a way that no browser runs', async () => {
    const wang = await town.device('wang');
    const id = town.world.newId();
    await puts(wang, id);
    const { headers } = await wang.request(`/api/photos/${id}`);
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
    });
  });
});

describe('what is stored', () => {
  it('is upright, small, and says neither where nor by what it was taken', async () => {
    const wang = await town.device('wang');
    const id = town.world.newId();
    const large = await sharp(picture).resize(3600, 2400).withMetadata({ orientation: 6 }).toBuffer();
    expect((await sharp(picture).metadata()).exif?.toString('latin1')).toContain('Shouji');
    for (const [name, bytes] of Object.entries({ [id]: picture, [town.world.newId()]: new Uint8Array(large) })) {
      expect((await puts(wang, name, bytes)).status).toBe(201);
    }
    const photos = (await stored()).filter((photo) => photo.id >= id);
    expect(photos.map(({ width, height }) => [width, height])).toEqual([
      [800, 1200],
      [1067, 1600],
    ]);
    for (const { bytes } of photos) {
      const { exif, orientation, xmp, iptc } = await sharp(bytes).metadata();
      expect({ exif, orientation, xmp, iptc }).toEqual({});
      expect(bytes.toString('latin1')).not.toMatch(/Exif|Shouji/);
    }
  });

  it('is the content, whatever the request calls it', async () => {
    const wang = await town.device('wang');
    const id = town.world.newId();
    const webp = new Uint8Array(await sharp(picture).webp().toBuffer());
    expect((await puts(wang, id, webp)).status).toBe(201);
    expect((await wang.request(`/api/photos/${id}`)).headers.get('content-type')).toBe('image/jpeg');
    const lies: Record<string, Body> = {
      page: '<!doctype html><script>alert(1)</script>',
      drawing: '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
      gif: new Uint8Array(await sharp(picture).gif().toBuffer()),
      nothing: '',
      torn: picture.slice(0, picture.length / 2),
      'a head alone': picture.slice(0, 500),
    };
    for (const [what, body] of Object.entries(lies)) {
      const headers = { 'content-type': 'image/jpeg' };
      const answer = await puts(wang, town.world.newId(), body, { headers });
      expect(await problemOf(answer), what).toEqual([415, 'notPicture']);
    }
  });

  it('never was a picture that unpacks to a flood: its size is read before', async () => {
    const wang = await town.device('wang');
    const bomb = blackPng(20_000, 20_000);
    expect(bomb.length).toBeLessThan(60_000);
    const began = Date.now();
    expect(await problemOf(await puts(wang, town.world.newId(), bomb))).toEqual([413, 'tooManyPixels']);
    expect(Date.now() - began).toBeLessThan(1_000);
    // The largest that may come, just so.
    expect((await puts(wang, town.world.newId(), blackPng(6_000, 4_000))).status).toBe(201);
  });

  it('never was one of 9 MB, named or streamed; and all else may not be so large', async () => {
    const wang = await town.device('wang');
    const large = new Uint8Array(9_000_000);
    large.set(picture);
    const named = { headers: { 'content-length': String(large.length) } };
    expect(await problemOf(await puts(wang, town.world.newId(), large, named))).toEqual([413, 'tooLarge']);
    const said = (await (await puts(wang, town.world.newId(), large, named)).json()) as Problem;
    expect(said.detail).toBe('图片最大 8 MB');
    const stream = new Blob([large]).stream();
    expect(await problemOf(await puts(wang, town.world.newId(), stream, { duplex: 'half' }))).toEqual([
      413,
      'tooLarge',
    ]);
    const push = { method: 'POST', body: 'x', headers: { 'content-length': String(MAX_PHOTO_BYTES) } };
    expect((await wang.request('/api/push', push)).status).toBe(413);
  });
});

describe('an id', () => {
  it('that is no id, or that somebody else has taken, gets nobody anywhere', async () => {
    const [wang, chen] = [await town.device('wang'), await town.device('chen')];
    const id = town.world.newId();
    await puts(wang, id);
    for (const forged of ['..%2f..%2fetc', "x'--", id.slice(1), '1']) {
      expect((await puts(wang, forged)).status, forged).toBe(400);
      expect(await asks(wang, forged), forged).toBe(404);
    }
    const [before] = (await stored()).filter((photo) => photo.id === id);
    expect((await puts(chen, id, await snapshot('#33c'))).status).toBe(404);
    expect((await puts(wang, id.toUpperCase(), await snapshot('#33c'))).status).toBe(200);
    expect((await stored()).filter((photo) => photo.id.toLowerCase() === id)).toEqual([before]);
  });

  it('needs a session, and the header that no other site can send', async () => {
    const wang = await town.device('wang');
    const bare = { method: 'PUT', body: picture };
    const path = `/api/photos/${town.world.newId()}`;
    const signedIn = { cookie: wang.cookie };
    expect((await town.server.app.request(path, { ...bare, headers: signedIn })).status).toBe(403);
    expect((await town.server.app.request(path, { ...bare, headers: { 'x-requested-by': 'shouwang' } })).status).toBe(
      401,
    );
  });

  it('comes when there is room for it: what is announced at once does not fill the memory', async () => {
    const wang = await town.device('wang');
    // Each may be of 8 MB, as it does not say how large it is; and none ends.
    let end = (): void => {};
    const ended = new Promise<void>((resolve) => (end = resolve));
    const slow = () =>
      new ReadableStream({
        async pull(controller) {
          await ended;
          controller.close();
        },
      });
    const answers: number[] = [];
    const uploads = Array.from({ length: 9 }, async () => {
      const answer = await puts(wang, town.world.newId(), slow(), { duplex: 'half' });
      answers.push(answer.status);
      if (answer.status === 503) expect(answer.headers.get('retry-after')).toBe('5');
    });
    await expect.poll(() => answers).toEqual([503]);
    end();
    await Promise.all(uploads);
    expect(answers).toEqual([503, ...Array.from({ length: 8 }, () => 415)]);
    expect((await puts(wang, town.world.newId())).status).toBe(201);
  });

  it('is one of many: a device that sends without end has to wait', async () => {
    const chen = await town.device('chen');
    const answers: number[] = [];
    for (let n = 0; n < 61; n++) answers.push((await puts(chen, town.world.newId(), 'x')).status);
    expect([new Set(answers.slice(0, 60)), answers[60]]).toEqual([new Set([415]), 429]);
    town.world.pass(16 * MINUTE_MS);
    expect((await puts(chen, town.world.newId())).status).toBe(201);
  });
});

describe('in the end', () => {
  it('what no row names goes after three days, what is named stays until its row forgets it', async () => {
    const wang = await town.device('wang');
    const [named, unnamed] = [town.world.newId(), town.world.newId()];
    for (const id of [named, unnamed]) await puts(wang, id);
    await claims(named, homes.wang, 'ends');
    const { db, world, post } = town;
    const run = () => forgetPhotos(serverSlices).run({ db, world, post, operate: town.server.operate });
    await run();
    expect([await isStored(named), await isStored(unnamed)]).toEqual([true, true]);
    world.pass(3 * DAY_MS + MINUTE_MS);
    await run();
    expect([await isStored(named), await isStored(unnamed)]).toEqual([true, false]);
    await claims(null, homes.wang, 'ends');
    await run();
    expect(await isStored(named)).toBe(false);
  });

  it('the pictures of a device that is ended leave it, sent or not', async () => {
    const [lost, mine] = [await town.phone('li'), await town.device('li')];
    await takes(lost);
    await lost.sync();
    lost.goOffline();
    await takes(lost);
    expect(await states(lost)).toEqual(['sent', 'waiting']);
    await mine.act('people.endDevice', { deviceId: lost.phone.actor.value.deviceId });
    lost.goOnline();
    await lost.sync();
    expect(lost.phone.status.value.state).toBe('ended');
    await expect.poll(() => states(lost)).toEqual([]);
    expect(await photosOf(lost.phone).add(picture.slice().buffer)).toEqual({ kind: 'ended' });
  });

  it('a server that is set back gets from the phone what it has lost', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'shouwang-photo-'));
    const file = join(folder, 'community.gz');
    const chen = await town.phone('chen');
    await backup(town.db, town.communityId, file, town.world.now());
    const id = await takes(chen);
    await chen.sync();
    const kept = (await stored()).filter((photo) => photo.id !== id);
    await restore(town.db, file, { replace: true, newId: () => town.world.newId() });
    expect(await stored()).toEqual(kept);
    await chen.sync();
    await chen.sync();
    expect(await isStored(id)).toBe(true);
    expect(await states(chen)).toEqual(['sent']);
    await rm(folder, { recursive: true });
  });
});

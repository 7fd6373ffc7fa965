import Dexie from 'dexie';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DAY_MS } from '../../domain/day.ts';
import { MAX_PHOTO_BYTES } from '../../sync/photo.ts';
import { databaseName, localDatabase } from '../local/database.ts';
import { sealDatabase } from '../local/drop-scopes.ts';
import { FullDisk } from '../testing/full-disk.ts';
import { openTestPhone } from '../testing/open-test-phone.ts';
import type { TestPhone } from '../testing/open-test-phone.ts';
import { problem, put } from '../testing/scripted-server.ts';
import { take } from '../testing/test-slice.ts';
import { photosOf } from './photos.ts';

let my: TestPhone;
let disk: FullDisk;

beforeEach(async () => {
  my = await openTestPhone();
  disk = new FullDisk(my.environment.indexedDB);
  await my.reopen();
});
afterEach(() => my.phone.stop());

/** A frame header of a JPEG: enough to be taken for a picture of this size. */
function jpeg(width = 40, height = 30, length = 2_000): ArrayBuffer {
  const bytes = new Uint8Array(length);
  bytes.set([0xff, 0xd8, 0xff, 0xc0, 0, 17, 8, height >> 8, height & 0xff, width >> 8, width & 0xff]);
  return bytes.buffer;
}

const photos = () => photosOf(my.phone);
const add = async (bytes = jpeg()) => {
  const added = await photos().add(bytes);
  if (added.kind !== 'added') throw new Error(added.kind);
  return added.id;
};
const stored = async () => {
  const all = await my.phone.database.photos.toArray();
  return Object.fromEntries(all.map(({ id, state }) => [id, state]));
};
const keepAnswer = () => my.phone.database.answers.put({ path: '/kept', scope: 'x', at: my.phone.now(), body: {} });
const sync = () => {
  // Time goes on at the server.
  my.server.now += 1;
  return my.phone.syncNow();
};
const puts = () => my.server.paths.filter((path) => path.startsWith('PUT '));
/** A row of the server that names a picture. */
const names = (photoId: string | undefined, scope = 'community') =>
  put('claim', scope, { id: 'c1', ...(photoId !== undefined && { photoId }) } as never);
const instead = (id: string, answer: () => Response | Promise<Response>) =>
  my.server.instead.push({ path: `/api/photos/${id}`, answer });

describe('what the server would not have', () => {
  test('is not taken in', async () => {
    expect(await photos().add(new TextEncoder().encode('<svg/>').buffer as ArrayBuffer)).toEqual({
      kind: 'notPicture',
    });
    expect(await photos().add(jpeg(6_001, 4_000))).toEqual({ kind: 'tooManyPixels' });
    expect(await photos().add(jpeg(40, 30, MAX_PHOTO_BYTES + 1))).toEqual({ kind: 'tooLarge' });
    expect(await stored()).toEqual({});
  });

  test('stays in sight with its reason, and holds up no other', async () => {
    const [bad, good] = [await add(), await add()];
    instead(bad, () => problem(415, 'notPicture'));
    await sync();
    expect(await stored()).toEqual({ [bad]: 'refused', [good]: 'sent' });
    expect(await photos().read(bad)).toMatchObject({ kind: 'here', photo: { code: 'notPicture' } });
    await sync();
    expect(puts()).toHaveLength(2);
  });
});

describe('a picture on its way', () => {
  test('goes after the acts, and byte for byte', async () => {
    await my.take('t1');
    const bytes = jpeg();
    const id = await add(bytes);
    await sync();
    const sent = my.server.paths.filter((path) => /push|PUT/.test(path));
    expect(sent).toEqual(['POST /api/push', `PUT /api/photos/${id}`]);
    expect(new Uint8Array(my.server.photos.get(id)!)).toEqual(new Uint8Array(bytes));
  });

  test('that fails goes last the next time, so that it holds up no other', async () => {
    const [stuck, good] = [await add(), await add()];
    for (let n = 0; n < 3; n++) instead(stuck, () => problem(500, 'fault'));
    my.world.advance(1);
    await sync();
    expect(await stored()).toEqual({ [stuck]: 'waiting', [good]: 'waiting' });
    await sync();
    expect(await stored()).toEqual({ [stuck]: 'waiting', [good]: 'sent' });
  });

  test('is not sent where a page of somebody in between answers in the server’s place', async () => {
    const id = await add();
    instead(id, () => new Response('<html>请登录无线网</html>', { headers: { 'content-type': 'text/html' } }));
    await sync();
    expect(await stored()).toEqual({ [id]: 'waiting' });
    // Words got through.
    expect(my.phone.status.value.online).toBe(true);
  });

  test('goes by itself, and again by itself when the network is back', async () => {
    await sync();
    my.phone.keepInStep();
    const first = await add();
    await vi.waitFor(async () => expect(await stored()).toEqual({ [first]: 'sent' }));
    my.environment.goOffline();
    const second = await add();
    await vi.waitFor(() => expect(my.phone.status.value.syncing).toBe(false));
    expect(await stored()).toMatchObject({ [second]: 'waiting' });
    my.environment.goOnline();
    await vi.waitFor(async () => expect(await stored()).toMatchObject({ [second]: 'sent' }));
    expect(puts()).toHaveLength(2);
  });
});

describe('on a full phone', () => {
  test('a picture is not taken in, says so, and drops nothing that was done', async () => {
    await my.take('t1');
    disk.fill('else');
    expect(await photos().add(jpeg())).toEqual({ kind: 'full' });
    expect([await my.states(), await stored()]).toEqual([['unsent'], {}]);
  });

  test('nor where the browser says that next to nothing is left', async () => {
    Object.assign(my.environment, { freeBytes: () => Promise.resolve(4_000_000) });
    expect(await photos().add(jpeg())).toEqual({ kind: 'full' });
    Object.assign(my.environment, { freeBytes: () => Promise.resolve(40_000_000) });
    expect(await photos().add(jpeg())).toMatchObject({ kind: 'added' });
  });

  test('no more than thirty wait', async () => {
    for (let n = 0; n < 30; n++) await add();
    expect(await photos().add(jpeg())).toEqual({ kind: 'full' });
    await sync();
    expect(await photos().add(jpeg())).toMatchObject({ kind: 'added' });
  });

  test('what a person does takes the place of pictures that the server has, never of one that waits', async () => {
    const sent = await add();
    await sync();
    my.server.photos.set('theirs', jpeg());
    await photos().read('theirs');
    const waits = await add();
    expect(await stored()).toEqual({ [sent]: 'sent', theirs: 'kept', [waits]: 'waiting' });
    await keepAnswer();
    disk.fill('photos');
    expect(await my.phone.act(take, { id: 't1', shelfId: 's1', who: 'me' })).toMatchObject({ kind: 'queued' });
    expect(await stored()).toEqual({ [waits]: 'waiting' });
    expect(await my.phone.database.answers.count()).toBe(0);
  });

  test('kept answers go before pictures', async () => {
    await add();
    await sync();
    await keepAnswer();
    disk.fill('answers');
    expect(await my.phone.act(take, { id: 't1', shelfId: 's1', who: 'me' })).toMatchObject({ kind: 'queued' });
    expect([Object.values(await stored()), await my.phone.database.answers.count()]).toEqual([['sent'], 0]);
  });

  test('one whose arrival cannot be written down is sent once more', async () => {
    const id = await add();
    disk.fill('else');
    await sync();
    expect(await stored()).toEqual({ [id]: 'waiting' });
    disk.makeRoom();
    await sync();
    expect(await stored()).toEqual({ [id]: 'sent' });
    expect(puts()).toHaveLength(2);
  });
});

describe('a picture of the server', () => {
  test('is asked for once, kept, and leaves the phone with the last row that names it', async () => {
    my.server.photos.set('p1', jpeg());
    my.server.lines = [names('p1')];
    await sync();
    const [one, same] = await Promise.all([photos().read('p1'), photos().read('p1')]);
    expect([one, same]).toMatchObject([{ kind: 'here' }, { kind: 'here' }]);
    await photos().read('p1');
    expect(my.server.paths.filter((path) => path === 'GET /api/photos/p1')).toHaveLength(1);
    await sync();
    expect(await stored()).toEqual({ p1: 'kept' });
    my.server.lines = [names(undefined)];
    await sync();
    await vi.waitFor(async () => expect(await stored()).toEqual({}));
  });

  test('leaves it when the scope of its row is lost, or ends without a network', async () => {
    for (const end of ['drop', 'until']) {
      my.server.photos.set('p1', jpeg());
      my.server.lines = [names('p1', 'household:h/orders')];
      if (end === 'until') my.server.until = { 'household:h/orders': my.server.now + 1_000 };
      await sync();
      await photos().read('p1');
      await sync();
      expect(await stored()).toEqual({ p1: 'kept' });
      if (end === 'drop') {
        my.server.lines = [{ drop: ['household:h/orders'] }];
        await sync();
      } else {
        my.environment.goOffline();
      }
      await vi.waitFor(async () => {
        my.world.advance(1_100);
        expect(await stored()).toEqual({});
      });
    }
  });

  test('gives way to newer ones beyond sixty', async () => {
    for (let n = 0; n < 62; n++) {
      my.server.photos.set(`p${n}`, jpeg());
      await photos().read(`p${n}`);
      my.world.advance(10);
    }
    const kept = Object.keys(await stored());
    expect(kept).toHaveLength(60);
    expect(kept).not.toContain('p0');
    expect(kept).toContain('p61');
  });

  test('that comes when the device was just ended is shown to nobody and stays nowhere', async () => {
    instead('p1', async () => {
      await sealDatabase(my.phone.database);
      return new Response(jpeg(), { headers: { 'content-type': 'image/jpeg' } });
    });
    await photos().read('p1');
    expect(await stored()).toEqual({});
  });

  test('is something else where what comes is no picture', async () => {
    instead('p1', () => new Response('<html/>', { headers: { 'content-type': 'text/html' } }));
    instead('p2', () => new Response('<html/>', { headers: { 'content-type': 'image/jpeg' } }));
    expect([await photos().read('p1'), await photos().read('p2')]).toEqual([
      { kind: 'notReached' },
      { kind: 'notReached' },
    ]);
  });
});

describe('a picture that was taken here', () => {
  test('goes some days after it was sent, unless a row names it', async () => {
    const [named, unnamed] = [await add(), await add()];
    my.server.lines = [names(named)];
    await sync();
    my.world.advance(2 * DAY_MS);
    await sync();
    expect(await stored()).toEqual({ [named]: 'sent', [unnamed]: 'sent' });
    my.world.advance(2 * DAY_MS);
    my.server.now += 4 * DAY_MS;
    await sync();
    await vi.waitFor(async () => expect(await stored()).toEqual({ [named]: 'sent' }));
  });

  test('stays when the phone is sealed for another, and goes when the device has ended', async () => {
    const [sent] = [await add()];
    await sync();
    const waits = await add();
    await sealDatabase(my.phone.database, { mayReturn: true });
    expect(await stored()).toEqual({ [waits]: 'waiting' });
    expect(sent).not.toBe(waits);
    await sealDatabase(my.phone.database);
    expect(await stored()).toEqual({});
  });
});

test('a phone of the version before keeps all that it had', async () => {
  const environment = my.environment;
  const old = new Dexie(databaseName('old'), {
    indexedDB: environment.indexedDB,
    IDBKeyRange: environment.IDBKeyRange,
  });
  old.version(1).stores({
    rows: '[entity+id+scope],*keys',
    overlay: '[entity+id]',
    outbox: '++order,&id,state',
    sent: 'order,ackedAt',
    answers: 'path,scope',
    drafts: 'key',
    meta: 'key',
  });
  await old.table('outbox').add({ id: 'a', state: 'unsent', name: 'shelf.take', args: {}, at: 1 });
  await old.table('rows').put({ entity: 'shelf', id: 's1', scope: 'community', row: { id: 's1', left: 3 } });
  old.close();
  const now = localDatabase('old', environment);
  expect(await now.outbox.toArray()).toMatchObject([{ id: 'a', state: 'unsent' }]);
  expect(await now.rows.count()).toBe(1);
  expect(await now.photos.count()).toBe(0);
  now.dexie.close();
});

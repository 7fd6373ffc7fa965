import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lostOf } from '../src/client/local/database.ts';
import { DAY_MS, MINUTE_MS } from '../src/domain/day.ts';
import { requestErrand } from '../src/pillars/errands/mutations.ts';
import { registry } from '../src/pillars/registry.ts';
import { PROTOCOL, type JoinAnswer } from '../src/sync/wire.ts';
import { StoryPhone } from './support/story-phone.ts';
import { homes, openTown, type Town, type Who } from './support/town.ts';

const NAME = '故事里的手机';

let town: Town;
const phones: StoryPhone[] = [];
beforeAll(async () => {
  town = await openTown();
});
afterAll(async () => {
  for (const phone of phones) phone.close();
  await town.close();
});

/** A phone whose acts do not get through while it can still read, as behind a full disk or a bad line. */
async function phoneThatCannotSend(who: Who): Promise<StoryPhone> {
  const app = {
    request: (url: string, init?: RequestInit) =>
      url.endsWith('/api/push') ? Promise.reject(new TypeError('no network')) : town.server.app.request(url, init),
  };
  const phone = await StoryPhone.join(app as typeof town.server.app, registry, town.world, town.code(who));
  phones.push(phone);
  return phone;
}

const parcel = (who: 'wang' | 'li' | 'chen') => ({
  id: town.world.newId(),
  householdId: homes[who],
  kind: 'parcel' as const,
  text: '取快递',
  packet: [],
  handOver: 'door' as const,
});

/** Signs in with bare HTTP. @param cookie of a browser that was signed in before */
async function join(who: Who, body: object = {}, cookie?: string): Promise<JoinAnswer & { cookie: string }> {
  const response = await town.server.app.request('/api/session/join', {
    method: 'POST',
    headers: {
      'x-requested-by': 'shouwang',
      'content-type': 'application/json',
      ...(cookie !== undefined && { cookie }),
    },
    body: JSON.stringify({ code: town.code(who), deviceName: '另一台', ...body }),
  });
  expect(response.status).toBe(201);
  const answer = (await response.json()) as JoinAnswer;
  return { ...answer, cookie: response.headers.getSetCookie()[0]!.split(';')[0]! };
}

const stored = (deviceId: string) =>
  town.db.query('select unsent, xmin::text as version from session where device_id = $1', [deviceId]);

describe('site data cleared with work pending', () => {
  it('the next sign-in with the same slip says what was not sent, until it has been read', async () => {
    const cleared = await phoneThatCannotSend('li');
    await cleared.does(requestErrand, parcel('li'));
    await cleared.does(requestErrand, parcel('li'));
    const saidAt = town.world.now();
    await cleared.sync();
    cleared.close();

    const after = await town.phone('li');
    const lost = await lostOf(after.phone.database);
    expect(lost?.unsent).toEqual([{ deviceName: NAME, count: 2, at: expect.any(Number) as number }]);
    expect(Math.abs(lost!.unsent[0]!.at - saidAt)).toBeLessThan(MINUTE_MS);
    after.close();
    await after.open();
    expect((await lostOf(after.phone.database))?.unsent).toHaveLength(1);
    await after.sync();
    expect((await lostOf(after.phone.database))?.unsent).toHaveLength(1);
    await after.phone.database.meta.delete('lost');
    after.close();
    await after.open();
    expect(await lostOf(after.phone.database)).toBeUndefined();
    // Others are told nothing: another household, and a person of it by a slip of their own.
    expect((await join('chen')).unsent).toBeUndefined();
    expect((await join('zhou')).unsent).toBeUndefined();
  });

  it('is told of the devices of one’s own slip alone: a person’s slip knows that person’s', async () => {
    const he = await town.device('he');
    await he.post('/api/pull', { protocol: PROTOCOL, cursor: null, unsent: 3 });
    expect((await join('he')).unsent).toMatchObject([{ deviceName: '测试手机', count: 3 }]);
    // 周敏 lives behind the same door and has her own slip.
    expect((await join('zhou')).unsent).toBeUndefined();
    expect((await join('tian')).unsent).toBeUndefined();
  });

  it('says nothing of what has come since, though the phone never heard so', async () => {
    const wang = await town.device('wang');
    const says = (unsent: number) =>
      wang.post('/api/pull', {
        protocol: PROTOCOL,
        cursor: null,
        unsent,
        queued: { stream: wang.stream, seq: unsent },
      });
    await says(1);
    expect((await join('wang')).unsent).toMatchObject([{ deviceName: '测试手机', count: 1 }]);
    // It comes, and the reply is lost: the phone counts it still.
    expect(await wang.act('errands.request', parcel('wang'))).toMatchObject({ outcome: 'accepted' });
    expect((await join('wang')).unsent).toBeUndefined();
    await says(1);
    expect((await join('wang')).unsent).toBeUndefined();
    await says(3);
    expect((await join('wang')).unsent).toMatchObject([{ deviceName: '测试手机', count: 2 }]);
  });

  it('is not told for ever, nor of a phone that was signed out or ended', async () => {
    const [gone, ended, old] = [await town.device('chen'), await town.device('chen'), await town.device('chen')];
    for (const device of [gone, ended, old])
      await device.post('/api/pull', { protocol: PROTOCOL, cursor: null, unsent: 1 });
    expect((await join('chen')).unsent).toHaveLength(3);
    await gone.request('/api/session', { method: 'DELETE' });
    await old.act('people.endDevice', { deviceId: ended.deviceId });
    expect((await join('chen')).unsent).toHaveLength(1);
    town.world.pass(36 * DAY_MS);
    expect((await join('chen')).unsent).toBeUndefined();
  });
});

describe('a phone that signs in again as who it was', () => {
  it('hears nothing while it holds its data, and what was lost where it does not', async () => {
    const li = await phoneThatCannotSend('wang');
    await li.does(requestErrand, parcel('wang'));
    await li.sync();
    const device = li.phone.actor.value.deviceId;
    await li.joinAgain(town.code('wang'));
    expect(li.phone.actor.value.deviceId).toBe(device);
    expect(await lostOf(li.phone.database)).toBeUndefined();
    expect(await li.phone.database.outbox.count()).toBe(1);
    await li.sync();

    // The browser threw its storage away and kept its cookie.
    const first = await join('li');
    await town.server.app.request('/api/pull', {
      method: 'POST',
      headers: { 'x-requested-by': 'shouwang', 'content-type': 'application/json', cookie: first.cookie },
      body: JSON.stringify({ protocol: PROTOCOL, cursor: null, unsent: 4 }),
    });
    const again = await join('li', {}, first.cookie);
    expect(again.deviceId).toBe(first.deviceId);
    const lost = { deviceName: '另一台', count: 4, at: expect.any(Number) as number };
    expect(again.unsent).toContainEqual(lost);
    // The answer got lost, or the page was closed on it: it is told once more.
    expect((await join('li', {}, again.cookie)).unsent).toContainEqual(lost);
  });
});

describe('the last pending count', () => {
  it('is written when it changes, never with each pull, and goes when all is sent', async () => {
    const li = await town.device('li');
    const pull = (unsent?: number) => li.post('/api/pull', { protocol: PROTOCOL, cursor: null, unsent });
    const before = await stored(li.deviceId);
    await pull(0);
    await pull();
    expect(await stored(li.deviceId)).toEqual(before);
    await pull(2);
    const [two] = await stored(li.deviceId);
    expect(two).toMatchObject({ unsent: { count: 2 } });
    town.world.pass(MINUTE_MS);
    expect((await pull(2)).status).toBe(200);
    await pull();
    expect(await stored(li.deviceId)).toEqual([two]);
    await pull(0);
    expect(await stored(li.deviceId)).toMatchObject([{ unsent: null }]);
  });

  it('that is none is sent away', async () => {
    const li = await town.device('li');
    for (const unsent of [-1, 1.5, '2', null])
      expect((await li.post('/api/pull', { protocol: PROTOCOL, cursor: null, unsent })).status).toBe(400);
  });

  it('is told by the phone with its place in the order, and is nothing again once sent', async () => {
    let sends = false;
    const app = {
      request: (url: string, init?: RequestInit) =>
        url.endsWith('/api/push') && !sends
          ? Promise.reject(new TypeError('no network'))
          : town.server.app.request(url, init),
    };
    const phone = await StoryPhone.join(app as typeof town.server.app, registry, town.world, town.code('chen'));
    phones.push(phone);
    const device = phone.phone.actor.value.deviceId;
    await phone.does(requestErrand, parcel('chen'));
    await phone.sync();
    expect(await stored(device)).toMatchObject([
      { unsent: { count: 1, seq: 1, stream: expect.any(String) as string } },
    ]);
    sends = true;
    await phone.sync();
    expect(await stored(device)).toMatchObject([{ unsent: null }]);
  });
});

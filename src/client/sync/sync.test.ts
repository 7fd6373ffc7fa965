import { afterEach, expect, test, vi } from 'vitest';
import { openTestPhone } from '../testing/open-test-phone.ts';
import type { TestPhone } from '../testing/open-test-phone.ts';
import { ndjson, problem, put } from '../testing/scripted-server.ts';
import { shelf } from '../testing/test-slice.ts';

let my: TestPhone;
afterEach(() => my.phone.stop());

const shelfOf = (left: number) => ({ id: 's1', left }) as never;

test('a push without an answer is sent again with the same ids', async () => {
  my = await openTestPhone();
  const id = await my.take('t1');
  my.server.instead.push({ path: '/api/push', answer: () => Promise.reject(new TypeError('lost')) });
  await my.phone.syncNow();
  expect(await my.states()).toEqual(['unsent']);
  await my.phone.syncNow();
  expect(my.server.pushes[0]!.mutations.map((one) => one.id)).toEqual([id]);
  expect(await my.states()).toEqual([]);
});

test('after a gap a new stream begins at 1, with the same ids', async () => {
  my = await openTestPhone();
  const first = await my.take('t1');
  my.server.instead.push({ path: '/api/push', answer: () => problem(409, 'gap') });
  const { stream } = (await my.phone.readEntries())[0]!;
  await my.phone.syncNow();
  const [push] = my.server.pushes;
  expect(push!.stream).not.toBe(stream);
  expect(push!.mutations.map(({ seq, id }) => [seq, id])).toEqual([[1, first]]);
  expect(await my.states()).toEqual([]);
});

test('401 expired keeps everything and asks to sign in again', async () => {
  my = await openTestPhone();
  await my.take('t1');
  my.server.instead.push({ path: '/api/push', answer: () => problem(401, 'expired') });
  my.server.instead.push({ path: '/api/pull', answer: () => problem(401, 'expired') });
  await my.phone.syncNow();
  expect(my.phone.status.value.state).toBe('signInAgain');
  expect(await my.states()).toEqual(['unsent']);
  expect(await my.left()).toBe(2);
  await my.phone.syncNow();
  expect(my.phone.status.value.state).toBe('fine');
  expect(await my.states()).toEqual([]);
});

test('401 ended takes the rows and seals the outbox, which stays readable', async () => {
  my = await openTestPhone();
  await my.take('t1');
  my.server.instead.push({ path: '/api/push', answer: () => problem(401, 'ended') });
  await my.phone.syncNow();
  await vi.waitFor(async () => expect(await my.left()).toBeUndefined());
  expect(await my.states()).toEqual(['unsent']);
  await my.reopen();
  expect(my.phone.status.value.state).toBe('ended');
  await my.phone.syncNow();
  expect(my.server.pushes).toEqual([]);
});

test('413 halves a push; one that is too large alone is refused on the phone and the others go on', async () => {
  my = await openTestPhone();
  for (const id of ['t1', 't2', 't3']) await my.take(id);
  for (let n = 0; n < 3; n++) my.server.instead.push({ path: '/api/push', answer: () => problem(413, 'tooLarge') });
  await my.phone.syncNow();
  expect(await my.phone.readEntries()).toMatchObject([{ state: 'refused', code: 'malformed' }]);
  expect(my.server.pushes.map((push) => push.mutations.map((one) => one.seq))).toEqual([[1, 2]]);
  expect(await my.left()).toBe(3);
});

test('a page of somebody in between, answered as 200, is not success', async () => {
  my = await openTestPhone();
  await my.take('t1');
  const portal = () => new Response('<html>登录 Wi-Fi</html>', { headers: { 'content-type': 'text/html' } });
  my.server.instead.push({ path: '/api/push', answer: portal }, { path: '/api/pull', answer: portal });
  await my.phone.syncNow();
  expect(my.phone.status.value).toMatchObject({ online: false, state: 'fine' });
  expect(await my.states()).toEqual(['unsent']);
  my.server.instead.push({
    path: '/api/push',
    answer: () => new Response('<html>', { status: 401, headers: { 'content-type': 'text/html' } }),
  });
  await my.phone.syncNow();
  expect(my.phone.status.value.state).toBe('fine');
});

test('a pull that is cut keeps its finished pages and goes on where it was', async () => {
  my = await openTestPhone();
  const lines = [put('shelf', 'community', shelfOf(9)), { cursor: 'page1' }, put('shelf', 'community', shelfOf(5))];
  my.server.instead.push({ path: '/api/pull', answer: () => ndjson(lines, true) });
  await my.phone.syncNow();
  expect(await my.left()).toBe(9);
  let asked: unknown;
  const { handle } = my.server;
  const spy = vi.spyOn(my.environment, 'fetch').mockImplementation((url, init) => {
    if (url.endsWith('/api/pull')) asked = JSON.parse(init.body as string).cursor;
    return handle(url, init);
  });
  await my.phone.syncNow();
  spy.mockRestore();
  expect(asked).toBe('page1');
});

test('a scope that is dropped takes its rows and its answers, and copies of them in the overlay', async () => {
  my = await openTestPhone();
  await my.phone.database.answers.put({ path: '/x', scope: 'community', at: my.phone.now(), body: 1 });
  await my.take('t1');
  my.server.instead.push({ path: '/api/push', answer: () => Promise.reject(new TypeError('lost')) });
  my.server.lines = [{ drop: ['community'] }];
  await my.phone.syncNow();
  expect(await my.left()).toBeUndefined();
  expect(await my.phone.database.answers.count()).toBe(0);
  expect(await my.phone.database.overlay.count()).toBe(0);
  expect(await my.phone.readEntries()).toMatchObject([{ state: 'unsent', hidden: true }]);
});

test('a desk’s answer that nobody has asked for again goes after a week', async () => {
  my = await openTestPhone();
  const { answers } = my.phone.database;
  const WEEK_MS = 7 * 86_400_000;
  await answers.put({ path: '/old', scope: 'community', at: my.phone.now() - WEEK_MS - 1, body: 1 });
  await answers.put({ path: '/kept', scope: 'community', at: my.phone.now() - WEEK_MS + 60_000, body: 1 });
  my.server.now += 1_000;
  await my.phone.syncNow();
  await vi.waitFor(async () => expect(await answers.toCollection().primaryKeys()).toEqual(['/kept']));
});

test('a row in two scopes is one row, and stays until the last one goes', async () => {
  my = await openTestPhone();
  my.server.lines = [put('shelf', 'volunteers', shelfOf(3))];
  await my.phone.syncNow();
  expect(await my.phone.reader.all(shelf)).toHaveLength(1);
  my.server.lines = [{ drop: ['community'] }];
  await my.phone.syncNow();
  expect(await my.left()).toBe(3);
  my.server.lines = [{ gone: 'shelf', scope: 'volunteers', ids: ['s1'] }];
  await my.phone.syncNow();
  expect(await my.left()).toBeUndefined();
});

test('a scope whose end has passed goes by itself, offline, while open and at opening', async () => {
  my = await openTestPhone();
  my.server.until = { community: my.server.now + 60_000, volunteers: my.server.now + 120_000 };
  my.server.lines = [put('shelf', 'volunteers', { id: 's2', left: 1 } as never)];
  await my.phone.syncNow();
  await my.reopen();
  my.environment.goOffline();
  expect(await my.left()).toBe(3);
  my.world.advance(61_000);
  await vi.waitFor(async () => expect(await my.left()).toBeUndefined());
  my.phone.stop();
  my.world.advance(60_000);
  await my.reopen();
  expect(await my.phone.reader.all(shelf)).toEqual([]);
});

test('a server of another epoch is offered again what it had acknowledged, first and with the same ids', async () => {
  my = await openTestPhone();
  const first = await my.take('t1');
  await my.phone.syncNow();
  const second = await my.take('t2');
  my.server.epoch = 'e2';
  my.server.stream = 'restored';
  await my.phone.syncNow();
  const last = my.server.pushes.at(-1)!;
  expect(last.mutations.map(({ seq, id }) => [seq, id])).toEqual([
    [1, first],
    [2, second],
  ]);
  expect(await my.states()).toEqual([]);
});

test('a server that has forgotten acknowledged acts is offered them again', async () => {
  my = await openTestPhone();
  const first = await my.take('t1');
  await my.phone.syncNow();
  my.server.pulledSeq = 0;
  await my.phone.syncNow();
  expect(my.server.pushes.map((push) => push.mutations.map((one) => one.id))).toEqual([[first], [first]]);
  expect(my.server.pushes[0]!.stream).not.toBe(my.server.pushes[1]!.stream);
  expect(await my.states()).toEqual([]);
});

test('the phone goes on by itself: it sends when the network is back', async () => {
  my = await openTestPhone({ sync: true });
  my.environment.goOffline();
  await my.take('t1');
  await vi.waitFor(() => expect(my.phone.status.value).toMatchObject({ unsent: 1, syncing: false, online: false }));
  my.environment.goOnline();
  await vi.waitFor(async () => expect(await my.states()).toEqual([]));
  expect(my.server.pushes).toHaveLength(1);
});

test('a busy server is asked again no earlier than it said', async () => {
  my = await openTestPhone({ sync: true });
  my.server.instead.push({ path: '/api/push', answer: () => problem(503, 'busy', { 'retry-after': '5' }) });
  await my.take('t1');
  await vi.waitFor(() => expect(my.server.instead).toEqual([]));
  await vi.waitFor(() => expect(my.phone.status.value.syncing).toBe(false));
  my.world.advance(4_900);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(my.server.pushes).toEqual([]);
  my.world.advance(2_000);
  await vi.waitFor(async () => expect(await my.states()).toEqual([]));
});

test('with nothing to send, a phone without network does not think it is online', async () => {
  my = await openTestPhone({ sync: true });
  my.environment.goOffline();
  await my.phone.syncNow();
  expect(my.phone.status.value.online).toBe(false);
  my.environment.say('visible');
  await vi.waitFor(() => expect(my.phone.status.value.syncing).toBe(false));
  expect(my.phone.status.value.online).toBe(false);
});

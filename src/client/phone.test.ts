import { afterEach, expect, test, vi } from 'vitest';
import { openTestPhone } from './testing/open-test-phone.ts';
import type { TestPhone } from './testing/open-test-phone.ts';
import { put } from './testing/scripted-server.ts';
import { shelf, take } from './testing/test-slice.ts';

let my: TestPhone;
afterEach(() => my.phone.stop());

test('what a person does is queued, shown at once, and still there after the app was closed', async () => {
  my = await openTestPhone();
  my.environment.goOffline();
  await my.take('t1');
  await my.take('t2');
  expect(await my.left()).toBe(1);
  await my.reopen();
  expect(await my.takers()).toEqual(['t1', 't2']);
  expect(await my.states()).toEqual(['unsent', 'unsent']);
  const [first, second] = await my.phone.readEntries();
  expect([first!.seq, second!.seq]).toEqual([1, 2]);
  expect(first!.touches).toEqual(['shelf#s1', 'taken#t1']);
});

test('entries and status follow what is stored', async () => {
  my = await openTestPhone();
  await vi.waitFor(() => expect(my.phone.status.value.freshAt).toBe(my.server.now));
  await my.take('t1');
  await vi.waitFor(() => expect(my.phone.status.value.unsent).toBe(1));
  expect(my.phone.entries.value.map((entry) => entry.name)).toEqual(['shelf.take']);
  await my.phone.syncNow();
  await vi.waitFor(() => expect(my.phone.entries.value).toEqual([]));
});

test('a rule that says no on the phone is advice; who insists asks the server', async () => {
  my = await openTestPhone();
  for (const id of ['t1', 't2', 't3']) await my.take(id);
  const advice = await my.phone.act(take, { id: 't4', shelfId: 's1', who: 'me' });
  expect(advice).toMatchObject({ kind: 'advice', refusal: { code: 'soldOut' } });
  expect(await my.states()).toHaveLength(3);
  await my.take('t4', 's1', { insist: true });
  expect(await my.states()).toHaveLength(4);
  expect(await my.takers()).toEqual(['t1', 't2', 't3']);
});

test('of several acts all are queued or none', async () => {
  my = await openTestPhone();
  const acts = ['t1', 't2', 't3', 't4'].map((id) => ({
    mutation: take as never,
    args: { id, shelfId: 's1', who: id },
  }));
  expect(await my.phone.actAll(acts)).toMatchObject({ kind: 'advice' });
  expect(await my.left()).toBe(3);
  expect(await my.states()).toEqual([]);
  expect(await my.phone.actAll(acts.slice(0, 3))).toMatchObject({ kind: 'queued' });
  expect(await my.left()).toBe(0);
});

test('a form that is not complete stops before the outbox, and says which field', async () => {
  my = await openTestPhone();
  const result = await my.phone.act(take, { id: 't1', shelfId: 's1', who: ' ' });
  expect(result).toMatchObject({ kind: 'malformed', issues: [{ path: 'who' }] });
  expect(await my.states()).toEqual([]);
});

test('what concerns rows that the phone does not hold is queued without effect', async () => {
  my = await openTestPhone();
  await my.take('t1', 'elsewhere');
  expect(await my.phone.readEntries()).toMatchObject([{ state: 'unsent', hidden: true, touches: [] }]);
  await my.phone.syncNow();
  expect(my.server.pushes.flatMap((push) => push.mutations.map((one) => one.name))).toEqual(['shelf.take']);
});

test('an accepted act stays in sight until a pull contains it', async () => {
  my = await openTestPhone();
  await my.take('t1');
  my.server.instead.push({ path: '/api/pull', answer: () => Promise.reject(new TypeError('cut')) });
  await my.phone.syncNow();
  expect(await my.states()).toEqual(['received']);
  expect(await my.left()).toBe(2);
  my.server.lines = [
    put('shelf', 'community', { id: 's1', left: 1 } as never),
    put('taken', 'community', { id: 't1', shelfId: 's1' } as never),
  ];
  await my.phone.syncNow();
  expect(await my.states()).toEqual([]);
  expect(await my.left()).toBe(1);
  expect(await my.phone.database.overlay.count()).toBe(0);
});

test('a refused act loses its effect at once and stays until a person has dealt with it', async () => {
  my = await openTestPhone();
  const id = await my.take('t1');
  my.server.verdicts.set(id, { outcome: 'refused', code: 'soldOut', details: { left: 0 } });
  await my.take('t2');
  await my.phone.syncNow();
  expect(await my.left()).toBe(3);
  expect(await my.phone.readEntries()).toMatchObject([{ id, state: 'refused', code: 'soldOut', details: { left: 0 } }]);
  await my.phone.syncNow();
  await my.reopen();
  expect(await my.states()).toEqual(['refused']);
  await my.phone.settle(id);
  expect(await my.states()).toEqual([]);
});

test('in replay a refusal only hides the effect; the act still goes out', async () => {
  my = await openTestPhone();
  my.environment.goOffline();
  await my.take('t1');
  my.environment.goOnline();
  my.server.instead.push({ path: '/api/push', answer: () => Promise.reject(new TypeError('cut')) });
  my.server.lines = [put('shelf', 'community', { id: 's1', left: 0 } as never)];
  await my.phone.syncNow();
  expect(await my.phone.readEntries()).toMatchObject([
    { state: 'unsent', hidden: true, touches: ['shelf#s1', 'taken#t1'] },
  ]);
  expect(await my.takers()).toEqual([]);
  await my.phone.syncNow();
  expect(my.server.pushes).toHaveLength(1);
});

test('200 acts go out in one push, in order', async () => {
  my = await openTestPhone();
  my.environment.goOffline();
  for (let n = 0; n < 200; n++) await my.take(`t${n}`, 's1', { insist: true });
  my.environment.goOnline();
  await my.phone.syncNow();
  expect(my.server.pushes.map((push) => push.mutations.map((one) => one.seq))).toEqual([
    Array.from({ length: 200 }, (_, n) => n + 1),
  ]);
  expect(await my.states()).toEqual([]);
});

test('sign-out refuses while something is unsent, and then deletes everything', async () => {
  my = await openTestPhone();
  await my.take('t1');
  expect(await my.phone.signOut()).toEqual({ kind: 'unsentWork', count: 1 });
  expect(await my.phone.signOut({ discardUnsent: true })).toEqual({ kind: 'signedOut' });
  await expect(my.reopen()).rejects.toThrow('nobody is signed in');
  const names = (await my.environment.indexedDB.databases()).map(({ name }) => name);
  expect(names).toEqual(['shouwang-device']);
});

test('a phone whose connection was cut goes on', async () => {
  my = await openTestPhone();
  const before = my.phone.connection.value;
  my.phone.database.dexie.close({ disableAutoOpen: false });
  my.world.advance(1);
  expect(my.phone.connection.value).toBe(before + 1);
  await my.take('t1');
  await vi.waitFor(() => expect(my.phone.status.value.unsent).toBe(1));
  expect((await my.phone.reader.all(shelf)).length).toBe(1);
});

test("when it happened is reckoned by the server's clock, however wrong the phone's is", async () => {
  my = await openTestPhone();
  my.world.time += 3 * 86_400_000;
  await my.phone.syncNow();
  expect(my.phone.now()).toBe(my.server.now);
  await my.take('t1');
  await vi.waitFor(() => expect(my.phone.entries.value[0]?.at).toBe(my.server.now));
  await my.phone.syncNow();
  const [push] = my.server.pushes;
  expect(push!.sentAt - push!.mutations[0]!.at).toBe(0);
});

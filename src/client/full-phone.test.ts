import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createApp, defineComponent, effectScope } from 'vue';
import { useDraft } from './drafts.ts';
import { feedOf } from './local/database.ts';
import { sealDatabase } from './local/drop-scopes.ts';
import { ndjson, problem, put } from './testing/scripted-server.ts';
import { FullDisk } from './testing/full-disk.ts';
import { openTestPhone } from './testing/open-test-phone.ts';
import type { TestPhone } from './testing/open-test-phone.ts';
import { shelf, take } from './testing/test-slice.ts';
import { useAnswer } from './use-answer.ts';
import { providePhone } from './use-phone.ts';

let my: TestPhone;
let disk: FullDisk;
let scope: ReturnType<typeof effectScope>;

beforeEach(async () => {
  my = await openTestPhone();
  disk = new FullDisk(my.environment.indexedDB);
  await my.reopen();
  scope = effectScope();
});
afterEach(() => {
  scope.stop();
  my.phone.stop();
});

/** Runs composables as a component of an app with this phone would. */
function on<T>(use: () => T): T {
  const app = createApp(defineComponent({ render: () => null }));
  providePhone(app, my.phone);
  return app.runWithContext(() => scope.run(use)!);
}

const tap = () => my.phone.act(take, { id: 't1', shelfId: 's1', who: 'me' });
const keepAnswer = () => my.phone.database.answers.put({ path: '/kept', scope: 'x', at: my.phone.now(), body: {} });
const keptAnswers = () => my.phone.database.answers.count();
const moreOnShelf = (left: number) => {
  my.server.lines = [put('shelf', 'community', { id: 's1', left } as never)];
};

test('where nothing may be dropped an act says so, leaves nothing behind, and goes through once there is room', async () => {
  disk.fill('else');
  expect(await tap()).toEqual({ kind: 'full' });
  expect(disk.refused).toBe(1);
  expect([await my.states(), await my.takers(), await my.left()]).toEqual([[], [], 3]);
  expect(my.phone.status.value.unsent).toBe(0);
  disk.makeRoom();
  expect(await tap()).toMatchObject({ kind: 'queued' });
  expect([await my.states(), await my.left()]).toEqual([['unsent'], 2]);
  expect((await my.phone.readEntries()).map(({ seq }) => seq)).toEqual([1]);
});

test('it says so also where the browser stops a transaction half-way', async () => {
  disk.isImpatient = true;
  disk.fill('else');
  expect(await tap()).toEqual({ kind: 'full' });
  expect([await my.states(), await my.left()]).toEqual([[], 3]);
  moreOnShelf(7);
  await my.phone.syncNow();
  expect(my.phone.status.value).toMatchObject({ online: true, full: true });
});

test('kept answers are dropped for what a person does', async () => {
  await keepAnswer();
  disk.fill('answers');
  expect(await tap()).toMatchObject({ kind: 'queued' });
  expect([await my.states(), await keptAnswers()]).toEqual([['unsent'], 0]);
});

test('kept answers are dropped for what the server sends', async () => {
  await keepAnswer();
  disk.fill('answers');
  moreOnShelf(7);
  await my.phone.syncNow();
  expect(my.phone.status.value).toMatchObject({ online: true, full: false });
  expect([await my.left(), await keptAnswers()]).toEqual([7, 0]);
});

test('a pull without room is no missing network: it says full, keeps what was there, and is tried again', async () => {
  disk.fill('else');
  moreOnShelf(7);
  await my.phone.syncNow();
  expect(my.phone.status.value).toMatchObject({ online: true, full: true, state: 'fine' });
  expect(await my.left()).toBe(3);
  disk.makeRoom();
  moreOnShelf(7);
  await my.phone.syncNow();
  expect(my.phone.status.value).toMatchObject({ online: true, full: false });
  expect(await my.left()).toBe(7);
});

test('by itself it tries again, ever more seldom, and is fine when there is room', async () => {
  await my.phone.syncNow();
  disk.fill('else');
  my.phone.keepInStep();
  await vi.waitFor(() => expect(my.phone.status.value.full).toBe(true));
  const pulls = () => my.server.paths.filter((path) => path === 'POST /api/pull').length;
  const before = pulls();
  my.world.advance(1_000);
  await vi.waitFor(() => expect(pulls()).toBe(before + 1));
  await vi.waitFor(() => expect(my.phone.status.value.syncing).toBe(false));
  expect(my.phone.status.value).toMatchObject({ online: true, full: true });
  disk.makeRoom();
  my.world.advance(60_000);
  await vi.waitFor(() => expect(my.phone.status.value.full).toBe(false));
});

test('what a person does once there is room shows that there is: nothing waits any longer', async () => {
  disk.fill('else');
  my.phone.keepInStep();
  await vi.waitFor(() => expect(my.phone.status.value).toMatchObject({ full: true, syncing: false }));
  disk.makeRoom();
  await tap();
  await vi.waitFor(() => expect(my.phone.status.value).toMatchObject({ full: false, unsent: 0 }));
});

test('a verdict for which there is no room is asked for again with the same id', async () => {
  const id = await my.take('t1');
  disk.fill('else');
  await my.phone.syncNow();
  expect(my.phone.status.value).toMatchObject({ online: true, full: true, unsent: 1 });
  disk.makeRoom();
  await my.phone.syncNow();
  expect(my.phone.status.value).toMatchObject({ full: false, unsent: 0 });
  expect(new Set(my.server.pushes.flatMap((push) => push.mutations.map((one) => one.id)))).toEqual(new Set([id]));
});

test('a page of a long pull for which there is no room stops it there, and it goes on from there', async () => {
  disk.fill('else');
  const rows = [1, 2, 3].map((n) => [
    put('shelf', 'community', { id: `n${n}`, left: n } as never),
    { cursor: `p${n}` } as never,
  ]);
  my.server.instead.push({ path: '/api/pull', answer: () => ndjson([...rows.flat(), my.server.end()]) });
  await my.phone.syncNow();
  expect(my.phone.status.value.full).toBe(true);
  expect(await my.phone.reader.all(shelf)).toHaveLength(1);
  disk.makeRoom();
  my.server.lines = rows.flat();
  await my.phone.syncNow();
  expect(await my.phone.reader.all(shelf)).toHaveLength(4);
});

test('a draft lasts as long as its form, and is kept as soon as there is room', async () => {
  const draft = on(() => useDraft('form', () => ({ text: '' })));
  disk.fill('else');
  draft.value.value.text = '两斤白菜';
  my.world.advance(400);
  await vi.waitFor(() => expect(disk.refused).toBe(1));
  expect(draft.value.value.text).toBe('两斤白菜');
  disk.makeRoom();
  draft.value.value.text = '三斤白菜';
  my.world.advance(400);
  await vi.waitFor(async () =>
    expect((await my.phone.database.drafts.get('form'))?.value).toEqual({ text: '三斤白菜' }),
  );
});

test('kept answers are dropped for a draft', async () => {
  await keepAnswer();
  const draft = on(() => useDraft('form', () => ({ text: '' })));
  disk.fill('answers');
  draft.value.value.text = '两斤白菜';
  my.world.advance(400);
  await vi.waitFor(async () => expect(await my.phone.database.drafts.count()).toBe(1));
  expect(await keptAnswers()).toBe(0);
});

test('an answer for which there is no room is shown all the same, and no other is dropped for it', async () => {
  await keepAnswer();
  disk.fill('else');
  const answer = () => Response.json({ doors: 12 });
  my.server.instead.push({ path: '/api/desk/coverage', answer });
  const view = on(() =>
    useAnswer<{ doors: number }>(
      () => 'coverage',
      () => 'x',
    ),
  );
  await vi.waitFor(() => expect(view.state.value).toBe('fresh'));
  expect(view.data.value).toEqual({ doors: 12 });
  my.environment.goOffline();
  await view.reload();
  expect([view.state.value, view.data.value]).toEqual(['stale', { doors: 12 }]);
  expect(await keptAnswers()).toBe(1);
  my.environment.goOnline();
  my.server.instead.push({ path: '/api/desk/coverage', answer: () => problem(404, 'notFound') });
  await view.reload();
  expect([view.state.value, view.data.value]).toEqual(['missing', undefined]);
});

test('what ends by itself goes from a full phone too', async () => {
  my.server.until = { community: my.server.now + 1_000 };
  await my.phone.syncNow();
  await my.reopen();
  disk.fill('else');
  my.world.advance(2_000);
  await vi.waitFor(async () => expect(await my.left()).toBeUndefined());
  const { database } = my.phone;
  expect((await feedOf(database)).until).toHaveProperty('community');
  disk.makeRoom();
  my.world.advance(60_000);
  await vi.waitFor(async () => expect((await feedOf(database)).until).toEqual({}));
});

test('a full phone opens, also when something has ended meanwhile', async () => {
  my.server.until = { community: my.server.now + 1_000 };
  await my.phone.syncNow();
  my.phone.stop();
  my.world.advance(2_000);
  disk.fill('else');
  await my.reopen();
  expect(await my.phone.reader.all(shelf)).toEqual([]);
});

test('a device that was ended keeps nothing, however full it is, and knows it when it starts anew', async () => {
  await my.take('t1');
  disk.fill('else');
  await sealDatabase(my.phone.database);
  expect(await my.phone.database.rows.count()).toBe(0);
  expect(await my.states()).toEqual(['unsent']);
  await my.reopen();
  my.server.instead.push({ path: '/api/push', answer: () => problem(401, 'ended') });
  await my.phone.syncNow();
  expect(my.phone.status.value.state).toBe('ended');
});

test('a full phone can sign out', async () => {
  disk.fill('else');
  expect(await my.phone.signOut()).toEqual({ kind: 'signedOut' });
  await expect(my.reopen()).rejects.toThrow('nobody is signed in');
});

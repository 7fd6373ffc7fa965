import { afterEach, expect, test, vi } from 'vitest';
import { createApp, defineComponent, effectScope, nextTick } from 'vue';
import type { App, EffectScope } from 'vue';
import { useDraft } from './drafts.ts';
import { openTestPhone } from './testing/open-test-phone.ts';
import type { TestPhone } from './testing/open-test-phone.ts';
import { put } from './testing/scripted-server.ts';
import { shelf, taken } from './testing/test-slice.ts';
import { useAnswer } from './use-answer.ts';
import { useAll, useList, useNow, useRow, useWord } from './use-rows.ts';
import { providePhone } from './use-phone.ts';

let my: TestPhone;
const scopes: EffectScope[] = [];
afterEach(() => {
  for (const scope of scopes.splice(0)) scope.stop();
  my.phone.stop();
});

/** Runs composables as a component of an app with this phone would. */
function on<T>(use: () => T): T {
  const app: App = createApp(defineComponent({ render: () => null }));
  providePhone(app, my.phone);
  const scope = effectScope();
  scopes.push(scope);
  return app.runWithContext(() => scope.run(use)!);
}

test('rows are live: what a person does shows, and so does what the server sends', async () => {
  my = await openTestPhone();
  const [row, list, all] = on(
    () => [useRow(shelf, () => 's1'), useList(taken, 'shelfId', () => 's1'), useAll(shelf)] as const,
  );
  expect(list.value).toBeUndefined();
  await vi.waitFor(() => expect([row.value?.left, list.value?.length, all.value?.length]).toEqual([3, 0, 1]));
  await my.take('t1');
  await vi.waitFor(() => expect([row.value?.left, list.value?.length]).toEqual([2, 1]));
  my.server.lines = [put('shelf', 'community', { id: 's1', left: 7 } as never)];
  await my.phone.syncNow();
  await vi.waitFor(() => expect(row.value?.left).toBe(7));
});

test('live rows survive a connection that was cut', async () => {
  my = await openTestPhone();
  const row = on(() => useRow(shelf, () => 's1'));
  await vi.waitFor(() => expect(row.value?.left).toBe(3));
  my.phone.database.dexie.close({ disableAutoOpen: false });
  my.world.advance(1);
  await nextTick();
  await my.take('t1');
  await vi.waitFor(() => expect(row.value?.left).toBe(2));
});

test('a row has the word unsent while an unsent act touches it', async () => {
  my = await openTestPhone();
  const word = on(() => useWord(taken, () => 't1'));
  expect(word.value).toBe('settled');
  await my.take('t1');
  expect(word.value).toBe('unsent');
  await my.phone.syncNow();
  expect(word.value).toBe('settled');
});

test("the time goes on, by the server's clock", async () => {
  my = await openTestPhone();
  my.world.time -= 3_600_000;
  await my.phone.syncNow();
  const now = on(() => useNow(1_000));
  expect(now.value).toBe(my.server.now);
  my.world.advance(5_000);
  expect(now.value).toBe(my.server.now + 5_000);
});

test('a half-filled form is there again after the app was closed, and gone once sent', async () => {
  my = await openTestPhone();
  const draft = on(() => useDraft('form', () => ({ text: '', tags: [] as string[] })));
  draft.value.value.text = '白菜';
  draft.value.value.tags.push('急');
  expect([draft.dirty.value, my.phone.dirtyForms.value]).toEqual([true, 1]);
  scopes.splice(0).forEach((scope) => scope.stop());
  await vi.waitFor(async () => expect(await my.phone.database.drafts.count()).toBe(1));
  expect(my.phone.dirtyForms.value).toBe(0);
  await my.reopen();
  const again = on(() => useDraft('form', () => ({ text: '', tags: [] as string[] })));
  await vi.waitFor(() => expect(again.value.value).toEqual({ text: '白菜', tags: ['急'] }));
  await again.clear();
  expect([again.value.value.text, again.dirty.value, await my.phone.database.drafts.count()]).toEqual(['', false, 0]);
});

test('a desk answer is kept with its time, is stale offline and goes when it is no longer ours', async () => {
  my = await openTestPhone();
  my.server.instead.push({ path: '/api/desk/coverage', answer: () => Response.json({ missing: 3 }) });
  const first = on(() =>
    useAnswer<{ missing: number }>(
      () => '/coverage',
      () => 'desk:1',
    ),
  );
  await vi.waitFor(() => expect(first.data.value).toEqual({ missing: 3 }));
  expect([first.state.value, first.at.value]).toEqual(['fresh', my.server.now]);
  my.environment.goOffline();
  const second = on(() =>
    useAnswer<{ missing: number }>(
      () => '/coverage',
      () => 'desk:1',
    ),
  );
  await vi.waitFor(() => expect(second.state.value).toBe('stale'));
  await vi.waitFor(() => expect(second.data.value).toEqual({ missing: 3 }));
  my.environment.goOnline();
  await second.reload();
  expect(second.state.value).toBe('missing');
  await vi.waitFor(() => expect(second.data.value).toBeUndefined());
});

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createApp, defineComponent, effectScope, shallowRef } from 'vue';
import { openTestPhone } from '../testing/open-test-phone.ts';
import type { TestPhone } from '../testing/open-test-phone.ts';
import { problem } from '../testing/scripted-server.ts';
import { providePhone } from '../use-phone.ts';
import { photosOf } from './photos.ts';
import { usePhoto } from './use-photo.ts';

let my: TestPhone;
let scope: ReturnType<typeof effectScope>;

beforeEach(async () => {
  my = await openTestPhone();
  scope = effectScope();
});
afterEach(() => {
  scope.stop();
  my.phone.stop();
});

const jpeg = new Uint8Array([0xff, 0xd8, 0xff, 0xc0, 0, 17, 8, 0, 30, 0, 40, 3]).buffer;

/** Runs it as a component of an app with this phone would. */
function use(id: () => string | undefined) {
  const app = createApp(defineComponent({ render: () => null }));
  providePhone(app, my.phone);
  return app.runWithContext(() => scope.run(() => usePhoto(id))!);
}
const sync = () => {
  my.server.now += 1;
  return my.phone.syncNow();
};
const bytesAt = async (url: string | undefined) => (await (await fetch(url!)).arrayBuffer()).byteLength;

test('a picture taken here is seen at once and does not flicker when it has been sent', async () => {
  const added = await photosOf(my.phone).add(jpeg);
  const photo = use(() => (added.kind === 'added' ? added.id : undefined));
  await vi.waitFor(() => expect(photo.state.value).toBe('waiting'));
  const url = photo.url.value;
  expect(await bytesAt(url)).toBe(jpeg.byteLength);
  await sync();
  await vi.waitFor(() => expect(photo.state.value).toBe('sent'));
  expect(photo.url.value).toBe(url);
  scope.stop();
  await expect(fetch(url!)).rejects.toThrow();
});

test('one that the server will not have stays in sight and says why', async () => {
  const added = await photosOf(my.phone).add(jpeg);
  const id = added.kind === 'added' ? added.id : '';
  my.server.instead.push({ path: `/api/photos/${id}`, answer: () => problem(415, 'notPicture') });
  const photo = use(() => id);
  await sync();
  await vi.waitFor(() => expect([photo.state.value, photo.code.value]).toEqual(['refused', 'notPicture']));
  expect(photo.url.value).toBeDefined();
});

test('one of somebody else is looked for again when something has come from the server', async () => {
  const photo = use(() => 'p1');
  expect(photo.state.value).toBe('loading');
  await vi.waitFor(() => expect(photo.state.value).toBe('notThere'));
  my.server.photos.set('p1', jpeg);
  my.world.advance(6_000);
  await sync();
  await vi.waitFor(() => expect(photo.url.value).toBeDefined());
  expect(await bytesAt(photo.url.value)).toBe(jpeg.byteLength);
});

test('without a network it says so, and shows the picture when the network is back', async () => {
  my.server.photos.set('p1', jpeg);
  my.environment.goOffline();
  const photo = use(() => 'p1');
  await vi.waitFor(() => expect(photo.state.value).toBe('notReached'));
  my.environment.goOnline();
  my.world.advance(6_000);
  await sync();
  await vi.waitFor(() => expect(photo.url.value).toBeDefined());
});

test('it follows to another picture, and to none', async () => {
  my.server.photos.set('p1', jpeg).set('p2', jpeg);
  const id = shallowRef<string | undefined>('p1');
  const photo = use(() => id.value);
  await vi.waitFor(() => expect(photo.url.value).toBeDefined());
  const first = photo.url.value;
  id.value = 'p2';
  await vi.waitFor(() => expect([undefined, first]).not.toContain(photo.url.value));
  id.value = undefined;
  await vi.waitFor(() => expect([photo.url.value, photo.state.value]).toEqual([undefined, 'loading']));
});

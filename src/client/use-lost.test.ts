import { afterEach, expect, test, vi } from 'vitest';
import { createApp, defineComponent, effectScope } from 'vue';
import { openTestPhone } from './testing/open-test-phone.ts';
import type { TestPhone } from './testing/open-test-phone.ts';
import { useLost } from './use-lost.ts';
import { providePhone } from './use-phone.ts';

let my: TestPhone;
const scope = effectScope();
afterEach(() => {
  scope.stop();
  my.phone.stop();
});

test('what may have been lost is shown until it is put away, over a connection that was cut', async () => {
  my = await openTestPhone();
  const unsent = [{ deviceName: '安卓手机 · 微信', count: 2, at: 1 }];
  await my.phone.database.meta.put({ key: 'lost', unsent });
  const app = createApp(defineComponent({ render: () => null }));
  providePhone(app, my.phone);
  const { lost, putAway } = app.runWithContext(() => scope.run(useLost)!);
  await vi.waitFor(() => expect(lost.value?.unsent).toEqual(unsent));
  my.phone.database.dexie.close({ disableAutoOpen: false });
  my.world.advance(1);
  await putAway();
  await vi.waitFor(() => expect(lost.value).toBeUndefined());
  expect(await my.phone.database.meta.get('lost')).toBeUndefined();
});

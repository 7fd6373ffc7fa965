import { expect, test, vi } from 'vitest';
import { openPhone } from '../open-phone.ts';
import type { Phone } from '../phone.ts';
import { join } from '../join.ts';
import { nodeEnvironment } from '../testing/node-environment.ts';
import { put, ScriptedServer } from '../testing/scripted-server.ts';
import { tabLocks } from '../testing/tab-locks.ts';
import { registry, take } from '../testing/test-slice.ts';
import { VirtualWorld } from '../testing/virtual-world.ts';

async function openTabs(): Promise<{ server: ScriptedServer; first: Phone; second: Phone }> {
  const server = new ScriptedServer();
  const environment = nodeEnvironment({ world: new VirtualWorld(), handle: server.handle, locks: tabLocks() });
  await join(environment, 'CODE', '测试');
  server.lines = [put('shelf', 'community', { id: 's1', left: 9 } as never)];
  const first = (await openPhone({ registry, environment }))!;
  await vi.waitFor(() => expect(first.status.value.freshAt).toBeDefined());
  const second = (await openPhone({ registry, environment }))!;
  await second.syncNow();
  return { server, first, second };
}

test('what is done in one tab is sent once, by the tab that is looked at, and shows in both', async () => {
  const { server, first, second } = await openTabs();
  await first.act(take, { id: 't1', shelfId: 's1', who: 'me' });
  await vi.waitFor(() => expect(server.pushes).toHaveLength(1));
  await vi.waitFor(() => expect([first.entries.value, second.entries.value]).toEqual([[], []]));
  expect(server.pushes).toHaveLength(1);
  first.stop();
  second.stop();
});

test('when the tab that sends is closed, another one goes on', async () => {
  const { server, first, second } = await openTabs();
  second.stop();
  await first.act(take, { id: 't1', shelfId: 's1', who: 'me' });
  await vi.waitFor(() => expect(server.pushes).toHaveLength(1));
  first.stop();
});

import { join } from '../join.ts';
import { openPhone } from '../open-phone.ts';
import type { Phone } from '../phone.ts';
import type { Mutation } from '../../domain/mutation.ts';
import type { Registry } from '../../domain/slice.ts';
import type { Accompany } from '../acting.ts';
import { nodeEnvironment } from './node-environment.ts';
import type { NodeEnvironment } from './node-environment.ts';
import { put, ScriptedServer } from './scripted-server.ts';
import { registry as shelfRegistry, shelf, take, taken } from './test-slice.ts';
import { VirtualWorld } from './virtual-world.ts';

/** A phone that is signed in at a scripted server, with one shelf of three in the scope `community`. */
export interface TestPhone {
  readonly world: VirtualWorld;
  readonly server: ScriptedServer;
  readonly environment: NodeEnvironment;
  phone: Phone;
  /** Takes one from the shelf, as a person would. @returns the mutation's id */
  take(id: string, shelfId?: string, options?: { insist?: boolean }): Promise<string>;
  left(): Promise<number | undefined>;
  takers(): Promise<string[]>;
  states(): Promise<string[]>;
  /** Closes the app and opens it again. */
  reopen(): Promise<void>;
}

/** @param options `registry`: other mutations than the shelf's; `accompany`: what goes along with what is done */
export async function openTestPhone(
  options: { sync?: boolean; registry?: Registry; accompany?: readonly Accompany[] } = {},
): Promise<TestPhone> {
  const { sync = false, registry = shelfRegistry, accompany } = options;
  const world = new VirtualWorld();
  const server = new ScriptedServer();
  const environment = nodeEnvironment({ world, handle: server.handle });
  await join(environment, 'CODE', '测试');
  const open = async (): Promise<Phone> => {
    const phone = await openPhone({ registry, environment, sync, accompany });
    if (phone === undefined) throw new Error('nobody is signed in');
    return phone;
  };
  const test: TestPhone = {
    world,
    server,
    environment,
    phone: await open(),
    async take(id, shelfId = 's1', options) {
      const mutation = take as Mutation<{ id: string; shelfId: string; who: string }>;
      const result = await test.phone.act(mutation, { id, shelfId, who: id }, options);
      if (result.kind !== 'queued') throw new Error(result.kind);
      return result.ids[0]!;
    },
    left: async () => (await test.phone.reader.get(shelf, 's1'))?.left,
    takers: async () => (await test.phone.reader.list(taken, 'shelfId', 's1')).map((row) => row.id),
    states: async () => (await test.phone.readEntries()).map((entry) => entry.state),
    async reopen() {
      test.phone.stop();
      test.phone = await open();
    },
  };
  server.lines = [put('shelf', 'community', { id: 's1', left: 3 } as never)];
  await test.phone.syncNow();
  return test;
}

import { expect, it, vi } from 'vitest';
import * as v from 'valibot';
import { complete, gather } from '../domain/registry.ts';
import { mutation } from '../domain/mutation.ts';
import type { AnyMutation } from '../domain/mutation.ts';
import type { Registry } from '../domain/slice.ts';
import { openPhone } from './open-phone.ts';
import { openTestPhone } from './testing/open-test-phone.ts';
import type { TestPhone } from './testing/open-test-phone.ts';
import { problem } from './testing/scripted-server.ts';
import { shown, take } from './testing/test-slice.ts';

/** A shelf whose only mutation comes late, and on the first `failures` occasions not at all. */
function lateShelf(failures = 0): { registry: Registry; arrive: () => void; asked: () => number } {
  let asked = 0;
  let arrive = (): void => {};
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  const load = async (): Promise<readonly AnyMutation[]> => {
    asked += 1;
    if (asked <= failures) throw new TypeError('no network, nothing kept');
    await arrived;
    return [take];
  };
  const later = [{ names: ['shelf.take'], load }];
  return {
    registry: gather([{ name: 'shelf', mutations: [], later, visibility: [], projections: shown }]),
    arrive: () => arrive(),
    asked: () => asked,
  };
}

/** From now on the server takes nothing, and still tells what there is: everything is drawn anew with the entry unsent. */
function takesNothing(my: TestPhone): void {
  for (let n = 0; n < 50; n += 1)
    my.server.instead.push({ path: '/api/push', answer: () => problem(503, 'busy', { 'retry-after': '1' }) });
}

it('is not needed for what a screen brings along', async () => {
  const { registry, asked } = lateShelf();
  const my = await openTestPhone({ registry });
  const id = await my.take('t1');
  expect(await my.left()).toBe(2);
  expect(asked()).toBe(0);
  await my.phone.syncNow();
  expect(my.server.pushes[0]!.mutations.map((one) => one.id)).toEqual([id]);
  my.phone.stop();
});

it('is loaded where the outbox waits for it, and nothing that was shown goes meanwhile', async () => {
  const { registry, arrive, asked } = lateShelf();
  const my = await openTestPhone({ registry });
  await my.take('t1');
  my.phone.stop();
  const opening = openPhone({ registry, environment: my.environment, sync: false });
  await vi.waitFor(() => expect(asked()).toBe(1));
  arrive();
  my.phone = (await opening)!;
  expect(await my.left()).toBe(2);
  takesNothing(my);
  await my.phone.syncNow();
  expect(await my.states()).toEqual(['unsent']);
  expect(await my.takers()).toEqual(['t1']);
  my.phone.stop();
});

it('keeps nobody waiting: the entry goes out, its effect is hidden until the mutation has come', async () => {
  const { registry, arrive, asked } = lateShelf();
  const my = await openTestPhone({ registry });
  await my.take('t1');
  my.phone.stop();
  const opening = openPhone({ registry, environment: my.environment, sync: false });
  await vi.waitFor(() => expect(asked()).toBe(1));
  my.world.advance(2_000);
  my.phone = (await opening)!;
  takesNothing(my);
  const syncing = my.phone.syncNow();
  let done = false;
  void syncing.then(() => (done = true));
  await vi.waitFor(() => {
    my.world.advance(500);
    expect(done).toBe(true);
  });
  expect(await my.states()).toEqual(['unsent']);
  expect(await my.left()).toBe(3);
  arrive();
  await vi.waitFor(async () => expect(await my.left()).toBe(2));
  expect(await my.states()).toEqual(['unsent']);
  my.phone.stop();
});

it('is asked for again where it could not be loaded', async () => {
  const { registry, arrive, asked } = lateShelf(1);
  arrive();
  const my = await openTestPhone({ registry });
  await my.take('t1');
  await my.reopen();
  expect(asked()).toBe(1);
  // Shown as it was when the phone was closed: nothing has been drawn anew yet.
  expect(await my.left()).toBe(2);
  my.world.advance(60_000);
  await vi.waitFor(() => expect(asked()).toBe(2));
  await my.phone.syncNow();
  expect(await my.states()).toEqual([]);
  my.phone.stop();
});

it('is loaded for what another tab has queued', async () => {
  const late = lateShelf();
  late.arrive();
  const my = await openTestPhone({ registry: late.registry });
  const other = (await openPhone({ registry: late.registry, environment: my.environment, sync: false }))!;
  await my.take('t1');
  await vi.waitFor(() => expect(late.asked()).toBe(1));
  await vi.waitFor(() => expect(other.entries.value.map((entry) => entry.name)).toEqual(['shelf.take']));
  // The other tab draws anew, and knows how.
  takesNothing(my);
  await other.syncNow();
  expect(await my.states()).toEqual(['unsent']);
  expect(await my.takers()).toEqual(['t1']);
  other.stop();
  my.phone.stop();
});

const other = mutation({ name: 'shelf.other', args: v.object({}), run: async () => {} });

it('must be what was named', async () => {
  const slice = (names: string[], ...mutations: AnyMutation[]) => ({
    name: 'shelf',
    mutations: [],
    later: [{ names, load: () => Promise.resolve(mutations) }],
    visibility: [],
  });
  const whole = await complete(gather([slice(['shelf.take', 'shelf.other'], other, take)]));
  expect([...whole.mutations.keys()].sort()).toEqual(['shelf.other', 'shelf.take']);
  expect(whole.later).toEqual([]);
  await expect(complete(gather([slice(['shelf.take'], other)]))).rejects.toThrow('shelf.take');
  expect(() => gather([slice(['shelf.take'], take), slice(['shelf.take'], take)])).toThrow('two slices');
});

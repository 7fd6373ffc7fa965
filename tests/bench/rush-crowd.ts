import type { WireDevice } from '../support/wire-client.ts';
import { inParallel } from './figure.ts';

export const ITEMS = 20;
const WISHES = 3;
/** Every so many-th household that has ordered takes it back, once everybody has had a first word: the queue gets its portions. */
const CANCELS = 10;

export interface RushRound {
  readonly id: string;
  readonly items: readonly string[];
}

/** What one household wants: three of the items, one portion each. */
export function wishesOf(round: RushRound, household: number): string[] {
  // 7 and 20 have no common factor: everybody's three differ, and each item is wanted equally often.
  return Array.from({ length: WISHES }, (_, k) => round.items[(household * WISHES + k * 7) % ITEMS]!);
}

const takesBack = (household: number): boolean => (household + Math.floor(household / CANCELS)) % CANCELS === 0;

/** What one run saw: ms from the common tap to each household's first verdict, and until it had ordered and waited for all that it could; and what was done. */
export interface RushRun {
  readonly first: readonly number[];
  readonly last: readonly number[];
  readonly asked: number;
  readonly ordered: number;
  readonly waited: number;
  readonly cancelled: number;
}

/** Everybody at once: what they want, and then what some take back. */
export async function together(
  devices: readonly WireDevice[],
  order: (device: WireDevice, index: number, tellFirst: () => void) => Promise<Done>,
  takeBack: (device: WireDevice) => Promise<boolean>,
): Promise<RushRun> {
  const began = performance.now();
  let [missing, allHeard] = [devices.length, (): void => undefined];
  const everybodyHeard = new Promise<void>((resolve) => (allHeard = resolve));
  const done = await inParallel(devices, devices.length, async (device, i) => {
    let first = 0;
    const one = await order(device, i, () => {
      first = performance.now() - began;
      if (--missing === 0) allHeard();
    });
    const last = performance.now() - began;
    if (one.ordered === 0 || !takesBack(i)) return { ...one, first, last, cancelled: 0 };
    await everybodyHeard;
    return { ...one, first, last, asked: one.asked + 1, cancelled: (await takeBack(device)) ? 1 : 0 };
  });
  const count = (what: 'asked' | 'waited' | 'ordered' | 'cancelled') => done.reduce((sum, one) => sum + one[what], 0);
  return {
    first: done.map((one) => one.first),
    last: done.map((one) => one.last),
    asked: count('asked'),
    ordered: count('ordered'),
    waited: count('waited'),
    cancelled: count('cancelled'),
  };
}

/** What a household did: pushes or transactions, and orders and places that it got. */
export interface Done {
  readonly asked: number;
  readonly ordered: number;
  readonly waited: number;
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../../src/domain/day.ts';
import { registry } from '../../src/pillars/registry.server.ts';
import { recipes } from './acts.ts';
import { openTrial } from './acts-trial.ts';
import type { Tried } from './acts-trial.ts';
import type { Run } from './book.ts';

const TRIES = 240;
/** What one's own phone does not survive. */
const RARE = ['people.endDevice'];
/** What the community's clock does after a long time, and people only try. */
const BY_CLOCK = [
  'checkIn.passOn',
  'checkIn.missReading',
  'checkIn.forget',
  'checkIn.erase',
  'errands.returnIdle',
  'groupBuy.forgetClaim',
  'sweep.forget',
];
/** So often people go through a round, an observation and an errand together. */
const ROUNDS = 3;
/** Whatever is still to be done begins with one of these. */
const BEGINNINGS = [
  ...['groupBuy.open', 'groupBuy.placeOrder', 'groupBuy.close', 'groupBuy.arrive', 'groupBuy.startHandingOut'],
  ...['groupBuy.takeRun', 'errands.request', 'errands.claim', 'checkIn.setRobot', 'checkIn.submit'],
  ...['checkIn.startDuty', 'sweep.start'],
];
/** So often the community's clock looks, and how long everybody sleeps before it does. */
const CLOCK_EVERY = 40;
const SLEEP_MS = 16 * MINUTE_MS;
/** Half a day, after which claims were idle and readings did not come; and so long that what was said is forgotten and erased. */
const LONG_SLEEPS_MS = [DAY_MS / 2, DAY_MS / 2, 91 * DAY_MS, 366 * DAY_MS];

describe('how people come to do things', () => {
  const tried: Tried[] = [];
  let runs: readonly Run[] = [];
  let close: () => Promise<void>;

  beforeAll(async () => {
    const trial = await openTrial(7);
    close = trial.close;
    const names = Object.keys(recipes).filter((name) => !RARE.includes(name));
    const denied = () => deniedOf(trial.runs).filter((name) => !RARE.includes(name));
    for (let i = 0; i < ROUNDS; i++) tried.push(...(await trial.buyTogether()));
    const never = () => names.filter((name) => !tried.some((one) => one.name === name));
    const missing = () => [...never(), ...denied().filter((name) => !BY_CLOCK.includes(name))];
    for (let i = 0; i < TRIES || (i < 5 * TRIES && missing().length > 0); i++) {
      // Half of the time people think of what has not been done yet, or of what has to come before it.
      const wanted = missing();
      const thought = [[wanted[(i / 4) % Math.max(1, wanted.length)] ?? BEGINNINGS[0]!], undefined, BEGINNINGS];
      const one = await trial.act(i < 4 * TRIES ? thought[i % 4] : undefined);
      if (one) tried.push(one);
      if (i % CLOCK_EVERY === 0) await trial.clockLooks(SLEEP_MS);
    }
    // What was claimed and decided is forgotten while everybody sleeps.
    for (
      let i = 0;
      i < 4 * ROUNDS &&
      [...missing(), ...denied()].some((name) => name.startsWith('groupBuy.') && !BY_CLOCK.includes(name));
      i++
    )
      tried.push(...(await trial.buyTogether()));
    for (const ms of LONG_SLEEPS_MS) {
      for (let i = 0; i < 20; i++) await trial.act(['errands.request', 'errands.claim']);
      await trial.inStep();
      await trial.clockLooks(ms);
    }
    runs = trial.runs;
  }, 240_000);
  afterAll(() => close());

  it('is told of every registered mutation, and of no other', () => {
    expect(Object.keys(recipes).sort()).toEqual([...registry.mutations.keys()].sort());
  });

  it('is well-formed: the mutation’s own schema takes it', () => {
    expect(tried.filter((one) => !one.wellFormed)).toEqual([]);
  });

  it('comes to every mutation', () => {
    const never = Object.keys(recipes).filter((name) => !tried.some((one) => one.name === name));
    expect(never).toEqual(['people.endDevice']);
  });

  it('makes sense most of the time, and not always', () => {
    const sensible = tried.filter((one) => one.advised).length / tried.length;
    expect(sensible).toBeGreaterThan(0.5);
    expect(sensible).toBeLessThan(0.95);
  });

  it('gets every mutation accepted that people may do', () => {
    expect(deniedOf(runs).filter((name) => !RARE.includes(name))).toEqual([]);
  });

  it('gets refusals of many kinds', () => {
    const codes = new Set(runs.map((run) => run.code));
    for (const code of ['notAllowed', 'notFound', 'soldOut', 'overLimit', 'closed', 'changedMeanwhile', 'wrongStep'])
      expect(codes).toContain(code);
  });
});

/** The mutations of which none was accepted. */
function deniedOf(runs: readonly Run[]): string[] {
  const accepted = new Set(runs.filter((run) => run.outcome === 'accepted').map((run) => run.name));
  return Object.keys(recipes).filter((name) => !accepted.has(name));
}

it('is the same for the same seed', async () => {
  const stories: unknown[] = [];
  for (const seed of [3, 3, 4]) {
    const trial = await openTrial(seed);
    const story: unknown[] = [];
    for (let i = 0; i < 40; i++) story.push((await trial.act()) ?? null);
    stories.push(story);
    await trial.close();
  }
  expect(stories[1]).toEqual(stories[0]);
  expect(stories[2]).not.toEqual(stories[0]);
});

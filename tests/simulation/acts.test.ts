import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registry } from '../../src/pillars/registry.ts';
import { recipes } from './acts.ts';
import { openTrial } from './acts-trial.ts';
import type { Tried } from './acts-trial.ts';
import type { Run } from './book.ts';

const TRIES = 240;
/** What one's own phone does not survive, and what takes hours of idleness. */
const RARE = ['people.endDevice', 'errands.returnIdle'];

describe('how people come to do things', () => {
  const tried: Tried[] = [];
  let runs: readonly Run[] = [];
  let close: () => Promise<void>;

  beforeAll(async () => {
    const trial = await openTrial(7);
    close = trial.close;
    const denied = () => deniedOf(trial.runs).filter((name) => !RARE.includes(name));
    for (let i = 0; i < TRIES || (i < 6 * TRIES && denied().length > 0); i++) {
      const one = await trial.act();
      if (one) tried.push(one);
    }
    await trial.inStep();
    runs = trial.runs;
  }, 120_000);
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

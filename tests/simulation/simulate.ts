import fc from 'fast-check';
import type { Database } from '../../src/server/database/database.ts';
import { deeds } from './arbitrary-deeds.ts';
import type { Model } from './deed.ts';
import { drain, judge, judgeScreens } from './ending.ts';
import { History } from './history.ts';
import type { Who } from './sim-town.ts';
import { forgetCommunity } from './forget.ts';

export interface Simulated {
  readonly histories: number;
  /** In how many histories each fault and event really happened. */
  readonly counts: ReadonlyMap<string, number>;
  /** The failure with the shrunk story and the line that replays it; undefined where every history held. */
  readonly failure: string | undefined;
  readonly seed: number;
}

export interface Wanted {
  readonly histories: number;
  readonly seed: number;
  /** To replay one failure, shrunk as it was: as the failure printed them. */
  readonly path?: string;
  readonly replay?: string;
  /** Do not look for a shorter story. */
  readonly asFound?: boolean;
  /** Keeps what happened, event by event, to be read. */
  readonly keepTrace?: boolean;
  /** Sees each history at its end. */
  readonly lived?: (history: History) => void;
}

const PHONES: readonly (readonly Who[])[] = [
  ['wang', 'he'],
  ['li', 'he'],
  ['wang', 'tian'],
  ['li', 'secretary'],
  ['wang', 'he', 'tian'],
  ['li', 'he', 'secretary'],
];

/** Lives one history to its end. @returns it, with what it broke */
export async function live(
  db: Database,
  seed: number,
  happens: (history: History) => Promise<void>,
  keepTrace = false,
): Promise<History> {
  const history = new History(db, seed, { keepTrace });
  await forgetCommunity(db, history.town.communityId);
  const free = history.scheduler.rule();
  try {
    await history.begin(PHONES[history.chance.whole(PHONES.length)]!);
    await happens(history);
    await history.end();
    await judgeScreens(history);
    await drain(history);
    await judge(history);
  } finally {
    // Dexie keeps timers of its own for all databases of the process: they must not wait for the next history.
    for (const device of history.devices) device.closeTabs();
    history.server.process.end();
    await history.scheduler.pass(5_000);
    free();
  }
  return history;
}

/** Simulates so many histories; stops at the first that breaks a law. */
export async function simulate(db: Database, wanted: Wanted): Promise<Simulated> {
  const counts = new Map<string, number>();
  let histories = 0;
  const commands = fc.commands(deeds, { maxCommands: 13, size: 'max', replayPath: wanted.replay });
  const property = fc.asyncProperty(fc.noShrink(fc.nat(2 ** 31 - 1)), commands, async (seed, story) => {
    const happens = (one: History) => fc.asyncModelRun(() => ({ model: {} as Model, real: one }), story as never);
    const history = await live(db, seed, happens, wanted.keepTrace);
    histories += 1;
    wanted.lived?.(history);
    for (const name of history.counts.keys()) counts.set(name, (counts.get(name) ?? 0) + 1);
    const { violations } = history.laws;
    if (violations.length > 0) {
      throw new Error(violations.map(({ law, detail }) => `  ${law}: ${detail}`).join('\n'));
    }
  });
  const details = await fc.check(property, {
    seed: wanted.seed,
    numRuns: wanted.histories,
    ...(wanted.path !== undefined && { path: wanted.path }),
    endOnFailure: wanted.asFound === true,
  });
  return { histories, counts, failure: details.failed ? told(details) : undefined, seed: wanted.seed };
}

type Details = Awaited<ReturnType<typeof fc.check<[number, Iterable<{ toString(): string }>]>>>;

function told(details: unknown): string {
  const { seed, counterexamplePath, counterexample, errorInstance, numRuns } = details as Details;
  const [history, story] = counterexample ?? [];
  const words = String(story);
  const replay = /replayPath="([^"]*)"/.exec(words)?.[1] ?? '';
  return [
    `a law was broken in history ${numRuns}:`,
    errorInstance instanceof Error ? errorInstance.message : String(errorInstance),
    `the story (history ${history}):`,
    ...words
      .replace(/\/\*.*\*\//, '')
      .split(/,(?=[^,]*(?:phone|server|batch|network|disk|clock|session|intruder|ms go))/)
      .map((line) => `  ${line.trim()}`),
    `again: npm run simulate -- --seed ${seed} --path "${counterexamplePath}" --replay "${replay}"`,
  ].join('\n');
}

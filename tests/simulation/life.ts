import type { World } from '../../src/domain/world.ts';
import type { SeededChance } from './chance.ts';
import type { Scheduler } from './scheduler.ts';

/** The time between the start and the end of a process: a tab, a server. What it waits for after its end never comes. */
export class Life {
  private ended = false;
  private readonly atEnd: (() => void)[] = [];

  get isOver(): boolean {
    return this.ended;
  }

  /** Calls back once when it ends. */
  onEnd(callback: () => void): void {
    if (this.ended) callback();
    else this.atEnd.push(callback);
  }

  end(): void {
    if (this.ended) return;
    this.ended = true;
    for (const callback of this.atEnd.splice(0)) callback();
  }

  /** A promise that settles only if this life goes on. */
  whileAlive<T>(promise: Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      promise.then(
        (value) => this.ended || resolve(value),
        (error: unknown) => {
          if (!this.ended) reject(error as Error);
        },
      );
    });
  }
}

/** Resolves when the life ends. */
export function endOf(life: Life): Promise<undefined> {
  return new Promise((resolve) => life.onEnd(() => resolve(undefined)));
}

/** The world of one process: virtual time (perhaps by a wrong clock), seeded chance. @param offset ms that its clock is fast */
export function worldOf(scheduler: Scheduler, chance: SeededChance, life: Life, offset: () => number = () => 0): World {
  return {
    now: () => Math.floor(scheduler.now + offset()),
    random: () => chance.next(),
    newId: () => chance.newId(),
    after: (ms, callback) => scheduler.later(ms, () => void (life.isOver || callback())),
  };
}

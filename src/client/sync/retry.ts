import type { World } from '../../domain/world.ts';

const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;

/** How long to wait before trying again: the ceiling doubles from 1 s to 60 s, the wait is anywhere below it (full jitter). */
export class Backoff {
  private failures = 0;

  constructor(private readonly world: Pick<World, 'random'>) {}

  /** @param retryAfterMs what the server asked for, if it did: never less than that @returns ms */
  next(retryAfterMs = 0): number {
    const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** this.failures);
    this.failures += 1;
    return retryAfterMs + this.world.random() * ceiling;
  }

  reset(): void {
    this.failures = 0;
  }
}

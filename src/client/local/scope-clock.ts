import type { World } from '../../domain/world.ts';
import type { LocalDatabase } from './database.ts';
import { dropEndedScopes } from './drop-scopes.ts';
import type { Foresight } from './replay.ts';

/** The longest single wait for a scope's end, ms: timers of more than 24 days fire at once. */
const LONGEST_WAIT_MS = 3_600_000;

/** Ms after which a store that failed is asked again. */
const AGAIN_MS = 60_000;

/** Drops the scopes that end by themselves when their time has come, also without a network. */
export class ScopeClock {
  private cancel: () => void = () => {};
  private stopped = false;

  /** @param now epoch ms by the server's clock */
  constructor(
    private readonly database: LocalDatabase,
    private readonly world: World,
    private readonly foresight: () => Foresight,
    private readonly now: () => number,
  ) {}

  /** Drops what has ended, and sets the clock for the next end. A store that fails is asked again; this never rejects. */
  async look(): Promise<void> {
    this.cancel();
    const dropped = dropEndedScopes(this.database, this.foresight(), this.now());
    const next = await dropped.catch(() => this.now() + AGAIN_MS);
    if (next === undefined || this.stopped) return;
    const wait = Math.min(Math.max(0, next - this.now()), LONGEST_WAIT_MS);
    this.cancel = this.world.after(wait, () => void this.look());
  }

  stop(): void {
    this.stopped = true;
    this.cancel();
  }
}

import { pause } from '../domain/world.ts';
import type { World } from '../domain/world.ts';
import type { KnownMutations } from './known-mutations.ts';
import type { LocalDatabase } from './local/database.ts';
import { redraw } from './local/replay.ts';
import type { Foresight } from './local/replay.ts';
import type { OutboxEntry } from './outbox-entry.ts';
import { Backoff } from './sync/retry.ts';

/** Ms for which whatever draws anew waits for a mutation to be loaded. */
const PATIENCE_MS = 1_500;

/**
 * Sees to it that what waits in the outbox can be run on this phone: loads the mutations that its entries name, and draws
 * the overlay anew where an entry was hidden for want of one. Until then it stays in the outbox, and goes out all the same.
 */
export class LateEntries {
  private readonly backoff: Backoff;
  private bringing: Promise<void> | undefined;
  private cancelRetry: (() => void) | undefined;
  private stopped = false;

  constructor(
    private readonly known: KnownMutations,
    private readonly database: LocalDatabase,
    private readonly world: World,
    private readonly foresight: () => Foresight,
  ) {
    this.backoff = new Backoff(world);
  }

  /** Before the overlay is drawn anew: resolves when all that the outbox needs is there, or has not come for a while. */
  async ready(): Promise<void> {
    if (this.known.registry.later.length === 0) return;
    const names = await this.names().catch(() => []);
    if (this.known.missing(names).length > 0) await Promise.race([this.bring(), pause(this.world, PATIENCE_MS)]);
  }

  /** These entries are in the outbox, perhaps from another tab: what they lack is loaded by and by. */
  look(entries: readonly OutboxEntry[]): void {
    if (this.cancelRetry !== undefined || this.known.missing(namesOf(entries)).length === 0) return;
    void this.bring();
  }

  stop(): void {
    this.stopped = true;
    this.cancelRetry?.();
  }

  private bring(): Promise<void> {
    this.bringing ??= this.bringOnce().finally(() => (this.bringing = undefined));
    return this.bringing;
  }

  /** Never rejects: what goes wrong is tried again later. */
  private async bringOnce(): Promise<void> {
    this.cancelRetry?.();
    this.cancelRetry = undefined;
    const done = await this.loadAndDraw().catch(() => false);
    if (done) return this.backoff.reset();
    if (this.stopped) return;
    this.cancelRetry = this.world.after(this.backoff.next(), () => void this.bring());
  }

  private async loadAndDraw(): Promise<boolean> {
    const isWhole = await this.known.load(await this.names());
    if (this.stopped) return true;
    await this.database.write(['rows', 'overlay', 'outbox', 'meta'], async (tables) => {
      const hidden = await tables.outbox.filter((entry) => entry.hidden === true).toArray();
      const runs = hidden.some(({ name }) => this.known.registry.mutations.has(name));
      if (runs) await redraw(tables, this.foresight());
    });
    return isWhole;
  }

  private async names(): Promise<readonly string[]> {
    return namesOf(await this.database.outbox.toArray());
  }
}

/** What is refused shows nothing, and needs none. */
function namesOf(entries: readonly OutboxEntry[]): readonly string[] {
  return entries.filter((entry) => entry.state !== 'refused').map((entry) => entry.name);
}

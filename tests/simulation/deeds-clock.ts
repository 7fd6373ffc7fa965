import { DAY_MS, MINUTE_MS } from '../../src/domain/day.ts';
import { Deed } from './deed.ts';
import type { History } from './history.ts';
import { endOf } from './life.ts';

/** Virtual ms in which the clock's jobs have ended, one way or the other. */
const PATIENCE_MS = 60_000;
/** Longer than that a phone does not offer again what was acknowledged: no server may be set back past it. */
const LONG_MS = 30 * DAY_MS;

/** How long may go by before the clock looks: an alert waits, a reading is missed, a claim idles, a text is forgotten. */
export const SLEEPS = [16 * MINUTE_MS, 16 * MINUTE_MS, 16 * MINUTE_MS, 4 * 60 * MINUTE_MS, 91 * DAY_MS] as const;

/** Time goes by while everything sleeps; then the community's clock looks, on one server or on two at once. */
export class ClockLooks extends Deed {
  protected readonly words: string;

  constructor(
    private readonly ms: number,
    private readonly servers: 1 | 2,
  ) {
    super();
    this.words = `${ms / MINUTE_MS} minutes go by, the clock looks on ${servers} server${servers === 1 ? '' : 's'}`;
  }

  protected async happen(history: History) {
    const isLong = this.ms > LONG_MS;
    const wasSetBack = history.awaitsSetBack || history.rewinds > 0;
    if (isLong && (wasSetBack || history.counts.has('longSleep'))) return 'not so long';
    if (isLong) history.count('longSleep');
    history.leap(this.ms);
    await history.scheduler.pass(500);
    return clockLooks(history, this.servers);
  }
}

/** Lets the community's clock look. @returns what came of it, in words */
export async function clockLooks(history: History, servers: 1 | 2): Promise<string> {
  const { server, scheduler, town } = history;
  if (!server.isUp) return 'the server is down';
  const { process } = server;
  const looking = Promise.race([server.clockLooks(town.communityId, servers), endOf(process)]);
  const changed = await scheduler.until(looking, PATIENCE_MS);
  if (changed === undefined && !process.isOver) history.laws.broken('comesToAnEnd', 'the clock still looks');
  history.count(servers === 1 ? 'clockLooks' : 'clockLooksTwice');
  return changed === undefined ? 'the server ended' : `${changed} changed`;
}

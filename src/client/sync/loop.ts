import type { World } from '../../domain/world.ts';
import { isFull } from '../local/room.ts';
import { Failure } from './failure.ts';
import { Backoff } from './retry.ts';

/** `heard`: the server answered. `silent`: it was not asked, or the step was called off. */
export type Outcome = 'heard' | 'silent' | Failure;

/** How a step of a loop went; the loop stops by itself where `hopeless` says so. */
export interface LoopHooks {
  began(): void;
  ended(outcome: Outcome): void;
  /** Whether no retry helps (the session is over). */
  hopeless(failure: Failure): boolean;
}

/**
 * Does a step whenever it is woken, once more if it was woken meanwhile, and again after a while if it failed. Sending
 * and receiving are one each: a long first pull never delays what a person has done.
 */
export class Loop {
  private wanted = false;
  private running: Promise<void> | undefined;
  private waiting: (() => void) | undefined;
  private controller: AbortController | undefined;
  private readonly backoff: Backoff;

  constructor(
    private readonly world: World,
    /** @returns whether the server was heard; there may have been nothing to say to it */
    private readonly step: (signal: AbortSignal) => Promise<boolean>,
    private readonly hooks: LoopHooks,
  ) {
    this.backoff = new Backoff(world);
  }

  start(): void {
    this.controller ??= new AbortController();
  }

  /** Stops; a step on its way is told, and writes nothing more. */
  stop(): void {
    this.controller?.abort();
    this.controller = undefined;
    this.waiting?.();
    this.waiting = undefined;
  }

  /** Wants a step. While it waits after a failure, only `impatient` (a tap, the network is back) cuts that short. */
  wake(impatient = false): void {
    this.wanted = true;
    if (this.controller === undefined || this.running !== undefined) return;
    if (this.waiting !== undefined && !impatient) return;
    if (impatient) this.backoff.reset();
    this.waiting?.();
    this.waiting = undefined;
    this.running = this.run(this.controller.signal).finally(() => {
      this.running = undefined;
      if (this.wanted && this.waiting === undefined) this.wake();
    });
  }

  get isRunning(): boolean {
    return this.running !== undefined;
  }

  /** Resolves when nothing runs any more, however it went. */
  async idle(): Promise<void> {
    while (this.running !== undefined) await this.running;
  }

  private async run(signal: AbortSignal): Promise<void> {
    while (this.wanted && !signal.aborted) {
      this.wanted = false;
      this.hooks.began();
      try {
        const heard = await this.step(signal);
        this.backoff.reset();
        this.hooks.ended(heard ? 'heard' : 'silent');
      } catch (error) {
        if (signal.aborted) return this.hooks.ended('silent');
        const failure = failureIn(error);
        this.hooks.ended(failure);
        this.wanted = true;
        if (this.hooks.hopeless(failure)) return this.stop();
        const wait = this.backoff.next(failure.retryAfterMs);
        this.waiting = this.world.after(wait, () => {
          this.waiting = undefined;
          this.wake();
        });
        return;
      }
    }
  }
}

/** An error of the phone's own store is no failed network where it says what it is. */
function failureIn(error: unknown): Failure {
  if (error instanceof Failure) return error;
  return new Failure(isFull(error) ? 'full' : 'network', undefined, { cause: error });
}

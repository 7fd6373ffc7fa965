import type { Environment } from '../environment.ts';

/**
 * Lets one tab of a device send at a time. The tab that a person looks at takes over; when it goes, another one follows.
 * Where the browser has no Web Locks every tab sends, and the server takes each mutation once all the same.
 */
export class OneSender {
  private release: (() => void) | undefined;
  private waiting = new AbortController();

  constructor(
    private readonly environment: Pick<Environment, 'locks'>,
    private readonly name: string,
    private readonly hooks: { lead(): void; follow(): void },
  ) {}

  get leads(): boolean {
    return this.release !== undefined;
  }

  /** Takes over from whichever tab leads now. Resolves when this tab leads. */
  takeOver(): Promise<void> {
    if (this.leads) return Promise.resolve();
    this.waiting.abort();
    return this.hold({ steal: true });
  }

  /** Leads as soon as nobody else does. */
  queue(): void {
    if (this.leads) return;
    this.waiting = new AbortController();
    void this.hold({ signal: this.waiting.signal });
  }

  stop(): void {
    this.waiting.abort();
    this.release?.();
    this.release = undefined;
  }

  private hold(options: LockOptions): Promise<void> {
    const { locks } = this.environment;
    let release = (): void => {};
    const led = new Promise<void>((resolve) => (release = resolve));
    return new Promise((resolve) => {
      const lead = (): Promise<void> => {
        this.release = release;
        this.hooks.lead();
        resolve();
        return led;
      };
      if (locks === undefined) void lead();
      // Rejects when another tab takes over (or this one no longer waits): from then on this one follows.
      else locks.request(this.name, options, lead).catch(() => this.lost(release));
    });
  }

  private lost(release: () => void): void {
    if (this.release !== release) return;
    this.release = undefined;
    this.hooks.follow();
    this.queue();
  }
}

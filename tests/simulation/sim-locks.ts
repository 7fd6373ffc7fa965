import type { Life } from './life.ts';

interface Request {
  readonly life: Life;
  readonly grant: () => void;
}

/** The Web Locks of one browser with several tabs, as much of them as the phone uses. A tab that dies lets go. */
export class BrowserLocks {
  private holder: { readonly life: Life; readonly lose: () => void } | undefined;
  private queue: Request[] = [];

  /** The lock manager as a tab sees it. */
  of(life: Life): LockManager {
    const request = (_name: string, options: LockOptions, callback: () => Promise<unknown>): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const grant = (): void => {
          const held = { life, lose: () => reject(new DOMException('stolen', 'AbortError')) };
          this.holder = held;
          const release = (): void => {
            if (this.holder !== held) return;
            this.holder = undefined;
            this.serve();
          };
          life.onEnd(release);
          callback().then(resolve, reject).finally(release);
        };
        if (options.steal === true) {
          if (this.holder?.life.isOver === false) this.holder.lose();
          grant();
          return;
        }
        const waiting = { life, grant };
        this.queue.push(waiting);
        options.signal?.addEventListener('abort', () => {
          this.queue = this.queue.filter((one) => one !== waiting);
          reject(new DOMException('aborted', 'AbortError'));
        });
        if (this.holder === undefined) this.serve();
      });
    return { request } as unknown as LockManager;
  }

  private serve(): void {
    const next = this.queue.find((one) => !one.life.isOver);
    this.queue = this.queue.filter((one) => one !== next && !one.life.isOver);
    next?.grant();
  }
}

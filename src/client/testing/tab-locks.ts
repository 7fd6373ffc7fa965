/** Web Locks among the "tabs" of one Node test: as much of them as the phone uses (Node 20 has none). */
export function tabLocks(): LockManager {
  interface Held {
    readonly lose: (reason: unknown) => void;
  }
  let holder: Held | undefined;
  const queue: (() => void)[] = [];
  const request = (_name: string, options: LockOptions, callback: () => Promise<unknown>): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const grant = (): void => {
        const held: Held = { lose: reject };
        holder = held;
        const done = (): void => {
          if (holder !== held) return;
          holder = undefined;
          queue.shift()?.();
        };
        callback().then(resolve, reject).finally(done);
      };
      if (options.steal === true) {
        holder?.lose(new DOMException('stolen', 'AbortError'));
        grant();
      } else if (holder === undefined) grant();
      else {
        queue.push(grant);
        options.signal?.addEventListener('abort', () => {
          const at = queue.indexOf(grant);
          if (at >= 0) queue.splice(at, 1);
          reject(new DOMException('aborted', 'AbortError'));
        });
      }
    });
  return { request } as unknown as LockManager;
}

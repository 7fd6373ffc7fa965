import type { World } from '../domain/world.ts';

/** A phone hears of changes at most this often, spread by up to as much again. */
const QUIET_MS = 700;
const SPREAD_MS = 600;

interface Listener {
  readonly deviceId: string;
  scopes: ReadonlySet<string>;
  heardAt: number;
  cancel: (() => void) | undefined;
  readonly tell: () => void;
}

/**
 * Who is listening, and for what. A commit wakes only those whose scopes it wrote; wake-ups of a busy moment fall together,
 * so that a rush is not drowned by its own echo. Says only that something changed: a phone then pulls.
 */
export class Live {
  private readonly communities = new Map<string, Set<Listener>>();

  constructor(private readonly world: World) {}

  /** Listens for a device until the returned function is called. */
  listen(communityId: string, deviceId: string, scopes: Iterable<string>, tell: () => void): () => void {
    const listener: Listener = { deviceId, scopes: new Set(scopes), heardAt: 0, cancel: undefined, tell };
    const listeners = this.communities.get(communityId) ?? new Set();
    this.communities.set(communityId, listeners.add(listener));
    return () => {
      listener.cancel?.();
      listeners.delete(listener);
      if (listeners.size === 0 && this.communities.get(communityId) === listeners) this.communities.delete(communityId);
    };
  }

  /** A device's scopes may have changed with its rights; every pull says what they are now. */
  holds(communityId: string, deviceId: string, scopes: Iterable<string>): void {
    for (const listener of this.communities.get(communityId) ?? []) {
      if (listener.deviceId === deviceId) listener.scopes = new Set(scopes);
    }
  }

  wake(communityId: string, written: ReadonlySet<string>): void {
    for (const listener of this.communities.get(communityId) ?? []) {
      if (listener.cancel || !overlap(listener.scopes, written)) continue;
      const rest = Math.max(0, listener.heardAt + QUIET_MS - this.world.now());
      const jitter = rest > 0 ? this.world.random() * SPREAD_MS : 0;
      listener.cancel = this.world.after(rest + jitter, () => {
        listener.cancel = undefined;
        listener.heardAt = this.world.now();
        listener.tell();
      });
    }
  }
}

/** Walks the smaller of the two. */
function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [few, many] = a.size < b.size ? [a, b] : [b, a];
  for (const scope of few) if (many.has(scope)) return true;
  return false;
}

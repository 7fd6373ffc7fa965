import type { World } from '../domain/world.ts';

/** What happens to the page that a phone must know of. */
export type PageEvent = 'online' | 'offline' | 'visible' | 'hidden';

/** The page around the phone; a Node test has none. */
export interface Page {
  online(): boolean;
  visible(): boolean;
  /** Calls back on each event; the returned function stops that. */
  listen(listener: (event: PageEvent) => void): () => void;
  /** Starts the page anew, after another tab has upgraded or deleted the database. */
  reload(): void;
}

/** What the live stream of the server says. */
export interface LiveListener {
  /** Connected, perhaps again: something may have been missed meanwhile. */
  opened(): void;
  changed(): void;
  /** Closed for good: whoever still wants it opens another. */
  closed(): void;
}

/**
 * Everything of the outside that the phone's platform uses, handed in: the browser's in `browserEnvironment()`, and for
 * tests several phones in one Node process. What is optional may be missing and the phone still works.
 */
export interface Environment {
  readonly world: World;
  /** Carries the session's cookie by itself. */
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly indexedDB: IDBFactory;
  readonly IDBKeyRange: typeof IDBKeyRange;
  /** Put before every path; empty for the page's own origin. */
  readonly baseUrl: string;
  readonly page?: Page;
  /** Without it every tab sends; the server takes each mutation once all the same. */
  readonly locks?: LockManager;
  /** Opens `GET /api/live`; the returned function closes it. Without it the phone asks from time to time. */
  readonly openLive?: (url: string, listener: LiveListener) => () => void;
  /** Asks the browser not to evict what is stored. */
  readonly persist?: () => Promise<boolean>;
  /** Bytes that may still be stored, as the browser guesses. */
  readonly freeBytes?: () => Promise<number | undefined>;
}

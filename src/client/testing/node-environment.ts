import Dexie from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import type { World } from '../../domain/world.ts';
import type { Environment, Page, PageEvent } from '../environment.ts';

/** A phone's surroundings in a Node test: its own IndexedDB, its own cookies, and a network that can fail. */
export interface NodeEnvironment extends Environment {
  readonly page: Page;
  goOffline(): void;
  goOnline(): void;
  /** Says what a browser's page would say. */
  say(event: PageEvent): void;
  /** How often the page was started anew. */
  reloads: number;
}

/**
 * Surroundings for one phone in Node, among others in the same process. Closing the phone and opening another on the same
 * surroundings is closing the app and opening it again.
 * @param handle answers requests: `(url, init) => app.request(url, init)` of the real server, or a scripted one
 */
export function nodeEnvironment(options: {
  world: World;
  handle: (url: string, init: RequestInit) => Promise<Response> | Response;
  baseUrl?: string;
  online?: boolean;
  /** For a device of several tabs. */
  locks?: LockManager;
}): NodeEnvironment {
  const cookies = new Map<string, string>();
  const listeners = new Set<(event: PageEvent) => void>();
  let isOnline = options.online ?? true;
  const factory = new IDBFactory();
  // Live queries ask this before they run; the databases themselves are each phone's own.
  Dexie.dependencies.indexedDB ??= factory;
  Dexie.dependencies.IDBKeyRange ??= IDBKeyRange;
  const baseUrl = options.baseUrl ?? 'http://localhost';

  const environment: NodeEnvironment = {
    world: options.world,
    indexedDB: factory,
    IDBKeyRange,
    baseUrl,
    locks: options.locks,
    reloads: 0,
    async fetch(url, init) {
      if (!isOnline) throw new TypeError('Failed to fetch');
      const headers = new Headers(init.headers);
      if (init.method !== 'GET') headers.set('origin', new URL(baseUrl).origin);
      if (cookies.size > 0) headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
      const response = await options.handle(url, { ...init, headers });
      if (!isOnline) throw new TypeError('Failed to fetch');
      for (const line of response.headers.getSetCookie()) keepCookie(cookies, line);
      return response;
    },
    page: {
      online: () => isOnline,
      visible: () => true,
      listen(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      reload: () => void (environment.reloads += 1),
    },
    say: (event) => {
      for (const listener of [...listeners]) listener(event);
    },
    goOffline() {
      isOnline = false;
      environment.say('offline');
    },
    goOnline() {
      isOnline = true;
      environment.say('online');
    },
  };
  return environment;
}

function keepCookie(cookies: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
  const [name = '', ...value] = pair.split('=');
  const isOver = attributes.some((attribute) => /^max-age=0$/i.test(attribute));
  if (isOver) cookies.delete(name);
  else cookies.set(name, value.join('='));
}

import { v7 as uuidv7 } from 'uuid';
import type { World } from '../domain/world.ts';
import type { Environment, LiveListener, Page, PageEvent } from './environment.ts';

/** The browser's clock, chance and ids. */
export function browserWorld(): World {
  return {
    now: () => Date.now(),
    random: () => Math.random(),
    newId: () => uuidv7(),
    after(ms, callback) {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
  };
}

/** Everything that the phone uses of the browser. What the browser does not have is left out, and the phone does without. */
export function browserEnvironment(): Environment {
  return {
    world: browserWorld(),
    fetch: (url, init) => fetch(url, init),
    indexedDB,
    IDBKeyRange,
    baseUrl: '',
    page: browserPage(),
    locks: 'locks' in navigator ? navigator.locks : undefined,
    openLive: 'EventSource' in globalThis ? openLive : undefined,
    persist: 'storage' in navigator && 'persist' in navigator.storage ? () => navigator.storage.persist() : undefined,
    freeBytes: 'storage' in navigator && 'estimate' in navigator.storage ? freeBytes : undefined,
  };
}

async function freeBytes(): Promise<number | undefined> {
  const { quota, usage } = await navigator.storage.estimate();
  return quota === undefined ? undefined : quota - (usage ?? 0);
}

function browserPage(): Page {
  return {
    online: () => navigator.onLine,
    visible: () => document.visibilityState === 'visible',
    listen(listener) {
      const say = (event: PageEvent) => () => listener(event);
      const [online, offline] = [say('online'), say('offline')];
      const visibility = () => listener(document.visibilityState === 'visible' ? 'visible' : 'hidden');
      // A page that comes out of the back-forward cache says only `pageshow`.
      const shown = (event: PageTransitionEvent) => event.persisted && listener('visible');
      addEventListener('online', online);
      addEventListener('offline', offline);
      addEventListener('pageshow', shown);
      document.addEventListener('visibilitychange', visibility);
      return () => {
        removeEventListener('online', online);
        removeEventListener('offline', offline);
        removeEventListener('pageshow', shown);
        document.removeEventListener('visibilitychange', visibility);
      };
    },
    reload: () => location.reload(),
  };
}

function openLive(url: string, listener: LiveListener): () => void {
  const source = new EventSource(url);
  source.addEventListener('open', () => listener.opened());
  source.addEventListener('changed', () => listener.changed());
  source.addEventListener('error', () => {
    if (source.readyState === EventSource.CLOSED) listener.closed();
  });
  return () => source.close();
}

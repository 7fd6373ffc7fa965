import type { Page } from 'playwright-core';
import { allowNames } from './browser-kept.ts';

/**
 * Where the room goes. `answers`: kept answers of desk views, which can be asked again. `elsewhere`: something that
 * nobody may drop.
 */
export type Filling = 'answers' | 'elsewhere';

/** Writes until the browser refuses even a small piece. @returns how many pieces of all sizes went in */
export async function fillUp(page: Page, filling: Filling): Promise<number> {
  await allowNames(page);
  return page.evaluate(async (where) => {
    const opened = async (name: string, upgrade = false) =>
      new Promise<IDBDatabase>((resolve, reject) => {
        const asked = upgrade ? indexedDB.open(name, 1) : indexedDB.open(name);
        asked.addEventListener('upgradeneeded', () => asked.result.createObjectStore('answers', { keyPath: 'path' }));
        asked.addEventListener('success', () => resolve(asked.result));
        asked.addEventListener('error', () => reject(asked.error ?? new Error('IndexedDB')));
      });
    const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
    const own = names.find((name) => name.startsWith('shouwang-') && name !== 'shouwang-device');
    const database = where === 'answers' ? await opened(own ?? '') : await opened('filling', true);
    const put = (path: string, bytes: number) =>
      new Promise<boolean>((resolve) => {
        const transaction = database.transaction('answers', 'readwrite');
        const noise = Array.from({ length: bytes / 2 }, () => String.fromCharCode(0x4e00 + Math.random() * 20_000));
        transaction.objectStore('answers').put({ path, scope: 'filling', at: 0, body: noise.join('') });
        transaction.addEventListener('complete', () => resolve(true));
        transaction.addEventListener('abort', () => resolve(false));
      });
    let pieces = 0;
    // Ever smaller, until not even little fits; each size more than once, as room may come free while it is written.
    for (const bytes of [200_000, 20_000, 2_000, 200, 2_000, 200]) {
      while (pieces < 5_000 && (await put(`/filling/${pieces}`, bytes))) pieces += 1;
    }
    database.close();
    return pieces;
  }, filling);
}

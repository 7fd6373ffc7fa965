import type { Page } from 'playwright-core';
import { PROTOCOL } from '../../src/sync/wire.ts';
import { signIn, untilKept } from '../support/browser-town.ts';
import { openBrowser, openPhonePage } from '../support/browser.ts';
import { median, spread, type Figure } from './figure.ts';
import { openFullTown, ROWS } from './full-town.ts';
import { allowNamedFunctions } from './in-page.ts';

/** Measurements of each side, taken in turn: these machines are noisy, so ratios are of medians within one run. */
const RUNS = 7;
/** An address of the server's own that the app does not answer: a page with nothing on it. */
const EMPTY_PAGE = '/api/health';

/**
 * 20,000 rows of about 1 KB into Dexie by the built app, from the asking until home says that it is fresh, drawing
 * included; next to a bare fetch, parse and one IndexedDB transaction of the same answer in the same browser.
 */
export async function firstPull(): Promise<Figure[]> {
  const { server, codes } = await openFullTown();
  const browser = await openBrowser();
  try {
    const { page } = await openPhonePage(browser, { bypassCSP: true });
    page.setDefaultTimeout(60_000);
    await allowNamedFunctions(page);
    await page.addInitScript(noteFreshness);
    await signIn(page, `${server.url}/in#${codes[0]}`);
    await untilFresh(page);
    await untilKept(page);

    const [ours, bare]: [number[], number[]] = [[], []];
    let bytes = 0;
    for (let run = 0; run <= RUNS; run++) {
      await page.goto(server.url + EMPTY_PAGE);
      const without = await bareFetch(page);
      bytes = without.bytes;
      await emptyPhone(page);
      await page.goto(server.url);
      const withApp = await untilFresh(page);
      // The first pair only warms both up.
      if (run === 0) continue;
      bare.push(without.ms);
      ours.push(withApp);
    }
    const ratio = median(ours) / median(bare);
    return [
      {
        name: `first pull: ${ROWS.toLocaleString('en')} rows, MB`,
        value: (bytes / 1e6).toFixed(1),
        raw: bytes,
      },
      { name: 'first pull: the app, ms', value: spread(ours), raw: median(ours) },
      { name: 'first pull: bare fetch, parse, one transaction, ms', value: spread(bare), raw: median(bare) },
      { name: 'first pull: ratio', value: `${ratio.toFixed(2)} ×`, raw: ratio, aim: '≤ 1.3 ×' },
    ];
  } finally {
    await browser.close();
    await server.remove();
  }
}

/** Runs in the page before the app: notes when home first says that it is fresh. */
function noteFreshness(): void {
  const noted = window as unknown as { freshAt?: number };
  new MutationObserver(() => {
    if (noted.freshAt !== undefined) return;
    const words = document.querySelector('.fresh')?.textContent ?? '';
    if (words.includes('刚更新')) noted.freshAt = performance.now();
  }).observe(document, { subtree: true, childList: true, characterData: true });
}

/** @returns ms from the first pull's request until home said that it is fresh */
async function untilFresh(page: Page): Promise<number> {
  await page.waitForFunction(() => 'freshAt' in window);
  return page.evaluate(() => {
    const pulls = performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('/api/pull'));
    return (window as unknown as { freshAt: number }).freshAt - pulls[0]!.startTime;
  });
}

/** The phone is left signed in, with no row and no cursor: as right after signing in. */
function emptyPhone(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const done = (asked: IDBRequest | IDBTransaction) =>
      new Promise<void>((resolve, reject) => {
        asked.addEventListener('success', () => resolve());
        asked.addEventListener('complete', () => resolve());
        asked.addEventListener('error', () => reject(new Error(asked.error?.message)));
      });
    for (const { name } of await indexedDB.databases()) {
      if (!/^shouwang-[0-9a-f]/.test(name!) || name === 'shouwang-device') continue;
      const opening = indexedDB.open(name!);
      await done(opening);
      const transaction = opening.result.transaction(['rows', 'meta'], 'readwrite');
      transaction.objectStore('rows').clear();
      transaction.objectStore('meta').delete('feed');
      await done(transaction);
      opening.result.close();
    }
  });
}

/** The least that can be done: the whole answer as one text, a store by id without an index, one transaction. */
function bareFetch(page: Page): Promise<{ ms: number; bytes: number }> {
  return page.evaluate(async (protocol) => {
    const done = (asked: IDBRequest | IDBTransaction) =>
      new Promise<void>((resolve, reject) => {
        asked.addEventListener('success', () => resolve());
        asked.addEventListener('complete', () => resolve());
        asked.addEventListener('error', () => reject(new Error(asked.error?.message)));
      });
    await done(indexedDB.deleteDatabase('bare'));
    const opening = indexedDB.open('bare', 1);
    opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore('rows', { keyPath: 'id' }));
    await done(opening);
    const began = performance.now();
    const headers = { 'content-type': 'application/json', 'x-requested-by': 'shouwang' };
    const body = JSON.stringify({ protocol, cursor: null });
    const text = await (await fetch('/api/pull', { method: 'POST', headers, body })).text();
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { rows?: readonly unknown[] });
    const transaction = opening.result.transaction('rows', 'readwrite');
    for (const { rows = [] } of lines) for (const row of rows) transaction.objectStore('rows').put(row);
    await done(transaction);
    const ms = performance.now() - began;
    opening.result.close();
    return { ms, bytes: new Blob([text]).size };
  }, PROTOCOL);
}

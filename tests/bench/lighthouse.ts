import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import lighthouse from 'lighthouse';
import { chromium } from 'playwright-core';
import { openBrowserTown, signIn, untilKept } from '../support/browser-town.ts';
import { findBrowser } from '../support/find-browser.ts';
import { median, type Figure } from './figure.ts';

const RUNS = 3;
/** The score that each category should reach, of 100. */
const AIMS: Readonly<Record<string, number>> = { performance: 95, accessibility: 100, 'best-practices': 100, seo: 100 };

/**
 * Lighthouse's mobile run (slow 4G, CPU 4 × slower, simulated) of the rehearsal family's home, signed in and with its rows
 * on the phone; the service worker is let go before each run, so that every file comes over the network. What lost points
 * is named in the figure.
 */
export async function lighthouseHome(): Promise<Figure[]> {
  const { server, who } = await openBrowserTown();
  const folder = await mkdtemp(join(tmpdir(), 'shouwang-lighthouse-'));
  const port = await freePort();
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: await findBrowser(),
    args: [
      `--remote-debugging-port=${port}`,
      ...['--no-sandbox', '--disable-quic', '--disable-background-networking'],
      ...['--disable-component-update', '--disable-sync', '--no-first-run'],
    ],
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  });
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    await signIn(page, who('family').link);
    await untilKept(page);

    const scores = new Map<string, number[]>(Object.keys(AIMS).map((category) => [category, []]));
    const lost = new Map<string, Set<string>>(Object.keys(AIMS).map((category) => [category, new Set()]));
    for (let run = 0; run < RUNS; run++) {
      await page.goto(`${server.url}/api/health`);
      await page.evaluate(async () => {
        for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
        for (const name of await caches.keys()) await caches.delete(name);
      });
      const result = await lighthouse(`${server.url}/`, {
        port,
        output: 'json',
        logLevel: 'error',
        disableStorageReset: true,
        onlyCategories: Object.keys(AIMS),
      });
      if (!result) throw new Error('lighthouse gave no result');
      const { categories, audits, finalDisplayedUrl, runtimeError } = result.lhr;
      if (runtimeError) throw new Error(runtimeError.message);
      if (new URL(finalDisplayedUrl).pathname !== '/') throw new Error(`not at home: ${finalDisplayedUrl}`);
      for (const [name, category] of Object.entries(categories)) {
        scores.get(name)!.push(Math.round((category.score ?? 0) * 100));
        for (const { id, weight } of category.auditRefs) {
          const audit = audits[id];
          if (weight > 0 && audit?.score != null && audit.score < 0.9)
            lost.get(name)!.add(audit.displayValue === undefined ? id : `${id} ${audit.displayValue}`);
        }
      }
    }
    return Object.entries(AIMS).map(([category, aim]) => {
      const score = median(scores.get(category)!);
      const reasons = [...lost.get(category)!].join(', ');
      return {
        name: `lighthouse mobile, signed-in home: ${category}`,
        value: reasons === '' ? String(score) : `${score} (${reasons})`,
        raw: score,
        aim: aim === 100 ? '100' : `≥ ${aim}`,
      };
    });
  } finally {
    await context.close();
    await server.remove();
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

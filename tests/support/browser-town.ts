import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { MINUTE_MS } from '../../src/domain/day.ts';
import { spokenClock } from '../../src/client/i18n/times.ts';
import type { RehearsalLink } from '../../src/rehearsal/fill-rehearsal.ts';
import { RealServer } from './real-server.ts';

/** A real server with the rehearsal community, and the links to try it out by. */
export interface BrowserTown {
  readonly server: RealServer;
  /** Whose link it is, where it leads, which household it belongs to. */
  who(key: RehearsalLink['key']): RehearsalLink;
}

/** Starts it on a data folder of its own. `server.remove()` ends it. */
export async function openBrowserTown(): Promise<BrowserTown> {
  const server = await RealServer.prepare();
  await server.start();
  const links = JSON.parse(
    await readFile(join(server.dataFolder, 'rehearsal.json'), 'utf8'),
  ) as readonly RehearsalLink[];
  return {
    server,
    who(key) {
      const link = links.find((one) => one.key === key);
      if (!link) throw new Error(`rehearsal.json has no ${key}`);
      return link;
    },
  };
}

/** Opens a slip's link and goes in. @param name who of the household it is; skipped where none is given */
export async function signIn(page: Page, link: string, name?: string): Promise<void> {
  await page.goto(link);
  await page.getByRole('button', { name: '进入', exact: true }).click();
  await page.locator('h1').filter({ hasNotText: '进入守望' }).waitFor();
  const isAsked = new URL(page.url()).pathname === '/who';
  if (name !== undefined && !isAsked) throw new Error('nobody was asked 您是哪位');
  if (isAsked) {
    if (name === undefined) await page.getByRole('link', { name: '先跳过' }).click();
    else {
      await choose(page, name);
      await page.getByRole('button', { name: '就是我' }).click();
    }
  }
  await page.waitForURL((url) => url.pathname === '/');
  await page
    .locator('h1')
    .filter({ hasNotText: /^$|您是哪位/ })
    .waitFor();
}

/** Waits until the app is kept on the phone and opens without a network. */
export async function untilKept(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
}

/** The clock as people say it, for every minute from one time to another: a text to be read between them. */
export function clockBetween(from: number, to = Date.now()): RegExp {
  const minutes: string[] = [];
  for (let at = from; at < to + MINUTE_MS; at += MINUTE_MS) minutes.push(spokenClock(at));
  return new RegExp(`\\b(${[...new Set(minutes)].join('|')})\\b`);
}

/** Writes down every text that an element shows from now on, however shortly. @returns reads what was written down */
export async function recordTexts(element: Locator): Promise<() => Promise<readonly string[]>> {
  const record = await element.evaluateHandle((node) => {
    const texts = [node.textContent ?? ''];
    new MutationObserver(() => texts.push(node.textContent ?? '')).observe(node, {
      subtree: true,
      childList: true,
      characterData: true,
    });
    return texts;
  });
  return () => record.evaluate((texts) => [...texts]);
}

/** Ticks a choice, of one or of several, as a finger does. */
export function choose(where: Page | Locator, name: string | RegExp): Promise<void> {
  const exact = typeof name === 'string';
  return where.getByRole('radio', { name, exact }).or(where.getByRole('checkbox', { name, exact })).check();
}

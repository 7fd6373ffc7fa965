import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, openPhonePage, phoneSize } from '../support/browser.ts';
import { axeViolations, overflows, smallTargets, smallTexts } from '../support/browser-checks.ts';
import { openBrowserTown, signIn, type BrowserTown } from '../support/browser-town.ts';

const TITLE = '有事可能没有发出来';

let town: BrowserTown;
let browser: Browser;
beforeAll(async () => {
  town = await openBrowserTown();
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await town?.server.remove();
});

test.each(['standard 1', 'elder 3'])(
  'site data cleared with work pending: the next sign-in says so, until it has been read (%s)',
  async (version) => {
    const link = town.who(version === 'standard 1' ? 'family' : 'elder').link;
    // What a service worker passes on is not held back by the route below.
    const phone = await openPhonePage(browser, { serviceWorkers: 'block' });
    const { page } = phone;
    await signIn(page, link);
    await page.route('**/api/push', (route) => route.abort());
    await page.getByRole('button', { name: /家里都好|我挺好/ }).click();
    await page
      .getByText(/还没发出/)
      .first()
      .waitFor();
    await toldWhatWaits(page);
    await clearSiteData(page, town.server.url);
    await page.unroute('**/api/push');

    await signIn(page, link);
    const note = page.getByRole('note').filter({ hasText: TITLE });
    await note.waitFor();
    expect(await note.textContent()).toMatch(/浏览器”，今天 \d+:\d\d 说还有 1 件事没发出来/);
    await page.evaluate((chosen) => localStorage.setItem('shouwang.version', chosen), version);
    await page.reload();
    await note.waitFor();
    const isElder = version.startsWith('elder');
    expect([
      ...(await axeViolations(page)),
      ...(await smallTargets(page, isElder)),
      ...(isElder ? await smallTexts(page) : []),
      ...(await overflows(page, isElder ? 1 : 2)),
    ]).toEqual([]);
    await page.setViewportSize(phoneSize.viewport!);
    await note.getByRole('button', { name: '知道了' }).click();
    await note.waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('heading', { level: 1 }).filter({ hasText: /\S/ }).waitFor();
    await page.locator('main').filter({ hasText: /\S/ }).waitFor();
    expect(await page.getByText(TITLE).count()).toBe(0);
    expect(phone.faults()).toEqual([]);
    await page.context().close();
  },
);

/** Opens the app anew, and waits until the server has answered a pull that told it of one unsent act. */
async function toldWhatWaits(page: Page): Promise<void> {
  const asked = page.waitForRequest(
    (request) => request.url().endsWith('/api/pull') && (request.postData() ?? '').includes('"unsent":1'),
  );
  await page.reload();
  expect((await (await asked).response())?.status()).toBe(200);
}

/** What 清除浏览数据 does: nothing of the site is left, the cookie neither. */
async function clearSiteData(page: Page, origin: string): Promise<void> {
  await page.goto('about:blank');
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
  await page.context().clearCookies();
}

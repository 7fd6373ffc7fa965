import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillUp } from '../rig/browser-fill.ts';
import { openBrowser, openPhonePage } from '../support/browser.ts';
import { axeViolations, overflows, smallTargets, smallTexts } from '../support/browser-checks.ts';
import { openBrowserTown, signIn, untilKept, type BrowserTown } from '../support/browser-town.ts';

/** What the browser lets this origin have, bytes: the app itself and a few MB. */
const QUOTA = 5_000_000;
const NOT_KEPT = '手机存满了，这件事没有存下。删掉一些照片或应用，再点一次。';
const STALE = '手机存满了，看到的是上次的内容';

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

/** Gives the phone little room, from its beginning: the browser counts what is used only now and then. @returns gives it more */
async function limit(page: Page): Promise<() => Promise<void>> {
  const devtools = await page.context().newCDPSession(page);
  const origin = town.server.url;
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: QUOTA });
  return async () => {
    await devtools.send('Storage.overrideQuotaForOrigin', { origin });
  };
}

test.each(['standard 1', 'elder 3'])(
  'a full phone says so in sight, keeps the form, and goes on (%s)',
  async (version) => {
    const phone = await openPhonePage(browser);
    const { page } = phone;
    const makeRoom = await limit(page);
    await signIn(page, town.who('family').link);
    await untilKept(page);
    await page.evaluate((chosen) => localStorage.setItem('shouwang.version', chosen), version);
    await fillUp(page, 'elsewhere');

    await page.goto(`${town.server.url}/help/new?kind=parcel`);
    await page.getByText(STALE).waitFor();
    expect(await page.getByText('没网').count()).toBe(0);
    const field = page.getByLabel('什么快递，在哪里取');
    await field.fill('门口快递柜');
    const ask = page.getByRole('button', { name: '请人帮忙', exact: true });
    await ask.click();
    const note = page.getByRole('alert').filter({ hasText: NOT_KEPT });
    await note.waitFor();
    const words = (await note.getByText(NOT_KEPT).boundingBox())!;
    const bar = (await ask.boundingBox())!;
    expect(words.y).toBeGreaterThanOrEqual(0);
    expect(words.y + words.height).toBeLessThanOrEqual(bar.y);
    expect(await field.inputValue()).toBe('门口快递柜');
    const isElder = version.startsWith('elder');
    expect([
      ...(await axeViolations(page)),
      ...(await smallTargets(page, isElder)),
      ...(isElder ? await smallTexts(page) : []),
      ...(await overflows(page, isElder ? 1 : 2)),
    ]).toEqual([]);

    await makeRoom();
    await ask.click();
    await page.waitForURL((url) => /^\/help\/(?!new)/.test(url.pathname));
    await page.getByText(STALE).waitFor({ state: 'detached' });
    expect(phone.faults()).toEqual([]);
    await page.context().close();
  },
);

test('a slip’s link, opened in a tab that is at the way in already, fills its code in', async () => {
  const { page } = await openPhonePage(browser);
  await page.goto(`${town.server.url}/in`);
  await page.getByLabel('短码').waitFor();
  await page.goto(town.who('elder').link);
  await page.getByText('住户卡上的码已经填好').waitFor();
  await page.getByRole('button', { name: '进入', exact: true }).click();
  await page.locator('h1').filter({ hasText: /\S/, hasNotText: '进入守望' }).waitFor();
  await page.context().close();
});

test('whoever signs in on a full phone is told why it does not work', async () => {
  const { page } = await openPhonePage(browser);
  const makeRoom = await limit(page);
  await page.goto(town.who('elder').link);
  await page.getByText('住户卡上的码已经填好').waitFor();
  await fillUp(page, 'elsewhere');
  const enter = page.getByRole('button', { name: '进入', exact: true });
  await enter.click();
  await page.getByText('手机存满了，还没有登录').first().waitFor();
  await makeRoom();
  await enter.click();
  await page.locator('h1').filter({ hasText: /\S/, hasNotText: '进入守望' }).waitFor();
  await page.context().close();
});

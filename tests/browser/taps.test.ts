import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openBrowser, openPhonePage, PATIENCE_MS, pictureFailures, type PhonePage } from '../support/browser.ts';
import { openBrowserTown, signIn, untilKept, type BrowserTown } from '../support/browser-town.ts';

// How many times a finger touches the glass from the open app to the word that the community has it. Nothing is typed,
// nothing is chosen by the test itself: every tap is a real one, in the middle of what it hits.

let town: BrowserTown;
let browser: Browser;
const phones: PhonePage[] = [];

beforeAll(async () => {
  town = await openBrowserTown();
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await town?.server.remove();
});

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await pictureFailures('taps', phones);
});

test('the icon’s shortcut leads to the one big button, and does nothing by itself', async () => {
  const manifest = (await (await fetch(`${town.server.url}/manifest.webmanifest`)).json()) as {
    shortcuts: { name: string; url: string }[];
  };
  expect(manifest.shortcuts).toEqual([expect.objectContaining({ name: '报平安', url: '/check-in' })]);
  const { page } = await openApp('elder', '王秀兰', 'standard 1');
  await page.goto(`${town.server.url}${manifest.shortcuts[0]!.url}`);
  const first = page.locator('main').getByRole('button').first();
  await see(page.getByText(/每天报平安到/));
  expect(await first.innerText()).toContain('我挺好');
  expect(await page.getByText(/小区已收到|还没发出/).count()).toBe(0);
});

test('an elder living alone: one tap on 我挺好', async () => {
  const { page, tap, taps } = await openApp('elder', '王秀兰', 'elder 1');
  await tap(page.getByRole('button', { name: /^我挺好/ }));
  await see(page.getByRole('heading', { name: '小区已收到' }));
  expect(taps()).toBe(1);
});

test('a family: one tap on 家里都好', async () => {
  const { page, tap, taps } = await openApp('family', '陈雪梅', 'standard 1');
  await tap(page.getByRole('button', { name: '家里都好' }));
  await see(page.getByText(/小区已收到 \d+:\d\d/));
  expect(taps()).toBe(1);
});

test('one of a family unwell, with a temperature: six taps at most', async () => {
  const { page, tap, taps } = await openApp('family', '陈雪梅', 'standard 1');
  await tellUnwell(page, tap);
  await see(page.getByRole('heading', { name: '小区已收到' }));
  expect(taps()).toBeLessThanOrEqual(6);
  await see(page.getByText('还没有人看到，请打电话'));
  await see(page.getByRole('link', { name: '打 120 急救' }));
});

test('the same in 长辈版', async () => {
  const { page, tap, taps } = await openApp('family', '张桂芳', 'elder 1');
  await tellUnwell(page, tap);
  await see(page.getByRole('heading', { name: '小区已收到' }));
  expect(taps()).toBeLessThanOrEqual(6);
});

test('without a network as many taps lead to 还没发出, and what to do now can be read', async () => {
  const { page, tap, taps } = await openApp('family', '陈雪梅', 'standard 1');
  await untilKept(page);
  await page.context().setOffline(true);
  await tellUnwell(page, tap);
  await see(page.getByRole('heading', { name: '还没发出去' }));
  expect(taps()).toBeLessThanOrEqual(6);
  await see(page.getByText('还没发出去，请打电话'));
  await see(page.getByText(/过 39 ℃、喘不上气、叫不醒，打 120/));
  await see(page.getByRole('link', { name: '打 120 急救' }));
});

test('where somebody is takes two taps from home', async () => {
  const { page, tap, taps } = await openApp('family', '陈雪梅', 'standard 1');
  await tap(page.getByRole('link', { name: /^李建军：/ }));
  const card = page.locator('section').filter({ has: page.getByRole('heading', { name: '李建军' }) });
  await tap(card.getByRole('button', { name: '住院' }));
  await see(card.getByRole('button', { name: /^✓?住院/, pressed: true }));
  expect(taps()).toBe(2);
});

/** 有人不舒服 → 不急 → who → 37 → .8 → 告诉小区. */
async function tellUnwell(page: Page, tap: (what: Locator) => Promise<void>): Promise<void> {
  await tap(page.getByRole('link', { name: /有人不舒服|去更新/ }));
  await tap(page.getByRole('button', { name: '不急，告诉小区' }));
  await tap(page.locator('label').filter({ hasText: '张桂芳' }));
  await tap(page.getByRole('button', { name: '37 度' }));
  await tap(page.getByRole('button', { name: '37.8 度' }));
  await see(page.getByText('37.8 ℃，发烧了'));
  await tap(page.getByRole('button', { name: '告诉小区' }));
}

/** Signs a phone in, opens the app anew, and counts what it is tapped from then on. */
async function openApp(key: 'elder' | 'family', name: string, version: string) {
  const phone = await openPhonePage(browser);
  phones.push(phone);
  const { page } = phone;
  await signIn(page, town.who(key).link, name);
  await page.evaluate((chosen) => localStorage.setItem('shouwang.version', chosen), version);
  await page.goto(`${town.server.url}/`);
  // What was said of the household before is here: a phone that opens has been used.
  await page.locator('main').filter({ hasText: /\S/ }).waitFor();
  await page.waitForFunction(() => document.querySelector('.skeleton') === null);
  let count = 0;
  return {
    page,
    taps: () => count,
    async tap(what: Locator) {
      await what.tap();
      count += 1;
    },
  };
}

async function see(what: Locator): Promise<void> {
  await what.first().waitFor({ timeout: PATIENCE_MS });
}

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, openPhonePage, pictureFailures, type PhonePage } from '../support/browser.ts';
import { fillPath, findScreenIds, type ScreenIds } from '../support/browser-screens.ts';
import { openBrowserTown, signIn, untilKept, type BrowserTown } from '../support/browser-town.ts';

let town: BrowserTown;
let browser: Browser;
let ids: ScreenIds;
let phone: PhonePage;

beforeAll(async () => {
  town = await openBrowserTown();
  browser = await openBrowser();
  ids = await findScreenIds(town.server.dataFolder, town.who('volunteer').name);
  phone = await openPhonePage(browser);
  await signIn(phone.page, town.who('organiser').link);
  await untilKept(phone.page);
});

afterAll(async () => {
  await browser?.close();
  await town?.server.remove();
});

const open = (path: string) => phone.page.goto(town.server.url + fillPath(path, 'organiser', ids));

test('a list from the chat becomes orders: read, set right, confirmed, sent, and not twice', async () => {
  const { page } = phone;
  try {
    await open('/buy/{round}/paste');
    const field = page.getByLabel('群里的接龙');
    await field.fill(
      ['#接龙', '901. 3-4-302 老赵 豆腐2份', '902. 3-4-401 豆腐', '903. 9-9-999 豆腐1', '904.'].join('\n'),
    );
    await page.getByRole('button', { name: '看一看' }).click();
    await page.getByText('认出 1 户，2 行要看').waitFor();

    // One goes away and comes back later, without a network: everything is still there.
    await page.getByRole('button', { name: '返回' }).click();
    await page.locator('h1').filter({ hasNotText: '贴接龙' }).waitFor();
    await page.context().setOffline(true);
    await open('/buy/{round}/paste');
    const doubtful = page.locator('section').filter({ hasText: '没写几份' }).last();
    await doubtful.getByRole('button', { name: /加一$/ }).click();
    await doubtful.getByText('选好了').waitFor();
    await page.getByRole('button', { name: '确认 2 户' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '确认 2 户' }).click();
    await page.getByText('2 户还没发出').waitFor();
    await page.context().setOffline(false);
    await page.getByText('2 户小区已收到').waitFor();

    // What was ordered needs nobody; the unknown door still waits.
    await page.getByText('已经订过，一样').nth(1).waitFor();
    expect(await page.getByRole('button', { name: '确认 0 户' }).isDisabled()).toBe(true);
    await page.getByText('没有这个门牌：9-9-999').waitFor();
  } catch (error) {
    await pictureFailures('chain', [phone]);
    throw error;
  }
});

test('a text of 2 MB is refused at once, in plain words, and the page stays quick', async () => {
  const { page } = phone;
  await open('/buy/{round}/paste');
  await page.getByRole('button', { name: '改这段文字' }).click();
  const field = page.getByLabel('群里的接龙');
  const before = await field.inputValue();
  const ms = await field.evaluate((area) => {
    const data = new DataTransfer();
    data.setData('text/plain', '3-2-501 白菜2\n'.repeat(150_000));
    const began = performance.now();
    area.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    return performance.now() - began;
  });
  await page.getByText('这段太长，没有收下').waitFor();
  expect(ms).toBeLessThan(500);
  expect(await field.inputValue()).toBe(before);
  expect(phone.faults()).toEqual([]);
});

test('the public list names no door, and is copied headline first, link last', async () => {
  const { page } = phone;
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await open('/buy/{round}/list');
  await page.getByRole('button', { name: '复制文字' }).first().click();
  await page.locator('main').getByText('复制好了，去群里粘贴').waitFor();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  const lines = text.split('\n');
  expect(lines[0]).toMatch(/^蔬菜/);
  expect(lines.at(-1)).toContain(`${town.server.url}/buy/`);
  expect(lines.filter((line) => /^\d+\. \d栋 /.test(line)).length).toBeGreaterThan(5);
  expect(lines.slice(0, -1).join('\n')).not.toMatch(/\d-\d-\d{3}/);
  expect(phone.faults()).toEqual([]);
});

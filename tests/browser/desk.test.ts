import type { Browser, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openBrowser, openPhonePage, PATIENCE_MS, pictureFailures, type PhonePage } from '../support/browser.ts';
import { clockBetween, openBrowserTown, signIn, type BrowserTown } from '../support/browser-town.ts';

// A morning at the desk in a real browser on a real server process. Each test goes on where the one before ended.

let town: BrowserTown;
let browser: Browser;
let elder: PhonePage;
let gridWorker: PhonePage;
let secretary: PhonePage;

beforeAll(async () => {
  town = await openBrowserTown();
  browser = await openBrowser();
  [elder, gridWorker, secretary] = await Promise.all([open('elder'), open('gridWorker'), open('secretary')]);
  // Nothing is dialled here: a browser without a telephone would ask which app to open.
  for (const { page } of [gridWorker, secretary]) {
    await page.addInitScript(
      `addEventListener('click', (event) => event.target.closest('a[href^="tel:"]') && event.preventDefault())`,
    );
  }
});

afterAll(async () => {
  await browser?.close();
  await town?.server.remove();
});

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await pictureFailures('desk', [elder, gridWorker, secretary]);
});

async function open(key: 'elder' | 'gridWorker' | 'secretary'): Promise<PhonePage> {
  const phone = await openPhonePage(browser);
  await signIn(phone.page, town.who(key).link, key === 'elder' ? '王秀兰' : undefined);
  return phone;
}

const see = (locator: Locator) => locator.first().waitFor({ timeout: PATIENCE_MS });
const go = ({ page }: PhonePage, path: string) => page.goto(`${town.server.url}${path}`);
/** The card of a door in the list of calls. */
const callOf = ({ page }: PhonePage, door: string) => page.locator('.call').filter({ hasText: door }).first();

test('what is urgent stands first on the desk, and opening it tells the household who has seen it', async () => {
  const before = Date.now();
  await go(elder, '/check-in/unwell');
  await elder.page.getByText('很急', { exact: true }).click();
  await elder.page.getByRole('button', { name: '告诉小区' }).click();
  await see(elder.page.getByText(/还没有人看到，请打电话/));

  await go(gridWorker, '/desk');
  const strip = gridWorker.page.getByRole('alert');
  await see(strip.getByText(/件急事还没人看/));
  await strip.getByRole('button', { name: '开声音' }).click();
  await see(strip.getByText('有急事时会响'));
  await strip.getByRole('link', { name: /3-2-501 王秀兰/ }).click();
  await see(gridWorker.page.getByText(/这家人会看到您看到了/));
  await see(elder.page.getByText(/田建民 \d+:\d\d 看到了/));
  expect(
    await elder.page
      .getByText(/田建民 \d+:\d\d 看到了/)
      .first()
      .innerText(),
  ).toMatch(clockBetween(before));
});

test('what came of a call is one tap, and a result closes it', async () => {
  const { page } = gridWorker;
  await page.getByRole('button', { name: '记结果' }).click();
  await page.getByRole('button', { name: '见到了' }).click();
  await see(page.getByText(/联系上了，用了.*\d 分钟/));
  await page.getByRole('radio', { name: '上门看过' }).check();
  await page.getByRole('button', { name: '办完了' }).click();
  await see(page.getByRole('heading', { level: 1, name: '跟进' }));
  await see(elder.page.getByText(/上门看过/));
});

test('two workers do not ring the same door, and 接了 · 都好 is two taps', async () => {
  await go(gridWorker, '/desk');
  const { page } = gridWorker;
  const missing = page.locator('a.dial.missing').first();
  await see(missing);
  const door = /\d+-\d+-\d+/.exec(await page.locator('.call').filter({ has: missing }).first().innerText())![0];
  const headline = page.getByRole('heading', { name: /还有 \d+ 户没有消息/ });
  const left = Number(/\d+/.exec(await headline.innerText())![0]);
  await callOf(gridWorker, door).locator('a.dial').click();
  await see(callOf(gridWorker, door).getByText(/您 \d+:\d\d 开始打的/));

  await go(secretary, '/desk');
  await secretary.page.getByRole('button', { name: /再看/ }).click();
  await see(callOf(secretary, door).getByText(/田建民 \d+:\d\d 正在打/));
  await see(callOf(secretary, door).getByText('还是打'));

  await callOf(gridWorker, door).getByRole('button', { name: '接了' }).click();
  await callOf(gridWorker, door).getByRole('button', { name: '都好' }).click();
  await see(page.getByRole('heading', { name: `还有 ${left - 1} 户没有消息` }));
});

test('without a network the last answer stands with its time, and what is recorded says 还没发出', async () => {
  const { page } = gridWorker;
  await page.context().setOffline(true);
  const call = page
    .locator('.call')
    .filter({ has: page.locator('a.dial.missing') })
    .first();
  const door = /\d+-\d+-\d+/.exec(await call.innerText())![0];
  await callOf(gridWorker, door).getByRole('button', { name: '记结果' }).click();
  await callOf(gridWorker, door).getByRole('button', { name: '没人接' }).click();
  await see(callOf(gridWorker, door).getByText('还没发出'));
  await see(page.getByText(/截至今天/));
  await page.context().setOffline(false);
  await callOf(gridWorker, door).getByText('还没发出').waitFor({ state: 'detached', timeout: PATIENCE_MS });
  await see(callOf(gridWorker, door).getByText(/田建民 没人接/));
});

test('a tap beside a square of the map takes the nearest door', async () => {
  const { page } = gridWorker;
  const square = page.locator('button.door.missing').first();
  await square.scrollIntoViewIfNeeded();
  const box = (await square.boundingBox())!;
  await page.touchscreen.tap(box.x - 0.5, box.y + box.height / 2);
  await page.waitForFunction(() => document.querySelector('.building .door.chosen') !== null);
  const name = (await page.locator('.building .door.chosen').getAttribute('aria-label'))!;
  await see(page.getByRole('status').filter({ hasText: name.split('：')[0]! }));
});

test('a shift is taken in one tap and handed over in one tap, to a colleague of another grid too', async () => {
  await go(gridWorker, '/desk/duty');
  const { page } = gridWorker;
  const now = page.locator('section').filter({ has: page.getByRole('heading', { name: '现在值班' }) });
  const take = page.getByRole('button', { name: '我来值班' });
  const already = page.getByText(/田建民 到 .*正在值班/);
  await see(take.or(already));
  if (await take.isVisible()) await take.click();
  const mine = now.getByRole('listitem').filter({ hasText: '田建民' }).first();
  await mine.getByRole('button', { name: '交班' }).click();
  await see(page.getByText(/户里 \d+ 户有消息/));
  const to = page.getByRole('button', { name: /^交给/ }).filter({ hasNotText: '田建民' }).first();
  const next = (await to.innerText()).replace('交给', '');
  await to.click();
  await see(now.getByText(new RegExp(`${next} 到`)));
});

test('the knock list is a sheet of paper for each stairway, and a picture to keep', async () => {
  await go(gridWorker, '/desk/knock');
  const { page } = gridWorker;
  await see(page.locator('.page'));
  const stairways = await page.locator('.page').count();
  const pdf = await page.pdf({ format: 'A4' });
  expect(pdf.toString('latin1').match(/\/Type \/Page\b(?!s)/g)).toHaveLength(stairways);
  await page.getByRole('button', { name: '做成图片' }).first().click();
  const picture = page.getByRole('img', { name: /敲门单/ });
  await see(picture);
  expect(await picture.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth))).toBe(750);
});

test('the day’s summary is copied as text and kept as a table, with nobody’s name in it', async () => {
  await go(secretary, '/desk/report');
  const { page } = secretary;
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '下载表格' }).click(),
  ]);
  const chunks: Buffer[] = [];
  for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
  const table = Buffer.concat(chunks).toString('utf8');
  expect(file.suggestedFilename()).toMatch(/^湖畔小区-\d{4}-\d\d-\d\d\.csv$/);
  expect(table).toMatch(/^\uFEFF/);
  expect(table).not.toMatch(/王秀兰|田建民/);
  expect([...elder.faults(), ...gridWorker.faults(), ...secretary.faults()]).toEqual([]);
});

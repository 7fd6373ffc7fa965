import type { Browser, Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { v7 } from 'uuid';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openBrowser, openPhonePage, PATIENCE_MS, pictureFailures, type PhonePage } from '../support/browser.ts';
import { axeViolations, overflows, smallTargets, smallTexts } from '../support/browser-checks.ts';
import { choose, openBrowserTown, signIn, untilKept, type BrowserTown } from '../support/browser-town.ts';
import { WireClients, type WireDevice } from '../support/wire-client.ts';

// A household and a round, as fingers do it: order, amend, wait for what is sold out, order without a network, say what
// was not right. What organisers do comes over the wire.

const HOUR_MS = 3_600_000;

let town: BrowserTown;
let browser: Browser;
let clients: WireClients;
let worker: WireDevice;
let secretary: WireDevice;
let family: PhonePage;
let neighbour: PhonePage;
const phones: PhonePage[] = [];
const round = { id: v7(), eggs: v7(), rice: v7(), fish: v7() };

beforeAll(async () => {
  town = await openBrowserTown();
  browser = await openBrowser();
  clients = new WireClients(town.server.port, 2);
  worker = await clients.join(town.who('gridWorker').code);
  secretary = await clients.join(town.who('secretary').code);
  await openRound();
  family = await openApp('family', '陈雪梅');
  neighbour = await openApp('elder', '王秀兰');
});

afterAll(async () => {
  clients?.close();
  await browser?.close();
  await town?.server.remove();
});

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await pictureFailures('group-buy', phones);
});

test('a household orders, sees the sum before and after, and amends', async () => {
  const { page } = family;
  await page.goto(roundUrl());
  await more(page, '鲜鸡蛋，几板');
  await see(page.getByText('38.00 元', { exact: true }).last());
  await choose(page, /自己去拿：东门岗亭/);
  await page.getByRole('button', { name: '参与接龙' }).click();
  const card = ourOrder(page);
  await see(card.getByText('订上了').first());
  await see(card.getByText(/自己去拿：东门岗亭/).first());

  await more(page, '鲜鸡蛋，几板');
  await see(page.getByText('原来 38.00 元'));
  await page.getByRole('button', { name: '改订单' }).click();
  await see(card.getByText('76.00 元').first());
  await card.getByText(/改动记录/).click();
  await see(card.getByText('鲜鸡蛋 1 板 → 2 板'));
  await see(card.getByText('38.00 元 → 76.00 元'));
  await see(card.getByText('陈雪梅改的'));
});

test('what is weighed is estimated, and says so', async () => {
  const { page } = family;
  await page.goto(roundUrl());
  await see(page.getByText('约 22.00 元'));
  await see(page.getByText('每斤 11.00 元，按实际称重多退少补'));
});

test('who waits for what is sold out gets it when somebody leaves it', async () => {
  await family.page.goto(roundUrl());
  await more(family.page, '东北大米，几袋');
  await family.page.getByRole('button', { name: '改订单' }).click();
  await see(family.page.getByText('卖完了'));

  const { page } = neighbour;
  await page.goto(roundUrl());
  await page.getByRole('button', { name: /^有货给我留.*东北大米/ }).click();
  await page.getByRole('button', { name: '排队等 1 袋' }).click();
  await see(page.getByText('排第 1 个'));

  await less(family.page, '东北大米，几袋');
  await family.page.getByRole('button', { name: '改订单' }).click();
  await see(page.getByRole('heading', { name: /我家的订单/ }));
  await see(page.getByText('东北大米 1 袋'));
  await page.getByText(/改动记录/).click();
  await see(page.getByText('排队排到了，给您留上了'));
});

test('without a network an order is noted, and is one when the network is back', async () => {
  const { page } = neighbour;
  await untilKept(page);
  await page.goto(roundUrl());
  await see(page.getByText('东北大米 1 袋'));
  await page.context().setOffline(true);
  await see(page.getByText('没网：先记下'));
  await more(page, '鲜鸡蛋，几板');
  await page.getByRole('button', { name: '改订单' }).click();
  const card = ourOrder(page);
  await see(card.getByText('还没发出').first());
  await see(card.getByText('鲜鸡蛋 1 板'));
  await page.context().setOffline(false);
  await see(card.getByText('订上了').first());
  await page.waitForFunction(() => !document.querySelector('main')?.textContent?.includes('还没发出'));
});

test('a helper orders for somebody, under a banner; she sees who did it', async () => {
  const helper = await openApp('volunteer');
  const { page } = helper;
  await page.goto(`${town.server.url}/buy`);
  await page.getByRole('link', { name: /^替王秀兰订/ }).click();
  await see(page.getByText('正在替王秀兰办事'));
  await page.getByRole('link', { name: /蔬菜试团/ }).click();
  await see(page.getByText('正在替王秀兰办事'));
  await more(page, '活鲫鱼，几条');
  await page.getByRole('button', { name: '改订单' }).click();
  await see(ourOrder(page).getByText('活鲫鱼 1 条'));
  await page.getByRole('link', { name: '退出' }).click();
  await see(page.getByRole('link', { name: /^替王秀兰订/ }));

  const hers = ourOrder(neighbour.page);
  await see(hers.getByText('活鲫鱼 1 条'));
  await hers.getByText(/改动记录/).click();
  await see(hers.getByText(/（替您办的人）改的/));
  expect(helper.faults()).toEqual([]);
});

test('what was spoiled is said with a picture, and what is to be paid is said when it is paid', async () => {
  await handOver();
  const { page } = family;
  await page.goto(roundUrl());
  await see(page.getByText('送到了').first());
  await page.getByRole('button', { name: /^我付了/ }).click();
  await see(page.getByText(/您家说：一共付了 \d+\.\d\d 元/));
  await see(page.getByText('团长点了“钱收到了”，会写在这里。'));

  await page.getByRole('link', { name: '坏了、少了，跟团长说' }).click();
  await page.getByRole('button', { name: '告诉团长' }).click();
  await see(page.getByRole('alert').getByText('请选怎么了'));
  await choose(page, '鲜鸡蛋 2 板');
  await choose(page, '坏了');
  await page
    .locator('input[type="file"]')
    .last()
    .setInputFiles(await picture());
  await see(page.getByRole('img', { name: '拍张照片' }));
  await page.getByRole('button', { name: '告诉团长' }).click();
  const claims = page.locator('section').filter({ has: page.getByRole('heading', { name: '坏了、少了' }) });
  await see(claims.getByText('鲜鸡蛋 1 板坏了'));
  await see(claims.getByText('小区已收到'));
  await see(claims.getByRole('img', { name: '鲜鸡蛋 1 板坏了的照片' }));
  expect([...family.faults(), ...neighbour.faults()]).toEqual([]);
});

test.each(['standard 1', 'elder 3'])('the order with all that it has been through is in order: %s', async (version) => {
  const { page } = family;
  await page.evaluate((chosen) => localStorage.setItem('shouwang.version', chosen), version);
  const isElder = version.startsWith('elder');
  for (const path of [roundUrl(), `${roundUrl()}/claim`, `${town.server.url}/buy`]) {
    await page.goto(path);
    await page
      .locator('main')
      .filter({ hasText: /鲜鸡蛋/ })
      .waitFor();
    for (const closed of await page.locator('summary').all()) await closed.click();
    const faults = [
      ...(await axeViolations(page)),
      ...(await smallTargets(page, isElder)),
      ...(isElder ? await smallTexts(page) : []),
      ...(await overflows(page, isElder ? 1 : 2)),
    ];
    expect(faults, path).toEqual([]);
  }
});

/** A round of three things, one of them with a single portion, one priced by the jin. */
async function openRound(): Promise<void> {
  const now = Date.now();
  const of = (id: string, name: string, unit: string, priceFen: number, stock: number, rest = {}) => ({
    ...{ id, name, unit, priceFen, stock, contents: '', perHousehold: 3 },
    ...rest,
  });
  await act(worker, 'groupBuy.open', {
    id: round.id,
    title: '蔬菜试团',
    opensAt: now - HOUR_MS,
    closesAt: now + 5 * HOUR_MS,
    slots: [
      { id: 'door', kind: 'delivery', from: now + 20 * HOUR_MS, to: now + 21 * HOUR_MS },
      { id: 'gate', kind: 'pickUp', place: '东门岗亭', from: now + 20 * HOUR_MS, to: now + 21 * HOUR_MS },
    ],
    items: [
      of(round.eggs, '鲜鸡蛋', '板', 3800, 31, { contents: '一板 30 枚', pieces: 30 }),
      of(round.rice, '东北大米', '袋', 4500, 1),
      of(round.fish, '活鲫鱼', '条', 2200, 9, { perJinFen: 1100, weightJin: 2 }),
    ],
  });
}

/** Everything from the cut-off to the family's bag in its hands. */
async function handOver(): Promise<void> {
  const groupBuyId = round.id;
  const householdIds = [town.who('family').household];
  await act(worker, 'groupBuy.close', { groupBuyId });
  await act(worker, 'groupBuy.markOrdered', { groupBuyId });
  await act(worker, 'groupBuy.arrive', { groupBuyId, items: [] });
  await act(worker, 'groupBuy.startHandingOut', { groupBuyId });
  await act(secretary, 'groupBuy.handOut', { groupBuyId, householdIds, how: 'inPerson' });
}

async function act(device: WireDevice, name: string, args: unknown): Promise<void> {
  const answer = await device.send(device.envelope(name, args));
  expect(answer?.verdicts[0], name).toMatchObject({ outcome: 'accepted' });
}

const roundUrl = () => `${town.server.url}/buy/${round.id}`;

async function openApp(key: 'family' | 'elder' | 'volunteer', name?: string): Promise<PhonePage> {
  const phone = await openPhonePage(browser);
  phones.push(phone);
  await signIn(phone.page, town.who(key).link, name);
  return phone;
}

const more = (page: Page, what: string) => page.getByRole('button', { name: `${what}，加一` }).click();
const less = (page: Page, what: string) => page.getByRole('button', { name: `${what}，减一` }).click();
const ourOrder = (page: Page) =>
  page.locator('section').filter({ has: page.getByRole('heading', { name: /我家的订单/ }) });

/** A picture as a camera gives it, for a file field. */
async function picture(): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const canvas = sharp({ create: { width: 640, height: 480, channels: 3, background: '#b07030' } });
  return { name: 'eggs.jpg', mimeType: 'image/jpeg', buffer: await canvas.jpeg().toBuffer() };
}

async function see(what: Locator): Promise<void> {
  await what.first().waitFor({ timeout: PATIENCE_MS });
}

import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { dayOf } from '../../src/domain/day.ts';
import { openDatabase } from '../../src/server/database/open-database.ts';
import { silentLog } from '../../src/server/log.ts';
import { serverWorld } from '../../src/server/server-world.ts';
import {
  KeptPhone,
  openBrowser,
  openPhonePage,
  PATIENCE_MS,
  pictureFailures,
  type PhonePage,
} from '../support/browser.ts';
import {
  choose,
  clockBetween,
  openBrowserTown,
  recordTexts,
  signIn,
  untilKept,
  type BrowserTown,
} from '../support/browser-town.ts';
import { WireClients } from '../support/wire-client.ts';

// One day of a community, lived in a real browser on a real server process. Each test goes on where the one before ended.

/** Of this one portion is left when the day begins. */
const LAST = '三黄鸡';
/** A chip: shape and word. */
const UNSENT = /^◔\s*还没发出$/;
const MEDICINE = '苯磺酸氨氯地平';

let town: BrowserTown;
let browser: Browser;
let family: KeptPhone;
let volunteer: PhonePage;
let other: PhonePage;
let gridWorker: PhonePage;
let elder: PhonePage;
const pages: PhonePage[] = [];
/** When what the family did offline was done, epoch ms; and where its errand is. */
let askedAt: number;
let errandPath: string;

beforeAll(async () => {
  town = await openBrowserTown();
  browser = await openBrowser();
  // The family is on the road: whatever its phone's zone, the community's clock counts.
  family = await KeptPhone.prepare({ timezoneId: 'America/New_York' });
  pages.push(await family.open());
});

afterAll(async () => {
  await family?.remove();
  await browser?.close();
  await town?.server.remove();
});

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await pictureFailures('day', pages);
});

test('the slip signs the family in, and 家里都好 is one tap: 还没发出, then 小区已收到 with the time', async () => {
  const { page } = family;
  await signIn(page, town.who('family').link, '陈雪梅');
  await see(page.getByRole('heading', { level: 1, name: '湖畔小区' }));
  expect(page.url()).not.toContain('#');

  await see(page.getByText('今天还没报平安'));
  await see(page.getByText('陈雪梅：还没报'));
  const shown = await recordTexts(page.locator('main'));
  const before = Date.now();
  await page.getByRole('button', { name: '家里都好' }).click();
  await see(page.getByText(/小区已收到 \d+:\d\d/));
  const text = await page.locator('main').innerText();
  expect(text).toMatch(new RegExp(`今天 ${clockBetween(before).source} 报过了`));
  expect(text).toMatch(new RegExp(`小区已收到 ${clockBetween(before).source}`));
  await see(page.getByText('陈雪梅：平安'));
  await untilKept(page);
  const words = (await shown()).flatMap((one) => /报过了.(还没发出|小区已收到)/.exec(one)?.[1] ?? []);
  expect(words.filter((word, index) => word !== words[index - 1])).toEqual(['还没发出', '小区已收到']);
});

test('with the server stopped the app opens from the phone, and notices say how fresh they are', async () => {
  const { page } = family;
  expect(await town.server.stop()).toBe(0);
  await page.reload();
  await see(page.getByRole('heading', { level: 1, name: '湖畔小区' }));
  await see(page.getByText(/今天 \d+:\d\d 报过了/));
  await see(page.getByText(/没网 · 今天 \d+:\d\d ?的/));

  await tab(page, '通知');
  await see(page.getByText(/截至今天 \d+:\d\d/));
  await page
    .getByRole('link', { name: /停水两小时/ })
    .first()
    .click();
  await see(page.getByRole('heading', { level: 2, name: /停水两小时/ }));
  await see(page.getByText(/没网也能看 · (今天 )?\d+:\d\d 的/));
  expect((await page.locator('main').innerText()).length).toBeGreaterThan(200);
});

test('offline the family says that one is unwell, orders and asks for a medicine: each is 还没发出', async () => {
  const { page } = family;
  askedAt = Date.now();
  await page.goto(`${town.server.url}/`);
  await page.getByRole('link', { name: /有人不舒服/ }).click();
  await page.getByRole('button', { name: '不急，告诉小区' }).click();
  await choose(page, '张桂芳');
  await choose(page, '咳嗽');
  await page.getByRole('button', { name: '告诉小区' }).click();
  await see(page.getByRole('heading', { level: 2, name: '还没发出去' }));
  await page.getByRole('link', { name: '回首页' }).click();
  await see(page.getByText('张桂芳不舒服').first());

  await tab(page, '买菜');
  await page.getByRole('link', { name: /^蔬菜第 7 团/ }).click();
  await see(page.getByText('没网：先记下'));
  for (const name of [LAST, '老豆腐'])
    await page.getByRole('button', { name: new RegExp(`^${name}，.*加一$`) }).click();
  await page.getByRole('button', { name: '参与接龙' }).click();
  await see(page.getByRole('heading', { name: '我家的订单' }));
  await see(page.getByText(UNSENT));

  await page.goto(`${town.server.url}/`);
  await tab(page, '帮忙');
  await page.getByRole('link', { name: '买药', exact: true }).click();
  await choose(page, '张桂芳');
  await page.getByLabel('药名').fill('苯磺酸氨氯');
  await page
    .getByRole('button', { name: new RegExp(MEDICINE) })
    .first()
    .click();
  await choose(page, '医保卡');
  await page.getByRole('button', { name: '请人帮忙买' }).click();
  await page.waitForURL(/\/help\/[0-9a-f-]{36}$/);
  errandPath = new URL(page.url()).pathname;
  await see(page.getByText(UNSENT));

  await expectUnsent(page);
});

test('the browser is closed and opened again: still offline, everything is still there', async () => {
  await family.close();
  pages.push(await family.open());
  await expectUnsent(family.page);
});

test('the server comes back: all three are sent once, in order, by themselves; the last portion went to a neighbour', async () => {
  const { page } = family;
  await family.setOffline(true);
  await town.server.start();
  await neighbourTakesTheLast();
  const before = await sentByFamily();
  await see(page.getByText(UNSENT));

  await family.setOffline(false);
  const refused = page.locator('main').getByText(new RegExp(`^送到时${LAST}.*没有订上。没有扣钱。$`));
  await see(refused);
  await see(page.getByText(/^✕\s*没办成$/));
  await see(page.getByRole('link', { name: '改一改再订' }));
  await see(line(page, `买药：${MEDICINE} 1 盒`).getByText('等人接'));
  await unsee(page.getByText(UNSENT));
  expect((await sentByFamily()).slice(before.length)).toEqual([
    'checkIn.submit accepted',
    'groupBuy.placeOrder refused',
    'errands.request accepted',
  ]);

  await page.reload();
  await see(refused);
  await page.goto(`${town.server.url}/check-in`);
  await see(page.getByRole('heading', { level: 2, name: '小区已收到' }));
  await see(page.getByText(/说了张桂芳不舒服/));
  await page.goto(`${town.server.url}/pending`);
  await page.getByRole('link', { name: '改一改再订' }).click();
  await see(page.getByRole('heading', { level: 1, name: '蔬菜第 7 团' }));
});

test('volunteers see building and kind only; who claims it sees door and medicine, and the others lose the card by themselves', async () => {
  volunteer = await open('volunteer');
  other = await open('volunteer2');
  const cardOn = async (page: Page) => {
    await tab(page, '帮忙');
    const title = page.getByText('3栋 · 买药', { exact: true });
    const card = page.getByRole('listitem').filter({ has: title, hasText: clockBetween(askedAt) });
    await see(card);
    return card;
  };
  const [mine, theirs] = [await cardOn(volunteer.page), await cardOn(other.page)];
  for (const card of [mine, theirs]) expect(await card.innerText()).not.toMatch(/302|张|氨氯地平/);

  await family.page.goto(`${town.server.url}${errandPath}`);
  await see(family.page.getByText('等人接').first());
  await mine.getByRole('button', { name: '我来：3栋买药' }).click();
  const door = volunteer.page.getByRole('link').filter({ hasText: '3-1-302' }).filter({ hasText: MEDICINE });
  const [claimed, gone] = await Promise.all([see(door).then(Date.now), unsee(theirs).then(Date.now)]);
  expect(gone - claimed).toBeLessThan(2000);
  await see(family.page.getByText('何志远接了').first());

  await door.click();
  await see(volunteer.page.getByText('3-1-302').first());
  await see(volunteer.page.getByRole('link', { name: /17000090004/ }));
  await see(volunteer.page.getByText(`${MEDICINE} 1 盒`).first());
});

test('the volunteer goes step by step to the hand-over, and the family sees each', async () => {
  const { page } = volunteer;
  await choose(page, '医保卡');
  await page.getByRole('button', { name: '都点清了，出发' }).click();
  await see(family.page.getByText('取走医保卡'));

  await choose(page.getByRole('group', { name: '名字和规格都对' }), new RegExp(`^${MEDICINE} 1 盒`));
  await page.getByLabel(/一共花了多少/).fill('23.60');
  await page.getByRole('button', { name: '买到了' }).click();
  await see(family.page.getByText('买到了，在路上'));
  await see(family.page.getByText(/23\.60? 元/));

  await page.getByRole('button', { name: '交到了' }).click();
  await see(family.page.getByText('送到了').first());
  await family.page.getByRole('button', { name: '收到了，办完' }).click();
  await see(family.page.getByText('双方说好，办完了'));
  // The door leaves the volunteer's phone with the errand.
  await see(page.getByText('这件事不在您手上了'));
});

test('in 长辈版 我挺好 is one tap; offline the confirmation is amber and says to ring up where it is urgent', async () => {
  elder = await openPhone();
  const { page } = elder;
  await page.goto(town.who('elder').link);
  await page.getByRole('button', { name: '长辈版' }).click();
  await signIn(page, town.who('elder').link);
  const tile = page.getByRole('button', { name: /我挺好/ });
  await see(page.getByText('点一下，就报平安了'));
  await untilKept(page);

  await elder.page.context().setOffline(true);
  const before = Date.now();
  await tile.click();
  const said = page.locator('section').filter({ has: page.getByRole('heading', { level: 2 }) });
  await see(page.getByRole('heading', { level: 2, name: '还没发出去' }));
  await see(page.getByText('急事请打电话', { exact: true }));
  expect(await said.evaluate((node) => getComputedStyle(node).backgroundColor)).toBe('rgb(251, 238, 214)');
  await page.getByRole('link', { name: '回首页' }).click();
  await see(page.getByText(/◔ 还没发出 · 今天 \d+:\d\d 点的/));

  await page.getByRole('button', { name: /我挺好/ }).click();
  await elder.page.context().setOffline(false);
  await see(page.getByRole('heading', { level: 2, name: '小区已收到' }));
  await see(page.getByText(/您报了平安/));
  await see(page.getByText(/看得到/));
  await page.getByRole('link', { name: '回首页' }).click();
  const line = page.getByRole('button', { name: /我挺好/ });
  await see(line.getByText(/今天 \d+:\d\d 报过了/));
  expect(await line.innerText()).toMatch(clockBetween(before));
});

test('the grid worker sees real numbers, and a notice arrives on the open phones by itself', async () => {
  gridWorker = await open('gridWorker');
  const { page } = gridWorker;
  await page.getByRole('link', { name: /打开工作台/ }).click();
  await see(page.getByRole('heading', { level: 1, name: '二格 · 今天' }));
  const { missing, doors } = await numbersOfGrid('二格');
  await see(page.getByRole('heading', { name: `还有 ${missing} 户没有消息` }));
  const buildings = page.getByRole('listitem').filter({ has: page.getByRole('button', { name: /^看/ }) });
  const counted = (await buildings.allInnerTexts()).map((text) => Number(/(\d+)\s户/.exec(text)?.[1]));
  expect(counted.reduce((sum, count) => sum + count, 0)).toBe(doors);

  await elder.page.goto(`${town.server.url}/notices`);
  await family.page.goto(`${town.server.url}/`);
  await see(family.page.getByRole('heading', { level: 1, name: '湖畔小区' }));
  const title = '3 栋电梯今天下午检修一小时';
  await page.getByRole('link', { name: '发通知' }).click();
  await page.getByLabel('标题').fill(title);
  await page.getByLabel('正文').fill('下午 3 点到 4 点，3 栋电梯停用。\n\n要下楼的老人请提前。');
  await choose(page, /^紧急/);
  await page.getByRole('button', { name: '发出去' }).click();
  await see(page.getByRole('heading', { level: 2, name: title }));
  await see(family.page.getByText(title).first());
  await see(elder.page.getByText(title).first());
});

test('no page complained', () => {
  expect(pages.flatMap((page) => page.faults())).toEqual([]);
});

function see(what: ReturnType<Page['locator']>): Promise<void> {
  return what.first().waitFor({ timeout: PATIENCE_MS });
}

function unsee(what: ReturnType<Page['locator']>): Promise<void> {
  return what.first().waitFor({ state: 'detached', timeout: PATIENCE_MS });
}

async function tab(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name }).click();
}

function line(page: Page, title: string) {
  return page.getByRole('listitem').filter({ hasText: title });
}

async function openPhone(): Promise<PhonePage> {
  const page = await openPhonePage(browser);
  pages.push(page);
  return page;
}

/** Another phone, signed in by its link. */
async function open(key: 'volunteer' | 'volunteer2' | 'gridWorker'): Promise<PhonePage> {
  const phone = await openPhone();
  await signIn(phone.page, town.who(key).link);
  return phone;
}

/** 我办的事 lists the three in the order in which they were done, each still on the phone. */
async function expectUnsent(page: Page): Promise<void> {
  await page.goto(`${town.server.url}/pending`);
  await see(page.getByRole('heading', { level: 1, name: '我办的事' }));
  const unsent = page.getByRole('listitem').filter({ hasText: '还没发出' });
  await see(unsent.nth(2));
  const titles = (await unsent.allInnerTexts()).map((text) => text.split('\n')[0]);
  expect(titles).toEqual(['说不舒服（张桂芳）', `${LAST} 1 只 · 老豆腐 1 份`, `买药：${MEDICINE} 1 盒`]);
}

async function neighbourTakesTheLast(): Promise<void> {
  const clients = new WireClients(town.server.port, 1);
  const [item] = await query<{ id: string; groupBuyId: string }>(
    'select id, group_buy_id as "groupBuyId" from group_buy_item where name = $1 and stock - sold = 1',
    [LAST],
  );
  const neighbour = await clients.join(town.who('neighbour').code);
  const lines = [{ itemId: item?.id, quantity: 1, ifShort: 'drop' }];
  const args = { groupBuyId: item?.groupBuyId, householdId: neighbour.householdId, lines };
  const answer = await neighbour.send(neighbour.envelope('groupBuy.placeOrder', args));
  clients.close();
  expect(answer?.verdicts[0]?.outcome).toBe('accepted');
}

/** What the server has of the family's phone, in the order of its outbox. */
async function sentByFamily(): Promise<string[]> {
  const rows = await query<{ name: string; outcome: string }>(
    `select v.name, v.outcome from verdict v join device d on d.id = v.device_id where d.household_id = $1 order by v.seq`,
    [town.who('family').household],
  );
  return rows.map(({ name, outcome }) => `${name} ${outcome}`);
}

/** Counted from the rows themselves: doors where somebody at home has not been heard of today (and nobody is unwell), and all doors. */
async function numbersOfGrid(grid: string): Promise<{ missing: number; doors: number }> {
  const [row] = await query<{ missing: number; doors: number }>(
    `with silent as (
       select p.household_id as id from person p
       where p.presence = 'home'
         and not exists (select 1 from check_in c where c.person_id = p.id and c.day = $2)
         and not (p.quiet is true and exists (select 1 from life_sign l where l.person_id = p.id and l.day = $2))
     ), unwell as (
       select household_id as id from check_in where day = $2 and level <> 'ok'
     )
     select count(*)::int as doors,
       (count(*) filter (where not vacant and id in (select id from silent) and id not in (select id from unwell)))::int as missing
     from household where grid = $1`,
    [grid, dayOf(Date.now())],
  );
  return row ?? { missing: 0, doors: 0 };
}

async function query<T extends object>(sql: string, values: unknown[]): Promise<T[]> {
  const database = await openDatabase({ dataFolder: town.server.dataFolder, join: true }, silentLog, serverWorld);
  try {
    return await database.db.query<T>(sql, values);
  } finally {
    await database.stop();
  }
}

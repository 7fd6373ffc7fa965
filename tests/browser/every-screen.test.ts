import { readdir, readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, openPhonePage, phoneSize, type PhonePage } from '../support/browser.ts';
import { axeViolations, overflows, smallTargets, smallTexts } from '../support/browser-checks.ts';
import { fillPath, findScreenIds, SCREENS, type ScreenIds } from '../support/browser-screens.ts';
import { openBrowserTown, signIn, untilKept, type BrowserTown } from '../support/browser-town.ts';
import { WireClients } from '../support/wire-client.ts';

/** What looks different without a network, with something unsent. */
const OFFLINE = ['/', '/check-in', '/pending', '/buy/{round}', '/notices/{notice}'];

type Mode = 'standard' | 'elder';
const ROLES = ['family', 'volunteer', 'gridWorker'] as const;
const cases = ROLES.flatMap((role) => (['standard', 'elder'] as const).map((mode) => ({ role, mode })));

let town: BrowserTown;
let browser: Browser;
let ids: ScreenIds;
/** A phone for each role, signed in once. */
const phones = new Map<string, PhonePage>();

beforeAll(async () => {
  town = await openBrowserTown();
  browser = await openBrowser();
  const errand = await askForSomething();
  ids = await findScreenIds(town.server.dataFolder, town.who('volunteer').name, errand);
  for (const role of ROLES) {
    const phone = await openPhonePage(browser);
    phones.set(role, phone);
    await signIn(phone.page, town.who(role).link);
    await untilKept(phone.page);
  }
});

afterAll(async () => {
  await browser?.close();
  await town?.server.remove();
});

test('the list of screens is complete', async () => {
  const pillars = await readdir('src/pillars', { withFileTypes: true });
  const files = pillars.filter((one) => one.isDirectory()).map((one) => `src/pillars/${one.name}/client.ts`);
  const sources = await Promise.all(['src/shell/router.ts', ...files].map((file) => readFile(file, 'utf8')));
  const routes = sources.flatMap((source) => [...source.matchAll(/\bpath: '(\/[^']*)'/g)].map((match) => match[1]));
  expect(Object.keys(SCREENS).sort()).toEqual(routes.sort());
});

test('the checks notice what is wrong', async () => {
  const { page } = await openPhonePage(browser);
  await page.goto(`${town.server.url}/in`);
  await page.locator('main').waitFor();
  await page.evaluate(() => {
    const [button, wide] = [document.createElement('button'), document.createElement('div')];
    wide.textContent = '又小又宽';
    wide.style.cssText = 'inline-size: 500px; font-size: 12px';
    const [box, hidden, lid] = [
      document.createElement('div'),
      document.createElement('button'),
      document.createElement('div'),
    ];
    hidden.textContent = '盖住了';
    hidden.style.cssText = 'inline-size: 100px; block-size: 60px';
    box.style.cssText = 'position: relative';
    lid.style.cssText = 'position: absolute; inset: 0';
    box.append(hidden, lid);
    document.querySelector('main')?.append(button, wide, box);
  });
  expect(await axeViolations(page)).toEqual([expect.stringContaining('axe button-name')]);
  expect(await smallTargets(page, false)).toEqual([
    expect.stringMatching(/^target .*BUTTON $/),
    expect.stringContaining('covered: BUTTON 盖住了'),
  ]);
  expect(await smallTexts(page)).toContain('text 12 px: 又小又宽');
  expect(await overflows(page, 1)).toEqual([expect.stringContaining('又小又宽')]);
  await page.context().close();
});

test.each(['standard', 'elder'] as const)('the way in is in order: %s', async (mode) => {
  const phone = await openPhonePage(browser);
  await phone.page.goto(`${town.server.url}/in`);
  await setMode(phone, mode);
  expect(await faultsOf(phone, '/in', mode)).toEqual([]);
  await phone.page.context().close();
});

test.each(cases)('every screen is in order: $role, $mode', async ({ role, mode }) => {
  const phone = phones.get(role)!;
  await setMode(phone, mode);
  const faults: string[] = [];
  for (const path of Object.values(SCREENS).flat())
    faults.push(...(await faultsOf(phone, fillPath(path, role, ids), mode)));
  expect([...faults, ...phone.complaints.splice(0)]).toEqual([]);
});

test.each(['standard', 'elder'] as const)('every screen is in order without a network: %s', async (mode) => {
  const phone = phones.get('family')!;
  const { page } = phone;
  await setMode(phone, mode);
  await page.goto(`${town.server.url}/`);
  await page.context().setOffline(true);
  const well = page.getByRole('button', { name: /家里都好/ });
  // In the second round it is said already.
  if ((await page.getByText(/报过了|点的/).count()) === 0) await well.click();
  await page
    .getByText(/还没发出/)
    .first()
    .waitFor();
  const faults: string[] = [];
  for (const path of OFFLINE) faults.push(...(await faultsOf(phone, fillPath(path, 'family', ids), mode)));
  expect([...faults, ...phone.faults()]).toEqual([]);
});

/** Opens a screen and looks at it as axe does, as a finger does, and on the smallest phone with the largest text. */
async function faultsOf({ page }: PhonePage, path: string, mode: Mode): Promise<string[]> {
  await page.setViewportSize(phoneSize.viewport!);
  await page.goto(`${town.server.url}${path}`);
  await page.locator('h1').filter({ hasText: /\S/ }).waitFor();
  await page.locator('main').filter({ hasText: /\S/ }).waitFor();
  await page.waitForFunction(() => document.querySelector('.skeleton, [aria-busy="true"]') === null);
  const faults = [
    ...((await page.locator('h1').count()) === 1 ? [] : ['not one h1']),
    ...(await axeViolations(page)),
    ...(await smallTargets(page, mode === 'elder')),
    ...(mode === 'elder' ? await smallTexts(page) : []),
    ...(await overflows(page, mode === 'elder' ? 1 : 2)),
  ];
  return faults.map((fault) => `${path}: ${fault}`);
}

/** As the switch does, and with the largest letters. */
async function setMode({ page }: PhonePage, mode: Mode): Promise<void> {
  await page.evaluate(
    (chosen) => localStorage.setItem('shouwang.version', chosen),
    mode === 'elder' ? 'elder 3' : 'standard 1',
  );
}

/** @returns the id of an errand of the family's */
async function askForSomething(): Promise<string> {
  const clients = new WireClients(town.server.port, 1);
  const device = await clients.join(town.who('family').code);
  const id = v7();
  const medicines = [{ name: '苯磺酸氨氯地平', strength: '5mg*28片', quantity: 2 }];
  const args = {
    id,
    householdId: device.householdId,
    kind: 'medicine',
    medicines,
    handOver: 'inPerson',
    packet: ['card'],
  };
  const answer = await device.send(device.envelope('errands.request', args));
  clients.close();
  expect(answer?.verdicts[0]?.outcome).toBe('accepted');
  return id;
}

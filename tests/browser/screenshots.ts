import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openPhonePage } from '../support/browser.ts';
import { openBrowserTown, signIn, type BrowserTown } from '../support/browser-town.ts';
import { ensureBuilt } from '../support/build-app.ts';
import { fillPath, findScreenIds, SCREENS } from '../support/browser-screens.ts';

// `npm run screenshots` draws the two pictures of the README; `npm run screenshots -- all` draws every screen into
// data/screens, in both versions, light and dark, for somebody to look at.

const README = '.readme';
const ALL = join('data', 'screens');
const versions = { standard: 'standard 1', elder: 'elder 1', largest: 'elder 3' };
const roles = ['family', 'volunteer', 'gridWorker'] as const;

await ensureBuilt();
const town = await openBrowserTown();
const browser = await openBrowser();
try {
  if (process.argv.includes('all')) await drawAll(town, browser);
  else await drawHome(town, browser);
} finally {
  await browser.close();
  await town.server.remove();
}

async function drawHome({ who }: BrowserTown, on: Browser): Promise<void> {
  await mkdir(README, { recursive: true });
  const family = (await openPhonePage(on)).page;
  await signIn(family, who('family').link, '陈雪梅');
  await settled(family);
  await family.screenshot({ path: join(README, 'home.png') });

  const elder = (await openPhonePage(on)).page;
  await signIn(elder, who('elder').link, '王秀兰');
  await elder.getByRole('button', { name: '长辈版' }).click();
  await settled(elder);
  await elder.screenshot({ path: join(README, 'home-elder.png') });
}

async function drawAll({ server, who }: BrowserTown, on: Browser): Promise<void> {
  await mkdir(ALL, { recursive: true });
  const ids = await findScreenIds(server.dataFolder, who('volunteer').name);
  for (const role of roles) {
    const { page } = await openPhonePage(on);
    await signIn(page, who(role).link);
    for (const [version, stored] of Object.entries(versions)) {
      await page.evaluate((chosen) => localStorage.setItem('shouwang.version', chosen), stored);
      for (const path of Object.values(SCREENS).flat()) {
        await page.goto(`${server.url}${fillPath(path, role, ids)}`);
        await settled(page);
        const name = path.replace(/[{}]/g, '').replace(/\W+/g, '-').replace(/^-|-$/g, '') || 'home';
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          await page.screenshot({ path: join(ALL, `${role}-${name}-${version}-${colorScheme}.png`), fullPage: true });
        }
      }
    }
    await page.context().close();
  }
}

/** Waits until everything that the screen waits for is there. */
async function settled(page: Page): Promise<void> {
  await page.locator('h1').filter({ hasText: /\S/ }).waitFor();
  await page.locator('main').filter({ hasText: /\S/ }).waitFor();
  await page.waitForFunction(() => document.querySelector('.skeleton') === null);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
}

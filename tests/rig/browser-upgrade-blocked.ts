import type { BrowserContext, Page } from 'playwright-core';
import { signIn } from '../support/browser-town.ts';
import { openBrowser, openPhonePage } from '../support/browser.ts';
import { allowNames, halves, readKept, unsentIds } from './browser-kept.ts';
import { inTown, sayFigures, seededChance, until, type RigTown } from './browser-support.ts';
import { Tally } from './browser-tally.ts';
import { prepareTap, screenOf, tapKinds, tapNow } from './browser-taps.ts';
import type { Trial } from './trial.ts';

/** How much higher a version that is far ahead is. Dexie multiplies its own by ten. */
const AHEAD = 10;
/** An old tab that does not give way within this time blocks the new one, ms. */
const GIVES_WAY_MS = 5_000;
const DRAFT = '半张申请单';

export const upgradeBlocked: Trial = {
  name: 'upgrade-blocked',
  about:
    'a newer version wants to change the database that an old tab holds open; then the old one meets the newer database',
  short: 2,
  long: 40,
  run: (times) =>
    inTown(async (town) => {
      const { seed, chance } = seededChance('upgrade-blocked');
      const tally = new Tally(town);
      const browser = await openBrowser();
      let slowestWay = 0;
      try {
        for (let n = 0; n < times; n++) {
          const { page } = await openPhonePage(browser);
          await signIn(page, town.nextLink());
          const phone = new OldPhone(page, town, tally, `快递 ${seed}-${n} 旧版`);
          const ids = await phone.queueOne(chance.pick(tapKinds));
          slowestWay = Math.max(slowestWay, await phone.meetUpgrade(ids));
          await phone.openOnNewer(ids);
          await page.context().close();
        }
        await tally.lookForDoubles();
      } finally {
        town.gate.lose();
        await browser.close();
      }
      const figures = tally.figures(times);
      sayFigures('upgrade-blocked', figures, `seed ${seed}: the old tab gave way within ${Math.round(slowestWay)} ms`);
      return figures;
    }),
};

/** A phone with a tab of this version, and something that it could not send yet. */
class OldPhone {
  private readonly context: BrowserContext;

  constructor(
    private readonly page: Page,
    private readonly town: RigTown,
    private readonly tally: Tally,
    private readonly mark: string,
  ) {
    this.context = page.context();
  }

  /** Does something that cannot go out for now, and half fills a form. @returns its ids in the outbox */
  async queueOne(kind: (typeof tapKinds)[number]): Promise<readonly string[]> {
    const { page, town } = this;
    await page.goto(screenOf(kind, town));
    const tap = await prepareTap(page, kind, this.mark);
    town.gate.rule = 'hold';
    await tapNow(page, tap);
    await until(() => town.gate.held.length > 0);
    await page.goto(`${town.gate.url}/help/new?kind=meal`);
    await page.getByLabel('哪一餐').fill(DRAFT);
    await until(async () => (await readKept(page)).drafts.some(({ value }) => JSON.stringify(value).includes(DRAFT)));
    const ids = unsentIds(await readKept(page));
    this.tally.expect(ids.length > 0, 'nothing was left to send when the upgrade came');
    return ids;
  }

  /** Another page of the origin opens the database as a later version would. @returns ms until it could */
  async meetUpgrade(ids: readonly string[]): Promise<number> {
    const { page, tally } = this;
    const { deviceId, version } = await readKept(page);
    const newer = await this.context.newPage();
    // A page of the origin in which the app does not run.
    await newer.goto(`${this.town.gate.url}/api/health`);
    const reloaded = page.waitForEvent('load', { timeout: 2 * GIVES_WAY_MS }).catch(() => undefined);
    const tookMs = await upgrade(newer, `shouwang-${deviceId}`, version + AHEAD, GIVES_WAY_MS);
    tally.expect(tookMs !== undefined, 'the old tab held the database and blocked the upgrade');
    tally.expect((await reloaded) !== undefined, 'the old tab did not load itself anew');
    const kept = await readKept(newer);
    tally.expect(kept.version === version + AHEAD, `the database is at version ${kept.version}`);
    await this.expectKept(newer, ids, 'after the upgrade');
    await newer.close();
    return tookMs ?? GIVES_WAY_MS;
  }

  /** This version, old now, opens on the newer database: in the tab that loaded itself anew, and in a fresh one. */
  async openOnNewer(ids: readonly string[]): Promise<void> {
    const { page, tally, town } = this;
    for (const tab of [page, await this.context.newPage()]) {
      if (tab !== page) await tab.goto(`${town.gate.url}/help/new?kind=meal`);
      const heading = tab.locator('h1').filter({ hasText: /./ });
      const isDrawn = await heading.waitFor({ timeout: 10_000 }).then(
        () => true,
        () => false,
      );
      const text = (await tab.locator('body').innerText()).trim();
      tally.expect(isDrawn, `on a newer database the screen says: ${text.slice(0, 120) || 'nothing, it is white'}`);
      const field = tab.getByLabel('哪一餐');
      const isIntact = await until(async () => (await field.inputValue().catch(() => '')) === DRAFT, 5_000);
      tally.expect(isIntact, 'the half-filled form came back empty');
      await this.expectKept(tab, ids, 'in the old version');
    }
    await town.gate.release();
    await tally.followToEnd(page, ids);
    for (const half of halves(await readKept(page))) tally.expect(false, half);
  }

  private async expectKept(page: Page, ids: readonly string[], when: string): Promise<void> {
    const stored = new Set((await readKept(page)).outbox.map(({ id }) => id));
    const gone = ids.filter((id) => !stored.has(id));
    this.tally.lost += gone.length;
    this.tally.expect(gone.length === 0, `${when} ${gone.length} of the outbox are gone`);
  }
}

/** Opens the database at a higher version with one more table. @returns ms until it could; undefined where it was blocked throughout */
async function upgrade(page: Page, name: string, version: number, patienceMs: number): Promise<number | undefined> {
  await allowNames(page);
  const tookMs = await page.evaluate(
    ([database, higher, most]) =>
      new Promise<number>((resolve, reject) => {
        const began = performance.now();
        const asked = indexedDB.open(database, higher);
        asked.addEventListener('upgradeneeded', () => asked.result.createObjectStore('ofALaterVersion'));
        asked.addEventListener('error', () => reject(asked.error ?? new Error('IndexedDB')));
        asked.addEventListener('success', () => {
          asked.result.close();
          resolve(performance.now() - began);
        });
        setTimeout(() => resolve(-1), most);
      }),
    [name, version, patienceMs] as const,
  );
  return tookMs < 0 ? undefined : tookMs;
}

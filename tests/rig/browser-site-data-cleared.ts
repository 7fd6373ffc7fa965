import type { Page } from 'playwright-core';
import { signIn } from '../support/browser-town.ts';
import { openBrowser, openPhonePage } from '../support/browser.ts';
import { readKept, unsentIds } from './browser-kept.ts';
import { inTown, sayFigures, seededChance, until, type RigTown } from './browser-support.ts';
import { answeredTo, Tally } from './browser-tally.ts';
import { prepareTap, screenOf, tapNow } from './browser-taps.ts';
import type { Trial } from './trial.ts';

const TITLE = '有事可能没有发出来';
/**
 * Before the data goes: `nothing sent`: all that waits is lost; `all sent`: it went out after all, and there is nothing to
 * say.
 */
const ways = ['nothing sent', 'all sent'] as const;

export const siteDataCleared: Trial = {
  name: 'site-data-cleared',
  about: 'the site’s data is cleared with acts pending: the next sign-in says how many were not sent, and no others',
  short: 2,
  long: 40,
  run: (times) =>
    inTown(async (town) => {
      const { seed, chance } = seededChance('site-data-cleared');
      const tally = new Tally(town);
      const browser = await openBrowser();
      let cleared = 0;
      try {
        for (let n = 0; n < times; n++) {
          const { page } = await openPhonePage(browser);
          const phone = new ClearedPhone(page, town, tally);
          const way = ways[n % ways.length]!;
          const count = chance.between(1, 3);
          await phone.queue(count, `快递 ${seed}-${n} 清`);
          if (way === 'all sent') await phone.sendAll();
          else cleared += count;
          await phone.clear();
          await phone.signInAgain(way === 'all sent' ? 0 : count);
          await page.context().close();
        }
        await tally.lookForDoubles();
      } finally {
        town.gate.lose();
        await browser.close();
      }
      const figures = tally.figures(times);
      sayFigures('site-data-cleared', figures, `seed ${seed}: ${cleared} acts went with the data, each was told`);
      return figures;
    }),
};

/** A phone whose pushes do not get through while its pulls do, and whose data is then cleared. */
class ClearedPhone {
  private readonly link: string;

  constructor(
    private readonly page: Page,
    private readonly town: RigTown,
    private readonly tally: Tally,
  ) {
    this.link = town.nextLink();
  }

  /** Asks for so many things that do not get out; the server hears of their number with the next pull. */
  async queue(count: number, mark: string): Promise<void> {
    const { page, town } = this;
    await signIn(page, this.link);
    town.gate.rule = 'cut';
    for (let n = 0; n < count; n++) {
      await page.goto(screenOf('errand', town));
      await tapNow(page, await prepareTap(page, 'errand', `${mark}${n}`));
      await page.waitForURL(/\/help\/[0-9a-f-]{36}$/);
    }
    const told = page.waitForRequest(
      (request) => request.url().endsWith('/api/pull') && request.postData()?.includes(`"unsent":${count}`) === true,
    );
    await page.reload();
    await (await told).response();
    const waiting = unsentIds(await readKept(page)).length;
    this.tally.expect(waiting === count, `${waiting} of ${count} waited when the data was cleared`);
  }

  async sendAll(): Promise<void> {
    this.town.gate.rule = 'pass';
    await this.page.reload();
    await this.tally.followToEnd(this.page, unsentIds(await readKept(this.page)));
  }

  /** What 清除浏览数据 does: nothing of the site is left, the cookie neither. */
  async clear(): Promise<void> {
    const { page, town } = this;
    const { deviceId } = await readKept(page);
    await page.goto('about:blank');
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Storage.clearDataForOrigin', { origin: town.gate.url, storageTypes: 'all' });
    await page.context().clearCookies();
    town.gate.rule = 'pass';
    // A page of the origin in which the app does not run.
    await page.goto(`${town.gate.url}/api/health`);
    const names = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name ?? ''));
    this.tally.expect(!names.some((name) => name.includes(deviceId)), 'the data was not cleared');
  }

  /** @param lost how many went with the data: so many are told, none where none went */
  async signInAgain(lost: number): Promise<void> {
    const { page, tally } = this;
    await signIn(page, this.link);
    const note = page.getByRole('note').filter({ hasText: TITLE });
    const said = async () => Number(/说还有 (\d+) 件事没发出来/.exec((await note.textContent()) ?? '')?.[1] ?? 0);
    const isSaid = async () => (await note.count()) > 0 && (await said()) === lost;
    if (lost > 0) {
      const wasTold = await until(isSaid, 10_000);
      if (!wasTold) tally.lost += lost;
      tally.expect(wasTold, `${lost} went with the data and the sign-in did not say so`);
    } else {
      // Everything that a sign-in says is there once the first pull is.
      await page.locator('.fresh').filter({ hasText: '刚更新' }).waitFor();
      tally.expect((await note.count()) === 0, 'the sign-in speaks of a loss although all had been sent');
    }
    const { deviceId, outbox } = await readKept(page);
    tally.expect(outbox.length === 0, 'the new phone has something to send');
    tally.expect((await answeredTo(this.town, deviceId)).length === 0, 'the new phone is the old one');
  }
}

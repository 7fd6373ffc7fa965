import type { CDPSession, Page } from 'playwright-core';
import { signIn, untilKept } from '../support/browser-town.ts';
import { openBrowser, openPhonePage } from '../support/browser.ts';
import { fillUp, type Filling } from './browser-fill.ts';
import { halves, readKept } from './browser-kept.ts';
import { inTown, sayFigures, seededChance, until, type RigTown } from './browser-support.ts';
import { answeredTo, Tally } from './browser-tally.ts';
import { prepareTap, screenOf, tapKinds, tapNow, type TapKind } from './browser-taps.ts';
import type { Trial } from './trial.ts';

/** What the browser lets this origin have, bytes: the app itself and a few MB. */
const QUOTA = 5_000_000;
const FILLINGS: readonly Filling[] = ['answers', 'elsewhere'];
/** Plain words for a phone that is full. */
const FULL = /满了|空间不够|没有空间|存不下|放不下|没地方存/;

export const quota: Trial = {
  name: 'quota',
  about:
    'the browser gives no more room: what is done still fits, or is refused in plain words; then there is room again',
  short: 2,
  long: 48,
  run: (times) =>
    inTown(async (town) => {
      const { seed, chance } = seededChance('quota');
      const tally = new Tally(town);
      const browser = await openBrowser();
      const ends = { fitted: 0, refused: 0 };
      try {
        for (let n = 0; n < times; n++) {
          const { page } = await openPhonePage(browser);
          const phone = new FullPhone(page, town, tally, `快递 ${seed}-${n} 满`);
          const end = await phone.live(FILLINGS[n % FILLINGS.length]!, chance.pick(tapKinds));
          ends[end] += 1;
          await page.context().close();
        }
        await tally.lookForDoubles();
      } finally {
        await browser.close();
      }
      tally.expect(ends.fitted > 0, 'no act fitted although answers could be dropped');
      const figures = tally.figures(times);
      sayFigures(
        'quota',
        figures,
        `seed ${seed}: ${ends.fitted} fitted, ${ends.refused} had no room until there was some`,
      );
      return figures;
    }),
};

/** A phone whose browser runs out of room. */
class FullPhone {
  constructor(
    private readonly page: Page,
    private readonly town: RigTown,
    private readonly tally: Tally,
    private readonly mark: string,
  ) {}

  async live(filling: Filling, kind: TapKind): Promise<'fitted' | 'refused'> {
    const { page, town, tally } = this;
    const devtools = await page.context().newCDPSession(page);
    await this.setQuota(devtools, QUOTA);
    await signIn(page, town.nextLink());
    await untilKept(page);
    await page.goto(screenOf(kind, town));
    const tap = await prepareTap(page, kind, this.mark);
    const { deviceId } = await readKept(page);
    await fillUp(page, filling);
    await this.expectFull(devtools);

    await tapNow(page, tap);
    const done = async () => (await answeredTo(town, deviceId)).filter(({ name }) => name === tap.mutation);
    const words = () => page.locator('body').innerText();
    await until(async () => (await done()).length > 0 || FULL.test(await words()), 8_000);
    const fitted = (await done()).length > 0;
    for (const half of halves(await readKept(page))) tally.expect(false, `${filling}: ${half}`);
    if (!fitted) {
      tally.expect(filling === 'elsewhere', `${kind}: answers took all the room and were not dropped`);
      const said = (await words()).replaceAll('\n', ' · ');
      tally.expect(FULL.test(said), `${kind}: no plain words that the phone is full, but: ${said.slice(0, 200)}`);
    }

    await this.setQuota(devtools);
    if (!fitted) await this.tapAgain(kind, tap.button);
    const ended = await until(async () => (await done()).length > 0);
    const acts = await done();
    if (!ended) tally.stuck += 1;
    if (acts.length > 1) tally.doubled += 1;
    await tally.followToEnd(
      page,
      acts.map(({ id }) => id),
    );
    return fitted ? 'fitted' : 'refused';
  }

  /** There is room again: the same button, on the same screen, without loading it anew. */
  private async tapAgain(kind: TapKind, button: ReturnType<Page['getByRole']>): Promise<void> {
    const isThere = await until(() => button.isEnabled({ timeout: 500 }).catch(() => false), 5_000);
    this.tally.expect(isThere, `${kind}: the button is gone or stays dead although there is room again`);
    // What was tapped first may go through now, and take the form away: whether it did, once, is judged by what arrived.
    if (isThere) await button.click({ timeout: 5_000 }).catch(() => undefined);
  }

  /** The browser itself says that all is used: the trial is worth nothing otherwise. */
  private async expectFull(devtools: CDPSession): Promise<void> {
    const { usage, quota: most } = await devtools.send('Storage.getUsageAndQuota', { origin: this.town.gate.url });
    this.tally.expect(usage >= most - 20_000, `the browser has ${most - usage} bytes left`);
  }

  private async setQuota(devtools: CDPSession, quotaSize?: number): Promise<void> {
    const origin = this.town.gate.url;
    await devtools.send('Storage.overrideQuotaForOrigin', { origin, ...(quotaSize !== undefined && { quotaSize }) });
  }
}

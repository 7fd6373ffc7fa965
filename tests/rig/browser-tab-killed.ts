import type { BrowserContext, Page } from 'playwright-core';
import { signIn } from '../support/browser-town.ts';
import { openBrowser, openPhonePage } from '../support/browser.ts';
import { halves, readKept } from './browser-kept.ts';
import { inTown, sayFigures, seededChance, until, type RigTown } from './browser-support.ts';
import { Tally } from './browser-tally.ts';
import { prepareTap, screenOf, tapKinds, tapNow, type TapKind } from './browser-taps.ts';
import type { Trial } from './trial.ts';

/**
 * How the push of the dying tab fares. `lost`: the server never hears of it. `unheard`: the server does it, nobody hears the
 * answer. `late`: it arrives after the next tab has sent the same.
 */
const fates = ['lost', 'unheard', 'late'] as const;
/** How the tab dies. */
const deaths = ['crashed', 'closed'] as const;

export const tabKilled: Trial = {
  name: 'tab-killed',
  about: 'a tab dies while its push is on its way, and another tab of the same phone goes on',
  short: 6,
  long: 60,
  run: (times) =>
    inTown(async (town) => {
      const { seed, chance } = seededChance('tab-killed');
      const tally = new Tally(town);
      const browser = await openBrowser();
      let applied = 0;
      try {
        const phone = await openPhonePage(browser);
        const context = phone.page.context();
        await signIn(phone.page, town.nextLink());
        let page = phone.page;
        for (let n = 0; n < times; n++) {
          const fate = fates[n % fates.length]!;
          const death = deaths[Math.floor(n / fates.length) % deaths.length]!;
          const kind = chance.pick(tapKinds);
          const ids = await tapAndHold(page, town, kind, `快递 ${seed}-${n} 坏页`, fate);
          const push = town.gate.held[0]!;
          if (push.isApplied) applied += 1;
          tally.expect(push.isApplied === (fate === 'unheard'), `trial ${n}: the push was not ${fate}`);
          await die(page, death);
          const isCut = await until(() => push.isForsaken, 5_000);
          tally.expect(isCut, `trial ${n}: the tab ${death} and its push was not cut`);
          page = await goOn(context, town, tally, ids, fate);
        }
        await tally.lookForDoubles();
      } finally {
        town.gate.lose();
        await browser.close();
      }
      const figures = tally.figures(times);
      sayFigures('tab-killed', figures, `seed ${seed}: ${applied} had been done by the server unheard`);
      return figures;
    }),
};

/** @returns the ids of the push that is on its way now */
async function tapAndHold(
  page: Page,
  town: RigTown,
  kind: TapKind,
  mark: string,
  fate: (typeof fates)[number],
): Promise<readonly string[]> {
  await page.goto(screenOf(kind, town));
  const tap = await prepareTap(page, kind, mark);
  town.gate.rule = fate === 'unheard' ? 'mute' : 'hold';
  await tapNow(page, tap);
  if (!(await until(() => town.gate.held.length > 0, 10_000))) throw new Error('no push came');
  return town.gate.held[0]!.ids;
}

async function die(page: Page, death: (typeof deaths)[number]): Promise<void> {
  if (death === 'closed') return page.close();
  const crashed = new Promise((resolve) => page.once('crash', resolve));
  const devtools = await page.context().newCDPSession(page);
  // The answer never comes: who would give it is gone.
  devtools.send('Page.crash').catch(() => undefined);
  await crashed;
  await page.close();
}

/** A new tab has it still to send, and sends it by itself. */
async function goOn(
  context: BrowserContext,
  town: RigTown,
  tally: Tally,
  ids: readonly string[],
  fate: (typeof fates)[number],
): Promise<Page> {
  const { gate } = town;
  // What waits stays where it is; the new tab's own pushes pass.
  gate.rule = 'pass';
  if (fate !== 'late') gate.lose();
  const before = gate.pushes.length;
  const page = await context.newPage();
  await page.goto(`${gate.url}/pending`);
  await page.locator('h1').filter({ hasText: '我办的事' }).waitFor();
  await tally.followToEnd(page, ids);
  const sent = gate.pushes.slice(before).flatMap((push) => push.ids);
  const again = ids.every((id) => sent.includes(id));
  tally.expect(again, 'the next tab did not send what the server had not been heard about');
  // The dead tab's own words arrive at last.
  await gate.release();
  for (const half of halves(await readKept(page))) tally.expect(false, half);
  return page;
}

import type { BrowserContext, Page } from 'playwright-core';
import type { Chance } from '../../src/rehearsal/chance.ts';
import { signIn } from '../support/browser-town.ts';
import { openBrowser, openPhonePage } from '../support/browser.ts';
import { readKept } from './browser-kept.ts';
import { inTown, pause, sayFigures, seededChance, until, type RigTown } from './browser-support.ts';
import { answeredTo, Tally } from './browser-tally.ts';
import { prepareTap, screenOf, tapNow } from './browser-taps.ts';
import type { Trial } from './trial.ts';

/** Taps of different tabs come within so many ms of each other. */
const TOGETHER_MS = 60;
/** Tabs by trial. */
const TABS = [4, 2, 3] as const;

export const tabs: Trial = {
  name: 'tabs',
  about: 'two to four tabs of one phone all act at once; then the one that sent is closed, and the others act again',
  short: 2,
  long: 45,
  run: (times) =>
    inTown(async (town) => {
      const { seed, chance } = seededChance('tabs');
      const tally = new Tally(town);
      const browser = await openBrowser();
      let acts = 0;
      try {
        for (let n = 0; n < times; n++) {
          const { page } = await openPhonePage(browser);
          const phone = new TabbedPhone(page.context(), town, tally, chance, `${seed}-${n}`);
          await signIn(page, town.nextLink());
          acts += await phone.live(page, TABS[n % TABS.length]!);
          await page.context().close();
        }
        await tally.lookForDoubles();
      } finally {
        await browser.close();
      }
      const figures = tally.figures(times);
      sayFigures('tabs', figures, `seed ${seed}: ${acts} acts, pushed by one tab at a time`);
      return figures;
    }),
};

/** A phone on which somebody left several tabs open. */
class TabbedPhone {
  private tabs: Page[] = [];
  /** Which tab sent each push of this phone, as the tabs themselves ask for it. */
  private readonly senders: { readonly tab: Page; readonly ids: readonly string[] }[] = [];
  private acts = 0;

  constructor(
    private readonly context: BrowserContext,
    private readonly town: RigTown,
    private readonly tally: Tally,
    private readonly chance: Chance,
    private readonly mark: string,
  ) {}

  /** @returns how much was done */
  async live(first: Page, count: number): Promise<number> {
    this.tabs = [first];
    while (this.tabs.length < count) this.tabs.push(await this.context.newPage());
    for (const tab of this.tabs) this.watch(tab);
    const leader = await this.actTogether();
    if (leader !== undefined) {
      await leader.close();
      this.tabs = this.tabs.filter((tab) => tab !== leader);
      await this.actTogether();
    }
    return this.acts;
  }

  private watch(tab: Page): void {
    tab.on('request', (request) => {
      if (!request.url().endsWith('/api/push')) return;
      const { mutations } = request.postDataJSON() as { mutations: { id: string }[] };
      this.senders.push({ tab, ids: mutations.map(({ id }) => id) });
    });
  }

  /** Every tab asks for something of its own, and one of them says 家里都好. @returns the tab that sent */
  private async actTogether(): Promise<Page | undefined> {
    const { town, tally, tabs, chance } = this;
    const { deviceId } = await readKept(tabs[0]!);
    const known = new Set((await answeredTo(town, deviceId)).map(({ id }) => id));
    const before = this.senders.length;
    const ready = [];
    for (const [index, tab] of tabs.entries()) {
      const kind = index === 0 ? 'check-in' : 'errand';
      await tab.goto(screenOf(kind, town));
      const mark = `${this.mark}-${this.acts + index}。`;
      ready.push({ tab, tap: await prepareTap(tab, kind, `快递 ${mark}`), mark });
    }
    await Promise.all(
      ready.map(async ({ tab, tap }) => {
        await pause(chance.between(0, TOGETHER_MS));
        await tapNow(tab, tap);
      }),
    );
    this.acts += tabs.length;
    const answered = async () => (await answeredTo(town, deviceId)).filter(({ id }) => !known.has(id));
    await until(async () => (await answered()).length >= tabs.length);
    const done = await answered();
    if (done.length < tabs.length) tally.lost += tabs.length - done.length;
    if (done.length > tabs.length) tally.doubled += done.length - tabs.length;
    await tally.followToEnd(
      tabs[0]!,
      done.map(({ id }) => id),
    );
    const others = ready.slice(1).map(({ mark }) => mark);
    await this.expectSeenLive(tabs[0]!, others);
    await this.expectSameEverywhere();
    return this.expectOneSender(this.senders.slice(before));
  }

  /** The tab on the home screen lists what the others asked for, without being loaded anew. */
  private async expectSeenLive(home: Page, marks: readonly string[]): Promise<void> {
    const read = () => home.locator('main').innerText();
    const all = async () => ((text) => marks.every((mark) => text.includes(mark)))(await read());
    if (!(await until(all))) this.tally.expect(false, `not all of ${marks.join(' ')} in: ${await read()}`);
  }

  /** 我办的事 reads the same in every tab. */
  private async expectSameEverywhere(): Promise<void> {
    for (const tab of this.tabs) await tab.goto(`${this.town.gate.url}/pending`);
    const read = async () => Promise.all(this.tabs.map((tab) => tab.locator('main').innerText()));
    const isSettled = (text: string) => text.includes('等人接') && !text.includes('还没发出');
    const same = async () => new Set(await read()).size === 1 && (await read()).every(isSettled);
    if (!(await until(same))) this.tally.expect(false, `the tabs differ: ${(await read()).join(' | ')}`);
  }

  private expectOneSender(pushes: TabbedPhone['senders']): Page | undefined {
    const senders = new Set(pushes.map(({ tab }) => tab));
    this.tally.expect(senders.size === 1, `${senders.size} tabs sent`);
    const ids = pushes.flatMap((push) => push.ids);
    this.tally.expect(new Set(ids).size === ids.length, 'something was pushed twice although nothing was wrong');
    return pushes.at(-1)?.tab;
  }
}

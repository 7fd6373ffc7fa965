import type { Browser, Page } from 'playwright-core';
import { signIn, untilKept } from '../support/browser-town.ts';
import { openBrowser, openPhonePage } from '../support/browser.ts';
import { Deployment } from './browser-deployment.ts';
import { readKept } from './browser-kept.ts';
import { GOODS, inTown, pause, sayFigures, seededChance, until, type RigTown } from './browser-support.ts';
import { answeredTo, Tally } from './browser-tally.ts';
import type { Trial } from './trial.ts';

/**
 * What the person does with the basket half full when the new build is there: orders at once, loads the page anew, opens
 * the app again after closing it, or goes to another screen whose file is no longer on the server (without a service
 * worker, two builds later).
 */
const ways = ['orders', 'reloads', 'reopens', 'meets a missing file'] as const;
type Way = (typeof ways)[number];

export const newBuild: Trial = {
  name: 'new-build',
  about: 'a newer build is deployed while an order is half filled: one order, the basket intact, never a white screen',
  short: 4,
  long: 40,
  run: (times) =>
    inTown(async (town) => {
      const { seed, chance } = seededChance('new-build');
      const tally = new Tally(town);
      const browser = await openBrowser();
      const deployment = await Deployment.prepare();
      town.gate.files = deployment.files;
      try {
        for (let n = 0; n < times; n++) {
          const way = ways[n % ways.length]!;
          const phone = await OrderingPhone.open(browser, town, tally, deployment, way);
          // Now and then the server itself starts anew with the files, as a real deployment does.
          await phone.live(chance.between(1, 5), n % 2 === 1);
          await phone.close();
        }
        await tally.lookForDoubles();
      } finally {
        town.gate.files = undefined;
        await browser.close();
        await deployment.remove();
      }
      const figures = tally.figures(times);
      sayFigures('new-build', figures, `seed ${seed}: each order placed across a deployment`);
      return figures;
    }),
};

/** A phone with an order half filled. */
class OrderingPhone {
  private constructor(
    private page: Page,
    private readonly town: RigTown,
    private readonly tally: Tally,
    private readonly deployment: Deployment,
    private readonly way: Way,
  ) {}

  static async open(
    browser: Browser,
    town: RigTown,
    tally: Tally,
    deployment: Deployment,
    way: Way,
  ): Promise<OrderingPhone> {
    const serviceWorkers = way === 'meets a missing file' ? 'block' : 'allow';
    const { page } = await openPhonePage(browser, { serviceWorkers });
    await signIn(page, town.nextLink());
    if (serviceWorkers === 'allow') await untilKept(page);
    return new OrderingPhone(page, town, tally, deployment, way);
  }

  close(): Promise<void> {
    return this.page.context().close();
  }

  /** @param quantity portions to order @param restarts whether the server starts anew with the new files */
  async live(quantity: number, restarts: boolean): Promise<void> {
    const { town, tally, way, deployment } = this;
    await this.fillBasket(quantity);
    const { deviceId } = await readKept(this.page);
    const before = deployment.entry;
    if (way === 'meets a missing file') await deployment.deploy({ keepBefore: true });
    await deployment.deploy({ keepBefore: way !== 'meets a missing file' });
    if (restarts) await town.restart();
    if (way === 'meets a missing file') await this.meetMissingFile(before);
    else await this.meetUpdate();
    await this.expectBasket(quantity);

    await this.page.getByRole('button', { name: '参与接龙' }).click();
    const orders = async () => (await answeredTo(town, deviceId)).filter(({ name }) => name === 'groupBuy.placeOrder');
    if (!(await until(async () => (await orders()).length > 0))) tally.stuck += 1;
    const placed = await orders();
    await tally.followToEnd(
      this.page,
      placed.map(({ id }) => id),
    );
    if (this.hasStrip()) await this.takeUpdate();
    await this.expectNewest();
    await this.page.getByText('我家的订单').waitFor();
    const now = (await orders()).length;
    if (now > 1) tally.doubled += now - 1;
    this.expect((await this.ordered(deviceId)) === quantity, `${await this.ordered(deviceId)} of ${quantity} ordered`);
  }

  private async fillBasket(quantity: number): Promise<void> {
    const { page, town } = this;
    await page.goto(`${town.gate.url}/buy/${town.round}`);
    for (let n = 0; n < quantity; n++) await this.more().click();
    await until(async () => (await readKept(page)).drafts.length > 0);
  }

  /** What was picked is still there. Else the order goes on with what can be picked again. */
  private async expectBasket(quantity: number): Promise<void> {
    const isIntact = await until(async () => (await this.portions()) === quantity, 5_000);
    this.expect(isIntact, `the basket holds ${await this.portions()} of ${quantity}`);
    while ((await this.portions()) < quantity) await this.more().click();
  }

  /** The newer build comes to this phone as the browser brings it; nobody is asked while the basket is half full. */
  private async meetUpdate(): Promise<void> {
    await this.page.evaluate(async () => {
      await (await navigator.serviceWorker.ready).update();
    });
    const waits = () => this.page.evaluate(async () => (await navigator.serviceWorker.ready).waiting !== null);
    this.expect(await until(waits), 'the newer build never came to this phone');
    await pause(200);
    this.expect((await this.strip().count()) === 0, 'an update was offered over a half-filled order');
    if (this.way === 'reloads') await this.page.reload();
    if (this.way === 'reopens') {
      const context = this.page.context();
      await this.page.close();
      this.page = await context.newPage();
      await this.page.goto(`${this.town.gate.url}/buy/${this.town.round}`);
    }
    await this.more().waitFor();
  }

  /** Without a service worker: the list's file went with the old build, so the page loads itself anew, once. */
  private async meetMissingFile(before: string): Promise<void> {
    const gone = await fetch(`${this.town.gate.url}/assets/${before}`);
    this.expect(gone.status === 404, `the old build's files are still there (${gone.status})`);
    await this.page.getByRole('button', { name: '返回' }).click();
    const loaded = this.page.waitForEvent('load', { timeout: 10_000 }).catch(() => undefined);
    await this.page.getByRole('navigation').getByRole('link', { name: '买菜' }).click();
    this.expect((await loaded) !== undefined, 'the page did not load itself anew');
    await this.page.locator('h1').filter({ hasText: /./ }).waitFor();
    await this.page.goto(`${this.town.gate.url}/buy/${this.town.round}`);
    await this.more().waitFor();
  }

  /** Whether this way leads to the strip: an app opened again, or loaded without a worker, is of the newest build already. */
  private hasStrip(): boolean {
    return this.way === 'orders' || this.way === 'reloads';
  }

  /** Nothing is half done any more: the strip is there, and one tap takes the newer build. */
  private async takeUpdate(): Promise<void> {
    const isOffered = await this.strip()
      .waitFor()
      .then(
        () => true,
        () => false,
      );
    this.expect(isOffered, 'nothing was offered although nothing is half done');
    if (isOffered) await this.strip().click();
  }

  private async expectNewest(): Promise<void> {
    const { entry } = this.deployment;
    const runs = () => this.page.locator(`script[src$="${entry}"]`).count();
    const isNew = await until(async () => (await runs().catch(() => 0)) > 0, 10_000);
    this.expect(isNew, 'the newer build does not run');
    await this.page.locator('h1').filter({ hasText: /./ }).waitFor();
  }

  private more() {
    return this.page.getByRole('button', { name: new RegExp(`^${GOODS}.*加一$`) });
  }

  private strip() {
    return this.page.getByRole('button', { name: '换新版本' });
  }

  private async portions(): Promise<number> {
    return Number(await this.page.getByRole('spinbutton').first().inputValue());
  }

  private async ordered(deviceId: string): Promise<number> {
    const [row] = await this.town.db.query<{ quantity: number }>(
      `select (lines->0->>'quantity')::int as quantity from group_buy_order o
         join device d on d.household_id = o.household_id where d.id = $1 and o.state = 'placed'`,
      [deviceId],
    );
    return row?.quantity ?? 0;
  }

  private expect(isSo: boolean, otherwise: string): void {
    this.tally.expect(isSo, `${this.way}: ${otherwise}`);
  }
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { findBrowser } from './find-browser.ts';

/** Ms that a screen may take on a loaded machine. Every wait is for something seen, never for a time. */
export const PATIENCE_MS = 30_000;

const args = [
  '--no-sandbox',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** A cheap phone in somebody's hand. */
export const phoneSize: BrowserContextOptions = {
  viewport: { width: 360, height: 640 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
  locale: 'zh-CN',
  timezoneId: 'Asia/Shanghai',
};

/** A browser for several phones that are never closed within a story. Each context is a phone of its own. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await findBrowser(), args });
}

/** Gives a page at a phone's size in a context of its own. */
export async function openPhonePage(browser: Browser, options: BrowserContextOptions = {}): Promise<PhonePage> {
  const context = await browser.newContext({ ...phoneSize, ...options });
  context.setDefaultTimeout(PATIENCE_MS);
  return new PhonePage(await context.newPage());
}

/** A page whose complaints are kept: errors in the console, refused by the content security policy, thrown and not caught. */
export class PhonePage {
  readonly complaints: string[] = [];

  constructor(readonly page: Page) {
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(`${message.text()} (${message.location().url})`);
    });
    page.on('pageerror', (error) => this.complaints.push(`thrown: ${error.stack ?? error.message}`));
  }

  /** What the page complained of beyond the network's being away, which stories take away on purpose. */
  faults(): string[] {
    return this.complaints.filter((line) => !/net::ERR_|Failed to load resource/.test(line));
  }
}

/** A phone whose browser can be closed and opened again: its profile stays on the disk until `remove`. */
export class KeptPhone {
  private context: BrowserContext | undefined;
  private current: PhonePage | undefined;

  private constructor(
    private readonly folder: string,
    private readonly options: BrowserContextOptions,
  ) {}

  static async prepare(options: BrowserContextOptions = {}): Promise<KeptPhone> {
    return new KeptPhone(await mkdtemp(join(tmpdir(), 'shouwang-browser-')), options);
  }

  /** Starts the browser on this phone's profile, with an empty page. */
  async open(): Promise<PhonePage> {
    const executablePath = await findBrowser();
    this.context = await chromium.launchPersistentContext(this.folder, {
      executablePath,
      args,
      ...phoneSize,
      ...this.options,
    });
    this.context.setDefaultTimeout(PATIENCE_MS);
    this.current = new PhonePage(this.context.pages()[0] ?? (await this.context.newPage()));
    return this.current;
  }

  get page(): Page {
    if (!this.current) throw new Error('this phone is closed');
    return this.current.page;
  }

  async setOffline(offline: boolean): Promise<void> {
    await this.context?.setOffline(offline);
  }

  /** The browser is closed; what it stored stays. */
  async close(): Promise<void> {
    const context = this.context;
    this.context = undefined;
    this.current = undefined;
    await context?.close();
  }

  async remove(): Promise<void> {
    await this.close();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/** Leaves a picture of every page in data/failed, for whoever asks why a story stopped. */
export async function pictureFailures(story: string, pages: readonly PhonePage[]): Promise<void> {
  for (const [index, { page }] of pages.entries()) {
    if (page.isClosed()) continue;
    await page.screenshot({ path: join('data', 'failed', `${story}-${index}.png`), fullPage: true }).catch(() => {});
  }
}

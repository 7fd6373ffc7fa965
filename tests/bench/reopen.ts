import type { Page } from 'playwright-core';
import { signIn, untilKept } from '../support/browser-town.ts';
import { KeptPhone } from '../support/browser.ts';
import { median, spread, type Figure } from './figure.ts';
import { openFullTown } from './full-town.ts';

const RUNS = 7;
const LINES = 20;
/** A ¥600 Android beside the machine that measures. */
const SLOWER = 4;

interface Opened {
  /** Ms from the start of the navigation until the lines were drawn. */
  readonly lines: number;
  /** Of these, until the kept index.html came out of the service worker. */
  readonly answered: number;
  /** Until the first words of anything. */
  readonly words: number;
}

/**
 * A phone with 20,000 rows, 5,000 of them notices, opened on the notices with no server there, CPU 4 × slower, the browser
 * started anew each time. The slowing reaches the page, its service worker it does not: devtools cannot.
 */
export async function reopen(): Promise<Figure[]> {
  const { server, codes } = await openFullTown();
  const phone = await KeptPhone.prepare();
  try {
    const { page } = await phone.open();
    page.setDefaultTimeout(60_000);
    await signIn(page, `${server.url}/in#${codes[0]}`);
    await page.locator('.fresh').filter({ hasText: '刚更新' }).waitFor();
    await untilKept(page);
    await phone.close();
    await server.stop();

    const runs: Opened[] = [];
    for (let run = 0; run < RUNS; run++) {
      runs.push(await openNotices((await phone.open()).page, server.url));
      await phone.close();
    }
    const of = (pick: keyof Opened) => runs.map((run) => run[pick]);
    const lines = median(of('lines'));
    return [
      {
        name: 'reopen, offline, CPU 4 × slower: 20 notices, ms',
        value: spread(of('lines')),
        raw: lines,
        aim: '≤ 1000',
      },
      { name: 'reopen: of these, until index.html, ms', value: spread(of('answered')), raw: median(of('answered')) },
      { name: 'reopen: of these, until the first words, ms', value: spread(of('words')), raw: median(of('words')) },
    ];
  } finally {
    await phone.remove();
    await server.remove();
  }
}

async function openNotices(page: Page, url: string): Promise<Opened> {
  await page.addInitScript(noteLines, LINES);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await page.goto(`${url}/notices`, { waitUntil: 'commit' });
  await page.waitForFunction(() => 'linesAt' in window, undefined, { polling: 100 });
  return page.evaluate(() => {
    const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    const [words] = performance.getEntriesByName('first-contentful-paint');
    return {
      lines: (window as unknown as { linesAt: number }).linesAt,
      answered: navigation!.responseStart,
      words: words?.startTime ?? 0,
    };
  });
}

/** Runs in the page before the app: notes when so many lines have been drawn. */
function noteLines(wanted: number): void {
  const noted = window as unknown as { linesAt?: number };
  const observer = new MutationObserver(() => {
    if (document.querySelectorAll('main .lines > li').length < wanted) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => (noted.linesAt = performance.now())));
  });
  observer.observe(document, { subtree: true, childList: true });
}

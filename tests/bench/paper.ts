import type { Page } from 'playwright-core';
import type { Database } from '../../src/server/database/database.ts';
import { openDatabase } from '../../src/server/database/open-database.ts';
import { silentLog } from '../../src/server/log.ts';
import { serverWorld } from '../../src/server/server-world.ts';
import { signIn, untilKept } from '../support/browser-town.ts';
import { openBrowser, openPhonePage } from '../support/browser.ts';
import { RealServer } from '../support/real-server.ts';
import { plainRoster } from '../support/wire-client.ts';
import { median, spread, type Figure } from './figure.ts';
import { allowNamedFunctions } from './in-page.ts';
import { greatestSince, serverProcess } from './peak-memory.ts';
import { ITEMS, ORDERS, ROUND, writeRound } from './paper-round.ts';

const RUNS = 7;
/** How much slower a cheap phone is than this machine. */
const SLOWER = 4;

/**
 * A round of 5,000 households that each ordered all of 20 items, closed: how long its organiser waits for the first page
 * of the sorting sheet in the built app, and for the files; and what the server has to spare for others meanwhile.
 */
export async function paper(): Promise<Figure[]> {
  const server = await RealServer.prepare({ NODE_ENV: 'production' });
  const { gridWorker } = await server.openCommunity(plainRoster(ORDERS), '分拣小区');
  await server.start();
  const database = await openDatabase({ dataFolder: server.dataFolder, join: true }, silentLog, serverWorld);
  const browser = await openBrowser();
  try {
    await writeRound(database.db);
    await isWhole(database.db);
    const { page } = await openPhonePage(browser, { bypassCSP: true });
    page.setDefaultTimeout(120_000);
    await allowNamedFunctions(page);
    await signIn(page, `${server.url}/in#${gridWorker}`);
    await untilKept(page);
    await page.locator('.fresh, main').first().waitFor();
    const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');

    const sheets: Answered[] = [];
    for (let run = 0; run <= RUNS; run++) sheets.push(await ask(server, cookie, 'sheet'));
    const answers = sheets.slice(1).map(({ ms }) => ms);
    const drawn = await firstPages(page, server.url, false);
    const kept = await firstPages(page, server.url, true);
    const client = await page.context().newCDPSession(page);
    await client.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    const slow = await firstPages(page, server.url, false);
    await page.close();

    return [
      {
        name: `paper: orders × items, MB of the sheet`,
        value: `${ORDERS} × ${ITEMS}, ${megabytes(sheets[0])}`,
        raw: sheets[0]?.bytes ?? 0,
      },
      { name: 'paper: sorting sheet, the server’s answer, ms', value: spread(answers), raw: median(answers) },
      {
        name: 'paper: sorting sheet, from the tap to the first page drawn, ms',
        value: spread(drawn),
        raw: median(drawn),
        aim: '≤ 1,000',
      },
      { name: 'paper: the same from what is kept, without a network, ms', value: spread(kept), raw: median(kept) },
      { name: `paper: the same on a processor ${SLOWER} × slower, ms`, value: spread(slow), raw: median(slow) },
      ...(await files(server, cookie)),
    ];
  } finally {
    await browser.close();
    await database.stop();
    await server.remove();
  }
}

/** What is measured must be there. */
async function isWhole(db: Database): Promise<void> {
  const [row] = await db.query<{ lines: number }>(
    'select sum(jsonb_array_length(lines))::int as lines from group_buy_order where group_buy_id = $1',
    [ROUND],
  );
  if (row?.lines !== ORDERS * ITEMS) throw new Error(`the round holds ${row?.lines} lines`);
}

interface Answered {
  readonly ms: number;
  readonly bytes: number;
}

async function ask({ url }: RealServer, cookie: string, what: string): Promise<Answered> {
  const began = performance.now();
  const response = await fetch(`${url}/api/desk/group-buys/${ROUND}/${what}`, { headers: { cookie } });
  const { byteLength } = await response.arrayBuffer();
  if (!response.ok) throw new Error(`${what}: ${response.status}`);
  return { ms: performance.now() - began, bytes: byteLength };
}

/**
 * From 我的 to the sheet within the app, as a tap on its link does.
 * @param fromKept without a network, from the answer that the phone has; else the phone has none and asks
 * @returns ms until the first stairway's first door stands on the screen
 */
async function firstPages(page: Page, url: string, fromKept: boolean): Promise<number[]> {
  const times: number[] = [];
  for (let run = 0; run <= RUNS; run++) {
    await page.goto(`${url}/me`);
    await page.locator('h1').waitFor();
    if (fromKept) await page.context().setOffline(true);
    else await forgetAnswers(page);
    times.push(await page.evaluate(untilDrawn, `/buy/${ROUND}/sheet`));
    await page.context().setOffline(false);
  }
  // The first one loads the screen's code.
  return times.slice(1);
}

function untilDrawn(path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const look = (): void => {
      if (performance.now() - began > 30_000) return reject(new Error('no door of the sheet was drawn within 30 s'));
      const door = document.querySelector('.doors li strong');
      if (door?.textContent) requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)));
      else requestAnimationFrame(look);
    };
    history.pushState({}, '', path);
    dispatchEvent(new PopStateEvent('popstate', { state: {} }));
    look();
  });
}

function forgetAnswers(page: Page): Promise<void> {
  return page.evaluate(async () => {
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve) => {
        const opening = indexedDB.open(name!);
        opening.addEventListener('success', () => resolve(opening.result));
      });
      if (database.objectStoreNames.contains('answers')) {
        const writing = database.transaction('answers', 'readwrite');
        writing.objectStore('answers').clear();
        await new Promise((resolve) => writing.addEventListener('complete', resolve));
      }
      database.close();
    }
  });
}

/** The files: time, size, what the server grows by while it makes them, and how long others wait meanwhile. */
async function files(server: RealServer, cookie: string): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { what, aim } of [
    { what: 'orders.xlsx', aim: '≤ 3,000' },
    { what: 'orders.csv', aim: undefined },
  ]) {
    const times: number[] = [];
    const waits: number[] = [];
    let bytes = 0;
    const process = serverProcess();
    const memory = process === undefined ? undefined : greatestSince(process);
    for (let run = 0; run < RUNS; run++) {
      const asked = ask(server, cookie, what);
      waits.push(await worstWait(server, asked));
      const one = await asked;
      times.push(one.ms);
      bytes = one.bytes;
    }
    figures.push(
      {
        name: `paper: ${what} (${(bytes / 1e6).toFixed(1)} MB), ms`,
        value: spread(times),
        raw: median(times),
        ...(aim && { aim }),
      },
      {
        name: `paper: ${what}, the longest that another request waited meanwhile, ms`,
        value: spread(waits),
        raw: median(waits),
      },
    );
    const seen = memory?.();
    if (seen !== undefined) {
      figures.push({
        name: `paper: ${what}, MB: server before, at most of ${RUNS} in a row, growth`,
        value: `${seen.before}, ${seen.most}, ${seen.most - seen.before}`,
        raw: seen.most - seen.before,
        ...(aim && { aim: 'growth ≤ 150' }),
      });
    }
  }
  return figures;
}

/** Asks for the server's health again and again until the work is done. @returns ms of the slowest answer */
async function worstWait({ url }: RealServer, work: Promise<unknown>): Promise<number> {
  let [isDone, worst] = [false, 0];
  void work.finally(() => (isDone = true));
  while (!isDone) {
    const began = performance.now();
    await (await fetch(`${url}/api/health`)).arrayBuffer();
    worst = Math.max(worst, performance.now() - began);
  }
  return worst;
}

const megabytes = (answered: Answered | undefined): string => ((answered?.bytes ?? 0) / 1e6).toFixed(2);

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'vite';
import { corpusGoods } from '../support/chain-corpus.ts';
import { openBrowser, openPhonePage } from '../support/browser.ts';
import { median, spread, type Figure } from './figure.ts';
import { allowNamedFunctions } from './in-page.ts';
import type { ChainDoor } from '../../src/pillars/group-buy/chain/entry.ts';
import type { parseChain } from '../../src/pillars/group-buy/chain/parse.ts';
import type { syllables } from '../../src/pillars/group-buy/chain/screens/pinyin.ts';

const RUNS = 15;
const LINES = 500;
/** Rounds of such a size have this many kinds. */
const GOODS = 20;

/** What the bundle leaves in the page. */
interface Reader {
  readonly parseChain: typeof parseChain;
  readonly syllables: typeof syllables;
}

/**
 * 500 entries of a chat as people write them, a tenth of them with doubts, against 5,000 doors and 20 goods: read in
 * Chromium by the app's own code, pinyin included, once cold (the index of doors and the code are new) and then warm; also
 * on a processor four times slower.
 */
export async function chain(): Promise<Figure[]> {
  const page500 = textOf(LINES);
  const script = await bundle();
  const server = createServer((request, response) => {
    response.setHeader('content-type', request.url === '/reader.js' ? 'text/javascript' : 'text/html');
    response.end(request.url === '/reader.js' ? script : '<!doctype html><title>reader</title>');
  }).listen(0, '127.0.0.1');
  const browser = await openBrowser();
  try {
    const { page } = await openPhonePage(browser);
    await allowNamedFunctions(page);
    const cold: number[] = [];
    const warm: number[] = [];
    const slow: number[] = [];
    const given = { text: page500, doors: doorsOf(5_000), goods: goodsOf() };
    const entries: number[] = [];
    for (const rate of [1, 4]) {
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      await page.addScriptTag({ url: '/reader.js', type: 'module' });
      await page.waitForFunction(() => 'reader' in window);
      const devtools = await page.context().newCDPSession(page);
      await devtools.send('Emulation.setCPUThrottlingRate', { rate });
      const seen = await page.evaluate(
        ({ text, doors, goods, runs }) => {
          const { parseChain, syllables } = (window as unknown as { reader: Reader }).reader;
          return Array.from({ length: runs }, () => {
            const began = performance.now();
            const read = parseChain(text, doors, goods, syllables);
            return { ms: performance.now() - began, entries: read.entries.length };
          });
        },
        { ...given, runs: RUNS },
      );
      entries.push(...seen.map((one) => one.entries));
      const [first, ...others] = seen.map((one) => one.ms);
      if (rate === 1) {
        cold.push(first!);
        warm.push(...others);
      } else slow.push(...others);
    }
    if (entries.some((count) => count !== LINES)) throw new Error(`not all entries were found: ${entries.join()}`);
    return [
      {
        name: `接龙: ${LINES} entries read in Chromium, the first time, ms`,
        value: spread(cold),
        raw: median(cold),
        aim: '≤ 200',
      },
      { name: `接龙: ${LINES} entries, again, ms`, value: spread(warm), raw: median(warm), aim: '≤ 200' },
      { name: `接龙: ${LINES} entries, processor 4 × slower, ms`, value: spread(slow), raw: median(slow) },
    ];
  } finally {
    await browser.close();
    server.close();
  }
}

/** The app's own code for a page without the app. */
async function bundle(): Promise<string> {
  const entry = join(import.meta.dirname, 'chain-in-page.ts');
  const outDir = join(import.meta.dirname, '../../.cache/bench-chain');
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      rolldownOptions: { input: entry, output: { entryFileNames: 'reader.js' } },
    },
  });
  return readFile(join(outDir, 'reader.js'), 'utf8');
}

function doorsOf(count: number): ChainDoor[] {
  return Array.from({ length: count }, (_, i) => {
    const [building, unit, room] = [
      Math.floor(i / 200) + 1,
      (Math.floor(i / 50) % 4) + 1,
      (Math.floor(i / 2) % 25) + 1,
    ];
    const door = `${building}-${unit}-${room}0${(i % 2) + 1}`;
    return { householdId: door, door, building: `${building}栋`, unit: String(unit), room: `${room}0${(i % 2) + 1}` };
  });
}

function goodsOf() {
  return Array.from({ length: GOODS }, (_, i) => {
    const like = corpusGoods[i % corpusGoods.length]!;
    return {
      ...like,
      id: `${like.id}${i}`,
      name: i < corpusGoods.length ? like.name : `${like.name}${i}号装`,
      position: i,
    };
  });
}

/** Entries in the forms that people use, by turns. */
function textOf(count: number): string {
  const doors = doorsOf(5_000);
  const forms: readonly ((at: ChainDoor) => string)[] = [
    ({ door }) => `${door} 王秀兰 白菜2 鲜鸡蛋1板 备注不要辣`,
    ({ building, unit, room }) => `${building}${unit}单元${room} 白菜x2 土豆*1`,
    ({ building, unit, room }) => `${building.replace('栋', '号楼')}${unit}单元${room}室 青椒两份，土豆 3斤 一板鲜鸡蛋`,
    ({ door }) => `${door} 李 A2 B1`,
    ({ door }) => `${door} 大米1袋 五花肉一份 三黄鸡1只 谢谢🙏`,
    ({ door }) => `${door} baicai2 tudou3`,
    ({ door }) => `${door} 白菜、土豆各两份`,
    ({ door }) => `${door} 消毒液1桶，牛奶1箱，13800138000`,
    ({ room }) => `${room} 鸡蛋2`,
    ({ door }) => `${door} 白采2 菠萝1 白菜1.5`,
  ];
  return Array.from(
    { length: count },
    (_, i) => `${i + 1}. ${forms[i % forms.length]!(doors[(i * 7) % doors.length]!)}`,
  ).join('\n');
}

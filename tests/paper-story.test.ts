import { strFromU8, unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../src/domain/day.ts';
import type { Log } from '../src/server/log.ts';
import type { Item, Order } from '../src/pillars/group-buy/schema.ts';
import type { SortingSheet, SupplierSheet } from '../src/pillars/group-buy/paper/sheet.ts';
import type { HttpDevice } from './support/http-device.ts';
import { homes, openTown, type Town } from './support/town.ts';

const round = '019f0000-0000-7000-8000-000000000001';
const rice = '019f0000-0000-7000-8000-0000000000a1';
const eggs = '019f0000-0000-7000-8000-0000000000a2';
const trap = '019f0000-0000-7000-8000-0000000000a3';
const PAPERS = ['sheet', 'supplier', 'orders.csv', 'orders.xlsx'] as const;

let town: Town;
let tian: HttpDevice;
const written: unknown[] = [];
const log: Log = { info: (message, facts) => written.push([message, facts]), error: (...all) => written.push(all) };

beforeEach(async () => {
  written.length = 0;
  town = await openTown({ log });
  tian = await town.device('tian');
  const goods = { contents: '', perHousehold: 9 };
  const opened = await tian.act('groupBuy.open', {
    id: round,
    title: '蔬菜第 7 团',
    supplier: '老王菜园',
    opensAt: town.world.now() - MINUTE_MS,
    closesAt: town.world.now() + 60 * MINUTE_MS,
    items: [
      { ...goods, id: rice, name: '东北大米', unit: '袋', weightJin: 10, priceFen: 4_510, stock: 90, caseSize: 4 },
      { ...goods, id: eggs, name: '鲜鸡蛋', unit: '板', priceFen: 3_800, stock: 40, supplier: '张家鸡舍' },
      { ...goods, id: trap, name: '=HYPERLINK("http://x")', unit: '份', priceFen: 100, stock: 40 },
    ],
  });
  expect(opened).toMatchObject({ outcome: 'accepted' });
});
afterEach(() => town.close());

async function order(who: 'wang' | 'li' | 'chen' | 'he', lines: [string, number][], more: object = {}): Promise<void> {
  const verdict = await (
    await town.device(who)
  ).act('groupBuy.placeOrder', {
    groupBuyId: round,
    householdId: homes[who],
    lines: lines.map(([itemId, quantity]) => ({ itemId, quantity, ifShort: 'drop' })),
    ...more,
  });
  expect(verdict).toMatchObject({ outcome: 'accepted' });
}

async function answer<T>(path: string): Promise<T> {
  const response = await tian.request(`/api/desk/group-buys/${round}/${path}`);
  expect(response.status).toBe(200);
  return (await response.json()) as T;
}
const sheet = () => answer<SortingSheet>('sheet');

async function file(path: string): Promise<{ readonly bytes: Uint8Array; readonly headers: Headers }> {
  const response = await tian.request(`/api/desk/group-buys/${round}/${path}`);
  expect(response.status).toBe(200);
  return { bytes: new Uint8Array(await response.arrayBuffer()), headers: response.headers };
}

describe('the sorting sheet', () => {
  it('goes through the doors as they are carried: building, unit, the top floor first', async () => {
    await order('wang', [[rice, 1]]);
    await order('chen', [[rice, 2]]);
    await order('li', [[eggs, 3]]);
    await order('he', [[eggs, 1]]);
    const { stairways, columns } = await sheet();
    expect(columns.map(({ name }) => name)).toEqual(['东北大米', '鲜鸡蛋', '=HYPERLINK("http://x")']);
    expect(stairways.map((one) => [one.building, one.unit, one.doors.map(({ door }) => door)])).toEqual([
      ['1栋', '1', ['1-1-201', '1-1-101']],
      ['3栋', '1', ['3-1-402']],
      ['3栋', '2', ['3-2-501']],
    ]);
  });

  it('adds up: every stairway to its doors, all of them to the orders that stand', async () => {
    await order('wang', [[rice, 4], [eggs, 1]], { note: '放门口' }); // prettier-ignore
    await order('li', [[rice, 3]]);
    await order('chen', [[rice, 2], [eggs, 5]]); // prettier-ignore
    await (await town.device('li')).act('groupBuy.cancelOrder', { groupBuyId: round, householdId: homes.li });
    const { totals, stairways } = await sheet();
    expect(totals).toEqual([6, 6, 0]);
    for (const { totals: own, doors } of stairways) {
      expect(own).toEqual([0, 1, 2].map((at) => doors.reduce((sum, door) => sum + door.counts[at]!, 0)));
    }
    const wang = stairways.at(-1)?.doors[0];
    expect(wang).toMatchObject({ door: '3-2-501', floor: 5, counts: [4, 1, 0], note: '放门口' });
    const [counted] = await town.db.query<{ sold: number }>(
      'select sum(sold)::int as sold from group_buy_item where group_buy_id = $1',
      [round],
    );
    expect(totals[0]! + totals[1]! + totals[2]!).toBe(counted?.sold);
  });

  it('shows after the arrival what each household gets, and what it gets in its place', async () => {
    await order('wang', [[rice, 4], [eggs, 1]]); // prettier-ignore
    await order('chen', [[rice, 2]]);
    await arrived(homes.wang, { building: '3栋', unit: '2', floor: 5, room: '501' }, (line) =>
      line.itemId === rice
        ? { ...line, got: 1, similar: { name: '=珍珠米', unit: '袋', quantity: 3, priceFen: 4_000 } }
        : line,
    );
    await arrived(homes.chen, { building: '1栋', unit: '1', floor: 1, room: '101' }, (line) => ({ ...line, got: 0 }));
    const { columns, totals, stairways, state } = await sheet();
    expect(state).toBe('arrived');
    expect(columns.at(-1)).toEqual({ name: '=珍珠米', unit: '袋', instead: true });
    expect(totals).toEqual([1, 1, 0, 3]);
    expect(stairways.map(({ doors }) => doors.map(({ counts }) => counts))).toEqual([[[0, 0, 0, 0]], [[1, 1, 0, 3]]]);
  });

  it('leaves a bag where it was to go when the round arrived', async () => {
    await order('wang', [[rice, 1]]);
    await arrived(homes.wang, { building: '1栋', unit: '1', floor: 3, room: '301' }, (line) => line);
    const { stairways } = await sheet();
    expect(stairways.map((one) => [one.building, one.unit, one.doors[0]?.floor])).toEqual([['1栋', '1', 3]]);
  });

  /** As the sharing out at arrival leaves an order behind. */
  async function arrived(householdId: string, bag: object, share: (line: Order['lines'][number]) => object) {
    const [row] = await town.db.query<Pick<Order, 'lines'>>(
      'select lines from group_buy_order where group_buy_id = $1 and household_id = $2',
      [round, householdId],
    );
    await town.db.query(
      'update group_buy_order set lines = $3, bag = $4 where group_buy_id = $1 and household_id = $2',
      [round, householdId, JSON.stringify(row!.lines.map(share)), JSON.stringify(bag)],
    );
    await town.db.query(`update group_buy set state = 'arrived' where id = $1`, [round]);
  }
});

it('asks each supplier for what was ordered, by the case and loose, and says what waits', async () => {
  await order('wang', [[rice, 7], [eggs, 2]]); // prettier-ignore
  await order('chen', [[rice, 4]]);
  await town.db.query('update group_buy_item set waiting = 5 where id = $1', [rice] satisfies [Item['id']]);
  const { suppliers } = await answer<SupplierSheet>('supplier');
  expect(suppliers).toMatchObject([
    {
      supplier: '老王菜园',
      items: [
        { name: '东北大米', ordered: 11, households: 2, waiting: 5, caseSize: 4 },
        { name: '=HYPERLINK("http://x")', ordered: 0, households: 0, waiting: 0 },
      ],
    },
    { supplier: '张家鸡舍', items: [{ name: '鲜鸡蛋', ordered: 2, households: 1 }] },
  ]);
});

describe('the table', () => {
  beforeEach(async () => {
    await order('wang', [[rice, 4], [trap, 2]], { note: '=1+1', listedAs: '@SUM(A1)' }); // prettier-ignore
    await order('chen', [[rice, 2]]);
  });

  it('opens in a spreadsheet as what it is: a mark, sums first, no cell a formula', async () => {
    const { bytes, headers } = await file('orders.csv');
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(decodeURIComponent(headers.get('content-disposition') ?? '')).toContain('蔬菜第 7 团-订单.csv');
    expect(new TextDecoder().decode(bytes.subarray(3)).split('\r\n')).toEqual([
      `楼栋,单元,楼层,门牌,号,接龙名,东北大米（袋）,鲜鸡蛋（板）,"'=HYPERLINK(""http://x"")（份）",合计（元）,备注`,
      '合计,,,,,,6,0,2,272.6',
      expect.stringMatching(/^1栋,1,1,1-1-101室,\d*,,2,,,90\.2,$/),
      expect.stringMatching(/^3栋,2,5,3-2-501室,\d*,'@SUM\(A1\),4,,2,182\.4,'=1\+1$/),
      '',
    ]);
  });

  it('is a workbook: texts are texts whatever they begin with, numbers numbers, the same as the table', async () => {
    const { bytes, headers } = await file('orders.xlsx');
    expect(headers.get('content-type')).toContain('spreadsheetml');
    const book = openBook(bytes);
    expect(book.names).toEqual(['订单', '合计', '供货单']);
    const [orders, totals, supplier] = book.sheets;
    expect(book.xml).not.toMatch(/<f[ >]/);
    expect(orders?.[0]?.slice(6)).toEqual([
      '东北大米（袋）',
      '鲜鸡蛋（板）',
      '=HYPERLINK("http://x")（份）',
      '合计（元）',
      '备注',
    ]);
    expect(orders?.[1]?.slice(6)).toEqual([6, 0, 2, 272.6]);
    expect(orders?.[3]?.slice(3)).toEqual(['3-2-501室', expect.anything(), '@SUM(A1)', 4, undefined, 2, 182.4, '=1+1']);
    expect(totals?.slice(1)).toEqual([
      ['东北大米', '袋', 6, 2],
      ['鲜鸡蛋', '板', 0, 0],
      ['=HYPERLINK("http://x")', '份', 2, 1],
    ]);
    expect(supplier?.[1]).toEqual(['老王菜园', '东北大米', undefined, '袋', 6, 4, 1, 2, 0]);
  });

  it('is written down when it leaves, without a name', async () => {
    await file('orders.csv');
    await file('orders.xlsx');
    await sheet();
    expect(written).toMatchObject([
      ['exported', { what: 'orders.csv', round, orders: 2 }],
      ['exported', { what: 'orders.xlsx', round, orders: 2 }],
    ]);
    expect(JSON.stringify(written)).not.toMatch(/王秀兰|陈国强|3-2-501|SUM/u);
  });
});

it('is for who organises alone, and of a round that is there', async () => {
  const others = [await town.device('wang'), await town.device('he')];
  for (const paper of PAPERS) {
    for (const device of others) {
      expect((await device.request(`/api/desk/group-buys/${round}/${paper}`)).status).toBe(404);
    }
    for (const id of ['none', "x' or '1'='1", '%00', '\0']) {
      expect((await tian.request(`/api/desk/group-buys/${encodeURIComponent(id)}/${paper}`)).status).toBe(404);
    }
  }
  expect(written).toEqual([]);
});

it('says neither who lives there nor what it costs on the sheet', async () => {
  await order('wang', [[rice, 1]], { listedAs: '王阿姨' });
  const text = JSON.stringify(await sheet()) + JSON.stringify(await answer('supplier'));
  expect(text).not.toMatch(/王秀兰|王阿姨|1700000|4510|totalFen|household[^s]/u);
});

type CellValue = string | number | undefined;

/** Reads a workbook from its files: the cells of each sheet, as a spreadsheet would show them. */
function openBook(bytes: Uint8Array) {
  const files = Object.entries(unzipSync(bytes)).map(([name, data]) => [name, strFromU8(data)] as const);
  const find = (name: string) => files.find(([path]) => path.endsWith(name))?.[1] ?? '';
  const texts = [...find('sharedStrings.xml').matchAll(/<si>(.*?)<\/si>/gs)].map(([, text]) => textIn(text!));
  const paths = files.map(([path]) => path).filter((path) => /worksheets\/sheet\d+\.xml$/.test(path));
  return {
    xml: files.map(([, xml]) => xml).join(''),
    names: [...find('workbook.xml').matchAll(/<sheet [^>]*name="([^"]*)"/g)].map(([, name]) => name),
    sheets: paths.sort().map((path) => rowsIn(find(path), texts)),
  };
}

function rowsIn(xml: string, texts: readonly string[]): CellValue[][] {
  return [...xml.matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map(([, row]) => {
    const cells: CellValue[] = [];
    for (const [, at, more, value] of row!.matchAll(/<c r="([A-Z]+)\d+"([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)) {
      const column = [...at!].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
      const inner = /<v>(.*?)<\/v>/s.exec(value ?? '')?.[1];
      if (more!.includes('t="s"')) cells[column] = texts[Number(inner)];
      else if (more!.includes('t="inlineStr"')) cells[column] = textIn(value!);
      else if (inner !== undefined) cells[column] = Number(inner);
    }
    return Array.from(cells);
  });
}

function textIn(xml: string): string {
  const text = [...xml.matchAll(/<t[^>]*>(.*?)<\/t>/gs)].map(([, part]) => part).join('');
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&'); // prettier-ignore
}

import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCommunity } from '../src/people/open-community.server.ts';
import type { OpenCommunityReport } from '../src/people/open-community.server.ts';
import type { Server } from '../src/server/create-server.ts';
import { testDatabase } from './support/cluster.ts';
import type { TestDatabase } from './support/cluster.ts';
import { HttpDevice } from './support/http-device.ts';
import { StoryWorld } from './support/story-world.ts';
import { testServer } from './support/test-server.ts';

const HEAD = '网格,楼栋,单元,楼层,房号,姓名,出生年,电话,特殊需要';
const GOOD = [
  HEAD,
  '一格,1栋,1单元,1,101,王桂英,1941,17000000001,独居、慢病',
  '一格,1栋,1单元,1,102,,,,',
  '一格,1栋,2单元,2,201,李强,1985,17000000002,',
  '一格,1栋,2单元,2,201,李小米,2016,,',
  '二格,2栋,1单元,3,301,陈国平,1950,,行动不便',
].join('\n');

let database: TestDatabase;
let folder: string;
let server: Server;
const world = new StoryWorld();

beforeAll(async () => {
  database = await testDatabase();
  folder = await mkdtemp(join(tmpdir(), 'shouwang-open-'));
  server = testServer(database.db, world);
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

async function open(roster: string, name = '玉兰小区') {
  const file = join(folder, 'roster.csv');
  await writeFile(file, roster);
  const lines: string[] = [];
  const { db } = database;
  const { operate } = server;
  const out = (line: string) => void lines.push(line);
  world.pass(1_000);
  const baseUrl = 'https://yulan.example/';
  return {
    report: await openCommunity({ db, operate, file, name, dataFolder: folder, baseUrl, now: world.now(), out }),
    lines,
  };
}

function opened(report: OpenCommunityReport) {
  if (report.kind !== 'opened') throw new Error(JSON.stringify(report));
  return report;
}

const counts = async (communityId: string) => {
  const tables = ['building', 'household', 'person', 'slip', 'person_role'];
  const rows = await Promise.all(
    tables.map((table) =>
      database.db.query(`select id from ${table} where community_id = $1 order by id`, [communityId]),
    ),
  );
  return Object.fromEntries(tables.map((table, at) => [table, rows[at]!.length]));
};

const seqOf = async (communityId: string) =>
  (await database.db.query<{ seq: number }>('select seq from clock where community_id = $1', [communityId]))[0]!.seq;

describe('opening a community from its roster', () => {
  it('makes its doors and people, a slip for each inhabited door and a link for the grid worker', async () => {
    const { report, lines } = await open(GOOD);
    const { communityId, slips, page, gridWorker, ...numbers } = opened(report);
    expect(numbers).toMatchObject({
      buildings: 2,
      doors: 4,
      vacant: 1,
      people: 4,
      needs: { livesAlone: 1, chronic: 1, limitedMobility: 1 },
    });
    expect(await counts(communityId)).toEqual({ building: 2, household: 4, person: 5, slip: 4, person_role: 1 });
    expect(slips.map((slip) => slip.door)).toEqual(['1-1-101', '1-2-201', '2-1-301']);
    expect(gridWorker.link).toMatch(/^https:\/\/yulan\.example\/in#[2-9A-Z]{4}-[2-9A-Z]{4}$/u);
    expect(lines.join('\n')).toContain('2 栋，4 户（空房 1 户），4 人');
    const html = await readFile(page, 'utf8');
    expect(html.match(/<section>/gu)).toHaveLength(3);
    expect(html.match(/<svg/gu)).toHaveLength(3);
    for (const { door } of slips) expect(html).toContain(`<p class="door">${door}</p>`);
    expect(html).not.toContain('王桂英');
    expect((await stat(page)).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'slip-key'))).mode & 0o777).toBe(0o600);
  });

  it('run twice doubles nothing, keeps every code and touches no row', async () => {
    const first = opened((await open(GOOD)).report);
    const before = await seqOf(first.communityId);
    const again = opened((await open(GOOD)).report);
    expect(again.slips).toEqual(first.slips);
    expect(again.gridWorker).toEqual(first.gridWorker);
    expect(await counts(first.communityId)).toEqual({ building: 2, household: 4, person: 5, slip: 4, person_role: 1 });
    expect(await seqOf(first.communityId)).toBe(before);
  });

  it('takes up what changed and forgets nobody', async () => {
    const changed = GOOD.replace('17000000002', '17000000009').replace(
      '一格,1栋,1单元,1,102,,,,',
      '一格,1栋,1单元,1,102,周明,1990,,',
    );
    const { communityId } = opened((await open(changed)).report);
    expect(await counts(communityId)).toEqual({ building: 2, household: 4, person: 6, slip: 5, person_role: 1 });
    const [phone] = await database.db.query('select phone from person where community_id = $1 and name = $2', [
      communityId,
      '李强',
    ]);
    expect(phone).toEqual({ phone: '17000000009' });
    const moved = GOOD.replaceAll('一格,1栋,2单元', '三格,1栋,2单元');
    await open(moved);
    const grids = await database.db.query(
      `select distinct p.grid from person p join household h on h.community_id = $1 and h.id = p.household_id
       where p.community_id = $1 and h.door = '1-2-201'`,
      [communityId],
    );
    expect(grids).toEqual([{ grid: '三格' }]);
  });

  it('imports nothing of a roster with a bad line', async () => {
    const { report, lines } = await open(`${GOOD}\n二格,2栋,1单元,4,401,赵明,19x3,,`, '丁香小区');
    expect(report).toMatchObject({ kind: 'refused', problems: [{ line: 7 }] });
    expect(lines[1]).toBe('第 7 行：出生年“19x3”不是年份，要写四位数字，比如 1953');
    expect(await database.db.query(`select 1 from community where community_id <> 'x' and name = '丁香小区'`)).toEqual(
      [],
    );
  });

  it('lets a household in by its slip, and the grid worker by the link', async () => {
    const { slips, gridWorker } = opened((await open(GOOD)).report);
    const home = await HttpDevice.join(server.app, world, ` ${slips[0]!.code.toLowerCase()}`);
    const desk = await HttpDevice.join(server.app, world, gridWorker.code);
    expect(home).toBeDefined();
    expect(desk).toBeDefined();
  });
});

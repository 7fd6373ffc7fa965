import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addDays, dayOf } from '../domain/day.ts';
import type { Day } from '../domain/day.ts';
import type { Database } from '../server/database/database.ts';
import type { Operate, Order } from '../server/operate.ts';
import { codeFor, keepCodes, printedCode, readSlipKey, signInLink } from '../server/slip-codes.ts';
import type { RosterInput } from './args.ts';
import { communityIdOf, doorOf, householdIdOf, buildingLabel, slipIdOf, staffIdOf } from './natural-id.ts';
import { readRoster, sayProblem } from './roster.server.ts';
import type { RosterDoors, RosterProblem } from './roster-doors.server.ts';
import { slipsPage } from './slips-page.server.ts';
import type { PrintedSlip } from './slips-page.server.ts';

export interface OpenCommunityRequest {
  readonly db: Database;
  readonly operate: Operate;
  /** Path of the roster. */
  readonly file: string;
  readonly name: string;
  readonly dataFolder: string;
  /** Where phones reach this server, such as `https://yulan.example.cn`. */
  readonly baseUrl: string;
  /** Epoch ms. */
  readonly now: number;
  /** Takes each line that the keeper of the machine should read. */
  readonly out: (line: string) => void;
}

/** What came of it: a community that stands, or the lines that must be put right first. */
export type OpenCommunityReport =
  | {
      readonly kind: 'opened';
      readonly communityId: string;
      readonly buildings: number;
      readonly doors: number;
      readonly vacant: number;
      readonly people: number;
      /** How many people have each need. */
      readonly needs: Readonly<Record<string, number>>;
      readonly slips: readonly PrintedSlip[];
      /** Path of the page to print. */
      readonly page: string;
      readonly gridWorker: { readonly code: string; readonly link: string };
      readonly remarks: readonly RosterProblem[];
    }
  | { readonly kind: 'refused'; readonly problems: readonly RosterProblem[] };

/** A new community begins with the daily round for this long; the desk ends it or goes on. */
const FIRST_DAYS = 14;

/**
 * Turns a roster into a community, or brings an open one up to date: doors, people, needs, a sign-in slip per inhabited
 * door on a page to print, and a link for the grid worker. Run twice, nothing doubles and every code stays.
 * @throws where the file cannot be read, or the import was refused by a rule
 */
export async function openCommunity(request: OpenCommunityRequest): Promise<OpenCommunityReport> {
  const { db, operate, file, name, dataFolder, baseUrl, now, out } = request;
  const today = dayOf(now);
  const read = readRoster(await readFile(file), Number(today.slice(0, 4)));
  if (!('doors' in read)) {
    out(`名册里有 ${read.problems.length} 处要改，什么都没有导入：`);
    for (const problem of read.problems) out(sayProblem(problem));
    return { kind: 'refused', problems: read.problems };
  }

  const communityId = communityIdOf(name);
  const key = await readSlipKey(dataFolder);
  const workerId = staffIdOf(communityId, 'gridWorker');
  const workerSlip = slipIdOf(communityId, workerId);
  const worker = { slipId: workerSlip, code: codeFor(key, workerSlip) };

  const [known] = await db.query('select id from community where id = $1 and community_id = $1', [communityId]);
  const run = `open/${communityId}/${now}`;
  const order = async (orders: readonly Order[]) => {
    if (orders.length === 0) return;
    const refused = (await operate(communityId, orders)).find((verdict) => verdict.outcome !== 'accepted');
    if (refused)
      throw new Error(`${name}: ${refused.id} was refused: ${refused.code} ${JSON.stringify(refused.details ?? {})}`);
  };
  await keepCodes(db, communityId, [worker]);
  await order([
    { id: run, name: 'people.importRoster', args: toRoster(read.doors, name, known ? undefined : today) },
    { id: `${run}/worker`, name: 'people.issueSlip', args: { id: workerSlip, personId: workerId } },
  ]);

  // Only now is it known behind which doors somebody lives: a roster may still name who has moved out.
  const inhabited = await inhabitedDoors(db, communityId);
  const slips = read.doors.households.flatMap((door) => {
    const householdId = householdIdOf(communityId, buildingLabel(door.building), door.unit, door.room, door.share);
    const ended = inhabited.get(householdId);
    if (ended === undefined) return [];
    const slipId = slipIdOf(communityId, householdId, ended);
    return [{ householdId, slipId, code: codeFor(key, slipId), door }];
  });
  await keepCodes(db, communityId, slips);
  await order(
    slips.map(({ householdId, slipId }) => ({
      id: `${run}/${slipId}`,
      name: 'people.issueSlip',
      args: { id: slipId, householdId },
    })),
  );

  const printed = slips.map(({ door, code }) => ({
    door: doorOf(door.building, door.unit, door.room, door.share),
    stairway: door.unit === '' ? door.building : `${door.building} ${door.unit}单元`,
    code,
    link: signInLink(baseUrl, code),
  }));
  const page = join(dataFolder, `slips-${name.replace(/[\\/:*?"<>|\s]+/gu, '-')}.html`);
  await writeFile(page, slipsPage(name, `${baseUrl.replace(/\/+$/u, '')}/in`, printed), { mode: 0o600 });
  await chmod(page, 0o600);

  const report: OpenCommunityReport = {
    kind: 'opened',
    communityId,
    ...countDoors(read.doors),
    slips: printed,
    page,
    gridWorker: { code: worker.code, link: signInLink(baseUrl, worker.code) },
    remarks: read.doors.remarks,
  };
  sayReport(report, name, known !== undefined, today, out);
  if (/^https?:\/\/(localhost|127\.|\[::1\])/u.test(baseUrl)) {
    out(`注意：卡上的地址 ${baseUrl} 只有这台机器自己打得开。设好 SHOUWANG_URL 再运行一次，码不变，重新打印即可。`);
  }
  return report;
}

/** @returns the households behind whose doors somebody lives, each with how many slips of theirs have ended */
async function inhabitedDoors(db: Database, communityId: string): Promise<ReadonlyMap<string, number>> {
  const rows = await db.query<{ id: string; ended: number }>(
    `select h.id, count(s.id)::int as ended
     from household h left join slip s on s.community_id = $1 and s.household_id = h.id and s.ended_at is not null
     where h.community_id = $1 and not h.vacant group by h.id`,
    [communityId],
  );
  return new Map(rows.map(({ id, ended }) => [id, ended]));
}

/** @param newOn the day on which a new community begins; absent where it is open already and keeps its settings */
function toRoster(doors: RosterDoors, name: string, newOn: Day | undefined): RosterInput {
  const begin = newOn && {
    mode: 'emergency' as const,
    modeReason: '小区刚开始用守望',
    modeUntil: addDays(newOn, FIRST_DAYS),
  };
  return {
    community: { name, ...begin },
    buildings: doors.buildings,
    households: doors.households,
    staff: [{ key: 'gridWorker', name: '网格员', duties: [{ kind: 'gridWorker' }] }],
  };
}

function countDoors({ buildings, households }: RosterDoors) {
  const people = households.flatMap((door) => door.persons);
  const needs: Record<string, number> = {};
  for (const person of people) for (const need of person.needs ?? []) needs[need] = (needs[need] ?? 0) + 1;
  return {
    buildings: buildings.length,
    doors: households.length,
    vacant: households.filter((door) => door.persons.length === 0).length,
    people: people.length,
    needs,
  };
}

function sayReport(
  report: OpenCommunityReport & { kind: 'opened' },
  name: string,
  known: boolean,
  today: Day,
  out: (line: string) => void,
): void {
  const { buildings, doors, vacant, people, slips, gridWorker } = report;
  for (const remark of report.remarks) out(sayProblem(remark));
  out(`${name}${known ? '已按名册更新' : '开好了'}：${buildings} 栋，${doors} 户（空房 ${vacant} 户），${people} 人。`);
  if (!known) out(`每天报一次平安，到 ${addDays(today, FIRST_DAYS)} 为止；网格员可以在工作台里改。`);
  out(`住户卡 ${slips.length} 张，打印这一页：${report.page}`);
  out(`网格员登录：${gridWorker.link}  （码 ${printedCode(gridWorker.code)}）`);
}

import { groupBy } from '../../src/domain/group-by.ts';
import type { PgTable } from 'drizzle-orm/pg-core';
import { feedOf, localDatabase } from '../../src/client/local/database.ts';
import type { OutboxEntry } from '../../src/client/outbox-entry.ts';
import { registry } from '../../src/pillars/registry.server.ts';
import { serverSlices } from '../support/test-server.ts';
import type { SweepList } from '../../src/pillars/sweep/schema.ts';
import type { SimDevice } from './device.ts';
import type { History, Kept } from './history.ts';
import { Life } from './life.ts';
import { overlayIsReplay } from './oracle-overlay.ts';
import { appliedOnce, orderKept, phoneShowsItsRights, serialReplay, verdictsAgree } from './oracle.ts';
import { readStored, rowsAgree } from './oracle-rows.ts';
import type { Stored } from './oracle-rows.ts';
import { scopesOf } from './oracle-rights.ts';
import { BuyingWatch } from './oracle-buying.ts';
import { bookBalances, queueHolds } from './oracle-money.ts';
import { stockAdds } from './oracle-stock.ts';
import { alertsAreFollowed, worstHolds } from './oracle-answers.ts';
import { countedToTheLastDoor, DeskWatch, sweptInAnyOrder } from './oracle-desk.ts';

/** Virtual ms within which everything must be through once nothing is wrong any more. */
export const DRAIN_MS = 60_000;

const tables = Object.assign({}, ...serverSlices.map((slice) => slice.tables)) as Readonly<Record<string, PgTable>>;

/** Virtual ms by which the network may send something a second time. */
const LATE_MS = 5_200;

/** Nothing is wrong any more: everybody is in reach, and whoever must sign in again does. */
async function makeGood(history: History): Promise<void> {
  const { devices, server, scheduler } = history;
  server.faults.length = 0;
  // The last request that the network holds back or sends twice arrives.
  await scheduler.pass(LATE_MS);
  if (!server.isUp) await scheduler.pass(4_000);
  for (const device of devices) {
    device.line.faults.length = 0;
    device.disk.makeRoom();
    device.goOnline();
    if (device.tabs.length === 0) await device.openTab();
  }
}

/** Signs in again where a phone asks for it, or where nobody is signed in. @returns whether somebody had to */
async function signInAgain(history: History): Promise<boolean> {
  let had = false;
  for (const device of history.devices) {
    if (device.phone !== undefined && device.phone.status.value.state !== 'signInAgain') continue;
    had = true;
    await history.signIn(device, device.who);
  }
  return had;
}

function isThrough({ phone, tabs }: SimDevice): boolean {
  if (phone === undefined) return false;
  const { state, unsent } = phone.status.value;
  if (state === 'ended') return true;
  const waits = phone.entries.value.some((entry) => entry.state === 'received' || entry.state === 'held');
  return state === 'fine' && unsent === 0 && !waits && tabs.every((tab) => tab.phone?.status.value.syncing !== true);
}

/** Whether the last that it asked the server was answered. */
function isInReach({ phone }: SimDevice): boolean {
  return phone === undefined || phone.status.value.state === 'ended' || phone.status.value.online;
}

/** Before anything is made good: whatever phones show, they show what they hold and what waits on them. */
export async function judgeScreens(history: History): Promise<void> {
  for (const device of history.devices) {
    const { phone } = device;
    if (phone === undefined || device.tabs.length > 1 || device.isDrawnByOthers) continue;
    // At rest: nothing is on its way that would change what is read from one moment to the next.
    await history.scheduler.pass(50);
    const feed = await history.until(feedOf(phone.database), 'the feed is read');
    if (feed === undefined || phone.status.value.syncing) continue;
    if (phone.status.value.state === 'ended') {
      // Sealed: what was never sent can be read, and is drawn over nothing.
      const left = await history.until(phone.database.overlay.count(), 'the overlay is counted');
      if (left) history.laws.broken('overlay', `${device.name} was ended and still draws ${left} rows`);
      continue;
    }
    const judged = overlayIsReplay(registry, phone, feed.offsetMs);
    for (const broken of (await history.until(judged, 'the overlay is judged')) ?? []) {
      history.laws.broken(broken.law, `${device.name}: ${broken.detail}`);
    }
  }
}

/** The faults end; everything must drain. */
export async function drain(history: History): Promise<void> {
  const { scheduler, devices, laws, server } = history;
  await makeGood(history);
  const end = scheduler.now + DRAIN_MS;
  while (scheduler.now < end) {
    await scheduler.pass(1_000);
    if ((await signInAgain(history)) || !devices.every(isThrough)) continue;
    // What the others have done since is asked for once more.
    const asked = Promise.all(devices.map(async (device) => device.phone?.syncNow()));
    await scheduler.until(asked, Math.max(1_000, end - scheduler.now));
    // A server that was killed a moment ago has told them nothing.
    if (server.isUp && devices.every((device) => isThrough(device) && isInReach(device))) return;
  }
  for (const device of devices) {
    if (isThrough(device)) continue;
    const { phone } = device;
    const states = phone?.entries.value.map((entry) => `${entry.name} ${entry.state}`).join(', ');
    laws.broken('drains', `${device.name} is not through: ${JSON.stringify(phone?.status.value)} ${states ?? ''}`);
  }
}

/** Judges what is there at the end. */
export async function judge(history: History): Promise<void> {
  const { db, town, server, laws, scheduler } = history;
  const { runs } = server.book;
  const stored = await scheduler.outside(readStored(db, town.communityId, tables));
  const watch = new DeskWatch();
  const buying = new BuyingWatch();
  const replay = await scheduler.outside(
    serialReplay(registry, runs, town.communityId, (rows, run) => {
      watch.look(rows, run);
      buying.look(rows, run);
    }),
  );
  laws.violations.push(
    ...replay.violations,
    ...rowsAgree(replay.rows, stored.rows),
    ...stockAdds(stored.rows),
    ...bookBalances(stored.rows),
    ...queueHolds(stored.rows),
    ...alertsAreFollowed(runs, stored.rows),
    ...worstHolds(runs, stored.rows),
    ...sweptInAnyOrder(runs, stored.rows),
    ...watch.violations(),
    ...buying.violations(),
    ...appliedOnce(runs),
    ...verdictsAgree(stored.verdicts, runs),
    ...orderKept(tapsOf(history.kept), runs),
  );
  judgeTimes(history);
  await judgeSweeps(history, stored);
  const outboxes = new Map<string, readonly OutboxEntry[]>();
  for (const device of history.devices) await judgePhone(history, device, stored, outboxes);
  const verdicts = new Map(stored.verdicts.map((verdict) => [verdict.id, verdict.deviceId]));
  for (const [id, row] of stored.rows.get('device') ?? []) {
    const isOver = (row as { endedAt?: number | null }).endedAt != null;
    if (isOver && !history.leftBy.has(id)) history.leftBy.set(id, 'deviceEnded');
  }
  for (const kept of history.kept) await judgeKept(history, kept, verdicts, outboxes);
}

/** Ms that a request may be on its way, at most: what the server cannot know of the moment of a tap. */
const ON_THE_WAY_MS = 40_000;

/** When something happened is known by the time that went by on the phone: its clock and its zone never matter. */
function judgeTimes({ laws, server, kept }: History): void {
  const taps = new Map(kept.map((one) => [one.id, one]));
  for (const { id, name, context } of server.book.runs) {
    const { tappedAt, device, deviceId } = taps.get(id) ?? {};
    if (context.happenedAt > context.now) laws.broken('phoneClock', `${name} ${id} happened after it arrived`);
    // An intruder may have taken the id, while a server that was set back had forgotten whose it was.
    if (tappedAt === undefined || device === undefined || deviceId !== context.actor.deviceId) continue;
    // A clock that jumps between tap and sending cannot be seen through, nor what was on its way for thirty days.
    if (device.clockJumps.some((jump) => jump >= tappedAt && jump <= context.now)) continue;
    const off = context.happenedAt - tappedAt;
    if (off < -1_000 || off > ON_THE_WAY_MS) {
      laws.broken('phoneClock', `${name} ${id} is said to have happened ${off} ms after its tap`);
    }
  }
}

/** What the server tells the secretary's phone of how far each sweep is. */
async function judgeSweeps(history: History, { rows }: Stored): Promise<void> {
  const secretary = history.devices.find((one) => one.who === 'secretary' && one.phone?.status.value.state === 'fine');
  const cookie = secretary?.line.cookie;
  if (cookie === undefined || rows.get('sweep')?.size === 0) return;
  const asking = Promise.resolve(history.server.current.app.request('/api/desk/sweeps', { headers: { cookie } }));
  const answer = await history.until(asking, 'the desk is told of its sweeps');
  // Who was appointed may have been dismissed again: then the server says that there is no such thing.
  if (answer?.status !== 200) return;
  const { sweeps } = (await answer.json()) as SweepList;
  history.laws.violations.push(...countedToTheLastDoor(sweeps, rows));
}

function tapsOf(kept: readonly Kept[]) {
  const byDevice = groupBy(kept, (one) => one.deviceId);
  return [...byDevice].map(([deviceId, all]) => ({ deviceId, ids: all.map((one) => one.id) }));
}

/** A phone in step shows what the server's rows are to it, draws nothing over them, and holds nothing else. */
async function judgePhone(
  history: History,
  device: SimDevice,
  stored: Stored,
  outboxes: Map<string, readonly OutboxEntry[]>,
): Promise<void> {
  const { phone } = device;
  if (phone === undefined) return;
  const { laws } = history;
  const { deviceId } = phone.actor.value;
  const read = Promise.all([phone.database.rows.toArray(), phone.database.overlay.count(), phone.readEntries()]);
  const kept = await history.until(read, `${device.name} reads its rows`);
  if (kept === undefined) return;
  const [rows, drawn, entries] = kept;
  outboxes.set(deviceId, entries);
  const isOver = phone.status.value.state === 'ended';
  const scopes = isOver ? [] : scopesOf(stored.rows, history.town.communityId, deviceId, history.scheduler.now);
  for (const broken of phoneShowsItsRights(stored.rows, registry, rows, scopes)) {
    laws.broken(broken.law, `${device.name}: ${broken.detail}`);
  }
  const waiting = entries.filter((entry) => entry.state !== 'refused');
  if (drawn > 0 && waiting.length === 0) laws.broken('overlay', `${device.name} still draws ${drawn} rows over`);
}

/** What a phone said it keeps has exactly one end, or still waits on that phone. */
async function judgeKept(
  history: History,
  { device, deviceId, id, name, at }: Kept,
  verdicts: ReadonlyMap<string, string>,
  outboxes: Map<string, readonly OutboxEntry[]>,
): Promise<void> {
  const left = history.leftBy.get(deviceId);
  // Thrown away by choice; or acknowledged and then, its phone being gone, set back with the server.
  if (verdicts.get(id) === deviceId || left === 'discarded' || (left !== undefined && history.rewinds > at)) return;
  // An intruder who knew the id (nobody does) was first: whose it was is told that it was not done.
  if (verdicts.has(id) && history.laws.refused.has(id)) return;
  const { phone } = device;
  const isEnded = phone?.actor.value.deviceId === deviceId && phone.status.value.state === 'ended';
  if (history.rewinds > at && (isEnded || history.laws.refused.has(id))) return;
  if (!outboxes.has(deviceId)) outboxes.set(deviceId, await readOutbox(history, device, deviceId));
  const entry = outboxes.get(deviceId)!.find((one) => one.id === id);
  // Of somebody who is no longer signed in here, or whose phone was ended: kept, to be read.
  const isAnothers = history.slips.get(deviceId) !== device.who || left === 'deviceEnded';
  if (entry?.state === 'unsent' && (isEnded || isAnothers)) return;
  if (entry?.state === 'refused' && entry.code === 'malformed') return;
  history.laws.broken(
    'nothingLost',
    `${name} ${id}, kept by ${device.name} as ${deviceId}, has no verdict and is ${entry?.state ?? 'not in its outbox'}`,
  );
}

/** The outbox of an identity that is not the current one of its phone. */
async function readOutbox(history: History, device: SimDevice, deviceId: string): Promise<readonly OutboxEntry[]> {
  const life = new Life();
  const database = localDatabase(deviceId, device.surroundings(life));
  const entries = await history.until(database.outbox.toArray(), 'an old outbox is read');
  life.end();
  return entries ?? [];
}

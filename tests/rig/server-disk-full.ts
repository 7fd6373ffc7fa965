import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '../../src/server/database/database.ts';
import { reserveName } from '../../src/server/database/disk-room.ts';
import { isDiskFull, isTransient } from '../../src/server/database/pool.ts';
import { LoadedServer, PATIENCE_MS, postmasterPid, secondConnection } from './server-load.ts';
import { pause, type RestlessPhone } from './server-phone.ts';
import { SmallVolume } from './server-volume.ts';
import type { Figures, Trial } from './trial.ts';

const VOLUME_MB = 256;
/** The disk stays full for so long, ms. */
const FULL_MS = 3_000;
/** After so long on a full disk every push is answered 507, and a database that died there reads again, ms. */
const SETTLED_MS = 2_000;

/** The disk under the database is filled to the last byte, and freed again. */
export const diskFull: Trial = {
  name: 'disk-full',
  about:
    'the volume of the database filled under 32 clients; while it is full, PostgreSQL reads on, is killed, or panics in turn',
  short: 3,
  long: 21,
  run: fillDisk,
};

async function fillDisk(times: number): Promise<Figures> {
  if (!(await SmallVolume.isPossible())) {
    process.stdout.write('disk-full: not held, no small volume can be mounted here\n');
    return { trials: 0, lost: 0, doubled: 0, stuck: 0, slowestMs: 0, broken: [] };
  }
  let volume: SmallVolume | undefined;
  const load = await LoadedServer.open(async (dataFolder) => {
    volume = await SmallVolume.mount(join(dataFolder, 'postgres'), VOLUME_MB);
  });
  try {
    await keepLogSmall(load);
    let panics = 0;
    for (let n = 0; n < times; n++) {
      const blow = BLOWS[n % BLOWS.length]!;
      if ((await fillOnce(load, volume!, blow)) && blow === 'panic') panics++;
    }
    // Not every time: where the reserve has just been given free there is room for more log. In the long form some must.
    if (times >= 3 * BLOWS.length && panics === 0) load.complain('PostgreSQL never panicked');
    return await load.figures();
  } finally {
    await load.server.stop();
    await volume!.unmount();
    await load.close();
  }
}

/** As large as it may grow by itself, PostgreSQL's log alone would fill a volume of this size. */
async function keepLogSmall(load: LoadedServer): Promise<void> {
  const second = await secondConnection(load.server.dataFolder);
  for (const statement of [
    `alter system set max_wal_size = '64MB'`,
    `alter system set min_wal_size = '32MB'`,
    'select pg_reload_conf()',
  ]) {
    await second.query(statement);
  }
  await second.close();
}

/** What happens while the disk is full. */
type Blow = 'none' | 'kill' | 'panic';
const BLOWS: readonly Blow[] = ['none', 'kill', 'panic'];

/** @returns whether PostgreSQL died meanwhile */
async function fillOnce(load: LoadedServer, volume: SmallVolume, blow: Blow): Promise<boolean> {
  await reserved(volume);
  const filledAt = performance.now();
  let isFull = true;
  const { dataFolder } = load.server;
  const before = await postmasterPid(dataFolder);
  const second = blow === 'panic' ? await secondConnection(dataFolder) : undefined;
  await volume.fill();
  if (second) await panic(second);
  // Whatever comes free is taken at once, as by a program that writes without end.
  async function goOn(): Promise<void> {
    for (; isFull; await pause(20)) await volume.fill();
  }
  const filling = blow === 'none' ? goOn() : undefined;
  const readers = load.phones.slice(0, 4).map((phone) => new Reader(load.server.url, phone));
  const reading = readers.map((reader) => reader.read());
  await pause(500);
  if (blow === 'kill') process.kill(before, 'SIGKILL');
  await pause(SETTLED_MS);
  const settledAt = performance.now();
  const died = (await postmasterPid(dataFolder)) !== before;
  if (blow === 'none' && died) load.complain('PostgreSQL died of the full disk');
  if (blow === 'kill' && !died) load.complain('PostgreSQL was not killed');
  await pause(FULL_MS);
  for (const reader of readers) reader.rest();
  await Promise.all(reading);
  const fullAt = performance.now();

  const failed = load.failedSince(settledAt);
  const since = blow === 'none' ? filledAt : settledAt;
  const unread = readers.flatMap((reader) => reader.failed.filter(({ at }) => at >= since));
  for (const { what } of unread) load.complain(`on the full disk: ${what}`);
  const others = failed.filter(({ status, type }) => status !== 507 || type !== 'diskFull');
  for (const { status, type } of others) load.complain(`a push on the full disk was answered ${status} ${type}`);
  if (failed.some(({ title }) => title?.includes('磁盘满了') !== true)) load.complain('no plain words');
  const accepted = load.phones.flatMap(({ ends }) => ends.filter((end) => end > settledAt && end < fullAt));
  if (accepted.length > 0) load.complain(`${accepted.length} acts ended on the full disk`);

  isFull = false;
  await filling;
  await volume.empty();
  const freedAt = performance.now();
  await load.recovered(freedAt);
  const met = load.phones.filter((phone) => phone.failed.some(({ at, status }) => at > filledAt && status === 507));
  if (met.length === load.phones.length) load.count();
  else load.complain(`${load.phones.length - met.length} clients did not meet the full disk`);
  return died;
}

/** Makes PostgreSQL want one piece of its log more than it has made ahead: where there is no room it gives up all at once. */
async function panic(second: Database): Promise<void> {
  try {
    const [{ ahead } = { ahead: 0 }] = await second.query<{ ahead: number }>(
      'select count(*)::int as ahead from pg_ls_waldir() where name > pg_walfile_name(pg_current_wal_lsn())',
    );
    for (let switched = 0; switched <= ahead + 1; switched++) {
      // A switch does nothing where nothing was written since.
      await second.query("select pg_logical_emit_message(false, 'rig', 'x'), pg_switch_wal()");
    }
  } catch (error) {
    if (!isTransient(error) && !isDiskFull(error)) throw error;
  } finally {
    await second.close();
  }
}

/** Waits until the server has laid its reserve aside, as it does soon after there is room. */
async function reserved(volume: SmallVolume): Promise<void> {
  const began = performance.now();
  while (!existsSync(join(volume.folder, reserveName))) {
    if (performance.now() - began > PATIENCE_MS) throw new Error('the server lays no reserve aside');
    await pause(50);
  }
}

/** Somebody who only looks: who am I, and what is new, all of it. */
class Reader {
  readonly failed: { readonly at: number; readonly what: string }[] = [];
  private isTired = false;

  constructor(
    private readonly url: string,
    private readonly phone: RestlessPhone,
  ) {}

  rest(): void {
    this.isTired = true;
  }

  async read(): Promise<void> {
    for (; !this.isTired; await pause(100)) {
      await this.expect('the session', '/api/session', {}, '"households"');
      const body = JSON.stringify({ protocol: 1, cursor: null });
      await this.expect('the pull', '/api/pull', { method: 'POST', body }, '"done":true');
    }
  }

  private async expect(what: string, path: string, request: RequestInit, part: string): Promise<void> {
    const at = performance.now();
    const headers = {
      cookie: this.phone.cookie,
      'content-type': 'application/json',
      'x-requested-by': 'shouwang',
    };
    try {
      const response = await fetch(this.url + path, { ...request, headers });
      const text = await response.text();
      if (response.ok && text.includes(part)) return;
      this.failed.push({ at, what: `${what} was answered ${response.status} ${response.ok ? 'cut short' : text}` });
    } catch (error) {
      this.failed.push({ at, what: `${what} failed: ${String(error)}` });
    }
  }
}

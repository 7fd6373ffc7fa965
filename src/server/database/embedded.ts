import type { World } from '../../domain/world.ts';
import { pause } from '../../domain/world.ts';
import type { Log } from '../log.ts';
import { DiskRoom } from './disk-room.ts';
import type { Binaries } from './embedded-binaries.ts';
import { findBinaries } from './embedded-binaries.ts';
import type { EmbeddedConnection, Postmaster } from './embedded-cluster.ts';
import {
  clusterMajor,
  connectionTo,
  createCluster,
  postmasterOf,
  startServer,
  stopServer,
} from './embedded-cluster.ts';
import type { Home } from './embedded-home.ts';
import { openHome } from './embedded-home.ts';
import { claimFolder } from './embedded-owner.ts';
import { processIdentity } from './embedded-process.ts';

export interface EmbeddedOptions {
  /** Holds the database in its subfolder `postgres` (or names the place where it had to go, see `openHome`). */
  readonly dataFolder: string;
  /** Off only for a cluster that is thrown away. Default true. */
  readonly fsync?: boolean;
  /**
   * For tools that run beside the server (backup, import): where another Node owns the database, use its server and
   * leave it running, in place of refusing. Default false.
   */
  readonly join?: boolean;
  readonly log: Log;
  readonly world: Pick<World, 'after' | 'newId'>;
}

export interface Embedded {
  readonly connection: EmbeddedConnection;
  /** Whether the server was already running: left behind by a Node that died, or another's that we joined. */
  readonly adopted: boolean;
  /** Watches the disk under the server; undefined where another's was joined, who watches it. */
  readonly room: DiskRoom | undefined;
  /** Ends the server (not one that was joined) and gives the folder free. */
  stop(): Promise<void>;
}

/** How often the server is looked after: where the system tells in a file, and where a program has to be asked. */
const watchMs = process.platform === 'linux' ? 200 : 2_000;
/** A server that does not start (the disk is full) is tried again after a longer and longer while, at most so long. */
const longestWaitMs = 4_000;

/** A crash recovery may take minutes on a slow disk. */
const longestStartMs = 600_000;

/**
 * Starts PostgreSQL on a data folder, or adopts one that a dead Node left running on it. A server that dies is started
 * again at the same address.
 * @throws an Error that says what to do: no PostgreSQL, folder owned by a living Node, another user's folder
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { log, world } = options;
  const home = await openHome(options.dataFolder, log, () => world.newId());
  const room = new DiskRoom(home.folder, log);
  // What follows needs some room itself.
  await room.give();
  const claim = await claimFolder(home.folder);
  if (claim.kind === 'taken') {
    const running = options.join ? await answering(home, world) : undefined;
    if (running) {
      const connection = await connectionTo(home, running);
      return { connection, adopted: true, room: undefined, stop: () => Promise.resolve() };
    }
    throw new Error(
      `数据库 ${home.folder} 正被另一个进程（${claim.owner.pid}）使用。请先停掉它，或用 SHOUWANG_DATA 另指一个文件夹。`,
    );
  }
  try {
    const binaries = await findBinaries(home.account, await clusterMajor(home), home.copyFolder);
    const left = await answering(home, world);
    if (left) log.info('接管了上次留下的数据库服务', { pid: left.pid });
    const first = left ?? (await freshServer(home, binaries, options));
    return await supervise(
      home,
      binaries,
      { first, adopted: left !== undefined, room, release: claim.release },
      options,
    );
  } catch (error) {
    await claim.release();
    throw error;
  }
}

/** The server that runs on the cluster, once it is ready; undefined where none does (any more). */
async function answering(home: Home, world: Pick<World, 'after'>): Promise<Postmaster | undefined> {
  for (let waited = 0; waited < longestStartMs; waited += 100) {
    const running = await postmasterOf(home);
    if (!running || running.ready) return running;
    await pause(world, 100);
  }
  throw new Error(`数据库服务既不应答也不结束，请看 ${home.folder} 里的 server.log。`);
}

async function freshServer(
  home: Home,
  binaries: Binaries,
  { fsync, world }: EmbeddedOptions,
  former?: Postmaster,
): Promise<Postmaster> {
  if ((await clusterMajor(home)) === undefined) await createCluster(home, binaries, () => world.newId());
  await startServer(home, binaries, fsync ?? true, former);
  const running = await postmasterOf(home);
  if (!running) throw new Error(`数据库服务刚启动就结束了，请看 ${home.folder} 里的 server.log。`);
  return running;
}

/** What is owned: the server as it was found or started, the disk under it, and the folder. */
interface Owned {
  readonly first: Postmaster;
  readonly adopted: boolean;
  readonly room: DiskRoom;
  readonly release: () => Promise<void>;
}

/** Keeps an eye on the server until it is stopped. */
async function supervise(
  home: Home,
  binaries: Binaries,
  { first, adopted, room, release }: Owned,
  options: EmbeddedOptions,
): Promise<Embedded> {
  const { log, world } = options;
  const connection = await connectionTo(home, first);
  let current = first;
  let look = Promise.resolve();
  let wait = watchMs;
  let callOff = world.after(wait, watch);
  let stopping = false;
  room.watch(world);

  async function revive(): Promise<void> {
    if ((await processIdentity(current.pid)) === current.run) return;
    log.error('数据库服务自己停了，正在重新启动');
    await room.give();
    // Removes what a dead server wrote of itself, as long as its number is taken: the new one would not start beside it.
    await postmasterOf(home);
    current = await freshServer(home, binaries, options, current);
  }
  function watch(): void {
    look = revive()
      .then(() => (wait = watchMs))
      .catch((error: unknown) => {
        wait = Math.min(2 * wait, longestWaitMs);
        log.error('数据库服务没能重新启动', error);
      })
      .then(() => {
        if (!stopping) callOff = world.after(wait, watch);
      });
  }
  return {
    connection,
    adopted,
    room,
    async stop() {
      stopping = true;
      callOff();
      await look;
      await room.stop();
      await stopServer(home, binaries);
      await release();
    },
  };
}

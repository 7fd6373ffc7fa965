import type { World } from '../../domain/world.ts';
import type { Log } from '../log.ts';
import type { Database } from './database.ts';
import type { DiskRoom } from './disk-room.ts';
import { NoRoom } from './disk-room.ts';
import { oldestMajor } from './embedded-binaries.ts';
import { startEmbedded } from './embedded.ts';
import { migrate } from './migrate.ts';
import type { PoolConfig } from './pool.ts';
import { ConnectionFailed, isDiskFull, isTransient, openPool } from './pool.ts';

export interface DatabaseSettings {
  /** Any PostgreSQL ≥ 15 (`postgres://user:password@host/name`). Where absent or empty, the embedded one is started. */
  readonly databaseUrl?: string;
  /** Holds the embedded database. */
  readonly dataFolder: string;
  /** For tools: use the embedded server of a Node that is running in place of refusing. */
  readonly join?: boolean;
}

export interface OpenDatabase {
  readonly db: Database;
  /** Whether the database is our own child, not one at DATABASE_URL. */
  readonly embedded: boolean;
  /** Closes the connections and ends the embedded server. */
  stop(): Promise<void>;
}

/**
 * Opens the one database of this installation, migrated to the newest schema: DATABASE_URL, else PostgreSQL's npm
 * programs, else what the system has installed.
 * @throws an Error that says what to do
 */
export async function openDatabase(
  settings: DatabaseSettings,
  log: Log,
  world: Pick<World, 'after' | 'newId'>,
): Promise<OpenDatabase> {
  if (settings.databaseUrl) {
    const db = await connect({ connectionString: settings.databaseUrl }).catch((error: unknown) => {
      const reason = error instanceof ConnectionFailed ? error.cause : error;
      throw new Error(`DATABASE_URL 指的数据库用不了：${reason instanceof Error ? reason.message : String(reason)}`, {
        cause: error,
      });
    });
    return { db, embedded: false, stop: () => db.close() };
  }
  const embedded = await startEmbedded({ dataFolder: settings.dataFolder, join: settings.join, log, world });
  try {
    const db = await connect({ ...embedded.connection });
    return {
      db: embedded.room ? withRoom(db, embedded.room) : db,
      embedded: true,
      async stop() {
        await db.close();
        await embedded.stop();
      },
    };
  } catch (error) {
    await embedded.stop();
    throw error;
  }
}

async function connect(config: PoolConfig): Promise<Database> {
  const db = openPool(config);
  try {
    const [server] = await db.query<{ version: number }>(
      "select current_setting('server_version_num')::int as version",
    );
    const major = Math.floor((server?.version ?? 0) / 10_000);
    if (major < oldestMajor) throw new Error(`它是 PostgreSQL ${major}，需要 ${oldestMajor} 或更新`);
    await migrate(config);
    return db;
  } catch (error) {
    await db.close();
    throw error;
  }
}

/** The database over a disk that may fill: begins no write without room, and says so where it is down for want of it. */
function withRoom(db: Database, room: DiskRoom): Database {
  async function told<T>(work: Promise<T>, writes: boolean): Promise<T> {
    try {
      return await work;
    } catch (error) {
      const full = isDiskFull(error);
      if (!full && !isTransient(error)) throw error;
      // A write has only to wait. What stops reading, or the server itself, is what the reserve is for.
      await (full && writes ? room.look() : room.give());
      throw room.isFull && !full ? new NoRoom(error) : error;
    }
  }
  return {
    query: (text, values) => told(db.query(text, values), false),
    async transaction(work, mode = 'write') {
      if (mode === 'write' && room.isFull) throw new NoRoom();
      return told(db.transaction(work, mode), mode === 'write');
    },
    close: () => db.close(),
  };
}

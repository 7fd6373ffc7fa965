import pg from 'pg';
import type { Database, Sql } from './database.ts';

/** The connection to PostgreSQL failed, or broke with the outcome unknown. The cause is the driver's error. */
export class ConnectionFailed extends Error {
  constructor(cause: unknown) {
    super('the connection to the database failed', { cause });
    this.name = 'ConnectionFailed';
  }
}

/** What `openPool` takes: the driver's own settings. */
export type PoolConfig = pg.PoolConfig;

/** Type numbers of pg_type.dat, which never change. */
const int8 = 20;
const date = 1082;
const numeric = 1700;

/** A statement in a transaction of which another one has failed. */
const inFailedTransaction = '25P02';

/** A statement seen this often is prepared on each connection: its plan is kept. */
const preparedAfter = 5;
const mostPrepared = 200;

/**
 * Opens a pool of connections. int8 and numeric come back as numbers (our sums are exact up to 2^53), date as text,
 * json and jsonb parsed. A connection that dies while idle is replaced in silence.
 */
export function openPool(config: PoolConfig): Database {
  const pool = new pg.Pool({
    max: 20,
    connectionTimeoutMillis: 15_000,
    keepAlive: true,
    // Statements that are issued together travel together; they still run in order.
    pipeline: true,
    // A lock that is held this long, or a transaction that does nothing, is a fault of ours: it must not stop the others.
    lock_timeout: 10_000,
    idle_in_transaction_session_timeout: 60_000,
    application_name: 'shouwang',
    ...config,
    types: { getTypeParser: parserOf },
  });
  const broken = new WeakSet<pg.ClientBase>();
  const preparable = namer();

  // Without listeners a connection that dies ends the whole process, be it idle or lent out between two statements.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => {
    client.on('error', () => broken.add(client));
    client.on('end', () => broken.add(client));
  });

  async function connect(): Promise<pg.PoolClient> {
    try {
      return await pool.connect();
    } catch (error) {
      throw error instanceof pg.DatabaseError ? error : new ConnectionFailed(error);
    }
  }
  function on(client: pg.PoolClient): Sql {
    let reason: Error | undefined;
    return {
      async query<R extends object>(text: string, values?: readonly unknown[]): Promise<R[]> {
        const name = preparable(text);
        try {
          // The driver takes a mutable array, and does not change it.
          return (await client.query<R>({ text, values: values as unknown[] | undefined, name })).rows;
        } catch (error) {
          // Of statements under way together the first that fails takes the others along: theirs is not the reason.
          if (reason && error instanceof pg.DatabaseError && error.code === inFailedTransaction) throw reason;
          const isCut = !(error instanceof pg.DatabaseError) && broken.has(client);
          reason = isCut ? new ConnectionFailed(error) : (error as Error);
          throw reason;
        }
      },
    };
  }
  return {
    async query<R extends object>(text: string, values?: readonly unknown[]): Promise<R[]> {
      const client = await connect();
      try {
        return await on(client).query<R>(text, values);
      } finally {
        client.release(broken.has(client));
      }
    },
    async transaction<T>(work: (sql: Sql) => Promise<T>, mode: 'write' | 'snapshot' = 'write'): Promise<T> {
      const client = await connect();
      const sql = on(client);
      try {
        await sql.query(
          mode === 'write' ? 'begin isolation level read committed' : 'begin isolation level repeatable read read only',
        );
        const result = await work(sql);
        await commit(client, broken);
        client.release(broken.has(client));
        return result;
      } catch (error) {
        // Where the rollback fails as well, the connection is thrown away, and with it the transaction.
        const rolledBack = await sql.query('rollback').then(
          () => true,
          () => false,
        );
        client.release(!rolledBack || broken.has(client));
        throw error;
      }
    },
    close: () => pool.end(),
  };
}

/** Commits; a transaction that had failed before, with its error swallowed, would be rolled back without a word. */
async function commit(client: pg.PoolClient, broken: WeakSet<pg.ClientBase>): Promise<void> {
  let tag: string;
  try {
    tag = (await client.query('commit')).command;
  } catch (error) {
    throw !(error instanceof pg.DatabaseError) && broken.has(client) ? new ConnectionFailed(error) : error;
  }
  if (tag !== 'COMMIT') throw new Error('the transaction had failed before its end and was rolled back');
}

/** Gives a name to statements that come again and again; at most `mostPrepared` of them, each connection keeps its plans. */
function namer(): (text: string) => string | undefined {
  const seen = new Map<string, number>();
  const names = new Map<string, string>();
  return (text) => {
    const known = names.get(text);
    if (known !== undefined || names.size >= mostPrepared || !/^\s*(select|insert|update|delete|with)\b/i.test(text))
      return known;
    const times = (seen.get(text) ?? 0) + 1;
    if (times < preparedAfter) {
      if (seen.size > 5 * mostPrepared) seen.clear();
      seen.set(text, times);
      return undefined;
    }
    seen.delete(text);
    const name = `s${names.size + 1}`;
    names.set(text, name);
    return name;
  };
}

function parserOf(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (format !== 'binary') {
    if (oid === int8 || oid === numeric) return Number;
    if (oid === date) return String;
  }
  return pg.types.getTypeParser(oid, format as 'text');
}

/**
 * States in which the same work may succeed when it is done again: serialization failure, deadlock, lock timeout, and
 * what ends or refuses a connection (class 08, shutdown, too many, idle in transaction).
 */
const transientStates = new Set(['40001', '40P01', '55P03', '57P01', '57P02', '57P03', '53300', '25P03']);

/** Whether doing the same again may help. Decided by SQLSTATE and type, never by text; also through wrapping errors. */
export function isTransient(error: unknown): boolean {
  return someCause(error, (cause) => {
    if (cause instanceof ConnectionFailed) return true;
    const state = cause instanceof pg.DatabaseError ? cause.code : undefined;
    return state !== undefined && (transientStates.has(state) || state.startsWith('08'));
  });
}

/** Whether the disk is full: PostgreSQL's (53100) or our own (ENOSPC). */
export function isDiskFull(error: unknown): boolean {
  return someCause(error, (cause) => {
    const code = (cause as { code?: unknown }).code;
    return code === '53100' || code === 'ENOSPC';
  });
}

function someCause(error: unknown, test: (cause: Error) => boolean): boolean {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 10; cause = cause.cause, depth++) {
    if (test(cause)) return true;
  }
  return false;
}

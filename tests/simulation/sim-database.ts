import pg from 'pg';
import type { Database, Sql } from '../../src/server/database/database.ts';
import { ConnectionFailed } from '../../src/server/database/pool.ts';
import type { Life } from './life.ts';
import type { Scheduler } from './scheduler.ts';

/** What goes wrong with the next transaction that writes. `nth` statement, where it is inside. */
export type DatabaseFault =
  | { readonly kind: 'killedInside'; readonly nth: number }
  | { readonly kind: 'killedBeforeCommit' }
  | { readonly kind: 'killedAfterCommit' }
  | { readonly kind: 'error'; readonly nth: number; readonly state: string }
  | { readonly kind: 'connectionLost'; readonly nth: number }
  | { readonly kind: 'unknownCommit'; readonly committed: boolean };

/** What one transaction did, for whoever records it. */
export interface TransactionRecord {
  /** Called once when the transaction has committed. */
  committed(): void;
}

export interface DatabaseHooks {
  /** A transaction that writes begins. */
  begin(): TransactionRecord;
  /** The fault for a transaction that writes, if one is due. */
  fault(): DatabaseFault | undefined;
  /** The fault has happened. */
  happened(fault: DatabaseFault): void;
  /** The server's process ends here. */
  kill(): void;
}

/** Whoever holds the row of the community's clock: writers of several servers wait for one another there, as in the database. */
export class ClockRow {
  private readonly waiting: (() => void)[] = [];
  private held = false;

  /** Waits until the row is free, and holds it. */
  async take(): Promise<void> {
    if (this.held) await new Promise<void>((go) => this.waiting.push(go));
    this.held = true;
  }

  /** Lets it go: to whoever has waited longest. */
  release(): void {
    const next = this.waiting.shift();
    if (next === undefined) this.held = false;
    else next();
  }
}

const LOCKS_CLOCK = /from clock where community_id = \$1 for update$/;

interface Ticket {
  readonly owner: object;
  readonly run: () => void;
}

/** Virtual ms of a round trip to the database. */
const TRIP_MS = 0.3;

/**
 * A real database behind a virtual clock: statements go out one connection at a time, in an order that the scheduler
 * decides, and virtual time stands still while a real one runs. Lives as long as its server: when that is killed, open
 * transactions roll back, as PostgreSQL does when a client is gone.
 */
export class SimDatabase implements Database {
  private readonly waiting: Ticket[] = [];
  private readonly open = new Set<(reason: Error) => void>();

  constructor(
    private readonly real: Database,
    private readonly scheduler: Scheduler,
    private readonly life: Life,
    private readonly hooks: DatabaseHooks,
    private readonly clockRow: ClockRow = new ClockRow(),
  ) {
    life.onEnd(() => {
      for (const rollBack of this.open) rollBack(new Error('the server has ended'));
      this.open.clear();
    });
  }

  async query<R extends object>(text: string, values?: readonly unknown[]): Promise<R[]> {
    await this.turn({});
    return this.life.whileAlive(this.scheduler.outside(this.real.query<R>(text, values)));
  }

  async transaction<T>(work: (sql: Sql) => Promise<T>, mode: 'write' | 'snapshot' = 'write'): Promise<T> {
    const owner = {};
    const fault = mode === 'write' ? this.hooks.fault() : undefined;
    const record = mode === 'write' ? this.hooks.begin() : { committed() {} };
    await this.turn(owner);
    const real = await this.begin(mode);
    let statements = 0;
    let holdsClock = false;
    const sql: Sql = {
      query: async <R extends object>(text: string, values?: readonly unknown[]): Promise<R[]> => {
        if (!holdsClock && LOCKS_CLOCK.test(text)) {
          await this.clockRow.take();
          holdsClock = true;
        }
        await this.turn(owner);
        this.breakAt(fault, ++statements, real.rollBack);
        return this.life.whileAlive(this.scheduler.outside(real.sql.query<R>(text, values)));
      },
    };
    try {
      const result = await work(sql);
      await this.turn(owner);
      await this.commit(fault, real, record);
      return result;
    } catch (error) {
      await this.life.whileAlive(this.scheduler.outside(real.rollBack(error as Error)));
      throw error;
    } finally {
      if (holdsClock) this.clockRow.release();
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** Opens a real transaction that stays open until it is told how to end. */
  private async begin(mode: 'write' | 'snapshot') {
    let commit!: () => void;
    let fail!: (reason: Error) => void;
    const end = new Promise<void>((resolve, reject) => ([commit, fail] = [resolve, reject]));
    end.catch(() => {});
    let begun!: (sql: Sql) => void;
    const sql = new Promise<Sql>((resolve) => (begun = resolve));
    const over = this.real.transaction(async (real) => {
      begun(real);
      await end;
    }, mode);
    const settled = over.then(
      () => {},
      () => {},
    );
    const rollBack = (reason: Error): Promise<void> => {
      this.open.delete(rollBackSoon);
      fail(reason);
      return settled;
    };
    const rollBackSoon = (reason: Error): void => void this.scheduler.outside(rollBack(reason));
    this.open.add(rollBackSoon);
    const ready = await this.life.whileAlive(this.scheduler.outside(sql));
    return {
      sql: ready,
      rollBack,
      commit: async (): Promise<void> => {
        this.open.delete(rollBackSoon);
        commit();
        await this.scheduler.outside(over);
      },
    };
  }

  private breakAt(fault: DatabaseFault | undefined, nth: number, rollBack: (reason: Error) => Promise<void>): void {
    if (fault === undefined || !('nth' in fault) || fault.nth !== nth) return;
    this.hooks.happened(fault);
    if (fault.kind === 'killedInside') {
      void this.scheduler.outside(rollBack(new Error('the server has ended')));
      this.hooks.kill();
      throw new Error('the server has ended');
    }
    throw fault.kind === 'error' ? databaseError(fault.state) : new ConnectionFailed(new Error('reset by peer'));
  }

  private async commit(
    fault: DatabaseFault | undefined,
    real: { commit(): Promise<void>; rollBack(reason: Error): Promise<void> },
    record: TransactionRecord,
  ): Promise<void> {
    if (fault?.kind === 'killedBeforeCommit') {
      this.hooks.happened(fault);
      this.hooks.kill();
      return new Promise(() => {});
    }
    if (fault?.kind === 'unknownCommit' && !fault.committed) {
      this.hooks.happened(fault);
      throw new ConnectionFailed(new Error('reset by peer, before the commit'));
    }
    await real.commit();
    record.committed();
    if (fault?.kind === 'killedAfterCommit') {
      this.hooks.happened(fault);
      this.hooks.kill();
      return new Promise(() => {});
    }
    if (fault?.kind === 'unknownCommit') {
      this.hooks.happened(fault);
      throw new ConnectionFailed(new Error('reset by peer, after the commit'));
    }
    if (this.life.isOver) return new Promise(() => {});
  }

  /** Waits for this connection's turn. Statements that one connection has issued together go out together. */
  private turn(owner: object): Promise<void> {
    return new Promise((go) => {
      this.waiting.push({ owner, run: go });
      if (this.waiting.length === 1) this.serveSoon();
    });
  }

  private serveSoon(): void {
    this.scheduler.later(TRIP_MS, () => {
      if (this.life.isOver) return;
      const [first] = this.waiting;
      while (this.waiting.length > 0 && this.waiting[0]!.owner === first!.owner) this.waiting.shift()!.run();
      if (this.waiting.length > 0) this.serveSoon();
    });
  }
}

function databaseError(state: string): pg.DatabaseError {
  const error = new pg.DatabaseError(`simulated ${state}`, 0, 'error');
  error.code = state;
  return error;
}

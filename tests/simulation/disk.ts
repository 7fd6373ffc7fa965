import { IDBFactory } from 'fake-indexeddb';
import type { Life } from './life.ts';
import { imageOf, restoreImage } from './raw-idb.ts';
import type { RawConnection, RawDatabase, RawTransaction, StoreImage } from './raw-idb.ts';

/**
 * What a phone keeps: IndexedDB on a disk that may be full and may lose, when the battery dies, whatever was not written
 * with strict durability.
 */
export class Disk {
  private readonly factory = new IDBFactory();
  private readonly connections = new Map<Life, Set<RawConnection>>();
  /** What committed transactions wrote, and what of it would survive a dead battery: by database and store. */
  private readonly committed = new Map<string, StoreImage>();
  private flushed = new Map<string, StoreImage>();
  private readonly databases = new Map<string, RawDatabase>();
  private writesLeft = Infinity;
  private refusals = 0;
  /** How often somebody was told that the disk is full. */
  fullTimes = 0;

  /** The n-th writing transaction from now, and some after it, find the disk full. */
  fillAfter(transactions: number, times: number): void {
    this.writesLeft = transactions;
    this.refusals = times;
  }

  makeRoom(): void {
    this.writesLeft = Infinity;
    this.refusals = 0;
  }

  /** The battery dies: only what was flushed is still there. Every tab must have ended. @returns whether anything was lost */
  loseUnflushed(): boolean {
    let lost = false;
    for (const [name, database] of this.databases) {
      for (const store of database.rawObjectStores.values()) {
        const key = `${name}/${store.name}`;
        const image = this.flushed.get(key);
        if (image !== this.committed.get(key)) lost = true;
        restoreImage(store, image);
      }
    }
    this.committed.clear();
    for (const [key, image] of this.flushed) this.committed.set(key, image);
    return lost;
  }

  /** IndexedDB as one tab sees it. When the tab ends, its open transactions are undone and nothing of it writes again. */
  of(life: Life): IDBFactory {
    const connections = new Set<RawConnection>();
    this.connections.set(life, connections);
    life.onEnd(() => this.dropTab(life));
    const { factory } = this;
    const open = (name: string, version?: number): IDBOpenDBRequest => {
      const request = factory.open(name, version);
      const opened = (): void => {
        const connection = request.result as unknown as RawConnection;
        if (life.isOver) connection.close();
        else if (!connections.has(connection)) this.adopt(life, connection, connections);
      };
      // Before anybody else's listeners, so that the first transaction is seen.
      request.addEventListener('upgradeneeded', opened);
      request.addEventListener('success', opened);
      return request;
    };
    const deleteDatabase = (name: string): IDBOpenDBRequest => {
      const request = factory.deleteDatabase(name);
      request.addEventListener('success', () => this.forget(name));
      return request;
    };
    return {
      open: (name: string, version?: number) => (life.isOver ? refused() : open(name, version)),
      deleteDatabase: (name: string) => (life.isOver ? refused() : deleteDatabase(name)),
      cmp: (one: unknown, other: unknown) => factory.cmp(one, other),
      databases: () => factory.databases(),
    } as unknown as IDBFactory;
  }

  private adopt(life: Life, connection: RawConnection, connections: Set<RawConnection>): void {
    const database = connection._rawDatabase;
    connections.add(connection);
    this.databases.set(database.name, database);
    const begin = connection.transaction.bind(connection);
    connection.transaction = (names, mode, options) => {
      if (life.isOver) throw new DOMException('this tab has ended', 'InvalidStateError');
      const transaction = begin(names, mode, options);
      if (mode !== 'readonly' && mode !== undefined) this.watch(transaction, database);
      return transaction;
    };
    for (const running of database.transactions) if (running.mode === 'versionchange') this.watch(running, database);
  }

  private watch(transaction: RawTransaction, database: RawDatabase): void {
    transaction.addEventListener('complete', () => this.wrote(transaction, database));
    if (transaction.mode !== 'readwrite' || --this.writesLeft > 0 || this.refusals-- <= 0) return;
    // As a browser does it: the transaction is aborted, with the reason as its error.
    this.fullTimes += 1;
    const start = Object.getPrototypeOf(transaction) as { _start(this: RawTransaction): void };
    Object.assign(transaction, {
      _start(this: RawTransaction) {
        start._start.call(this);
        if (this._state !== 'finished' && this._requests.length === 0) this._abort('QuotaExceededError');
      },
    });
  }

  private wrote(transaction: RawTransaction, database: RawDatabase): void {
    for (const name of transaction._scope) {
      const store = database.rawObjectStores.get(name);
      if (store !== undefined) this.committed.set(`${database.name}/${name}`, imageOf(store));
    }
    // The log of a disk is in order: what is flushed takes all with it that was written before.
    if (transaction.mode === 'versionchange' || transaction.durability === 'strict')
      this.flushed = new Map(this.committed);
  }

  private forget(name: string): void {
    this.databases.delete(name);
    for (const images of [this.committed, this.flushed]) {
      for (const key of [...images.keys()]) if (key.startsWith(`${name}/`)) images.delete(key);
    }
  }

  private dropTab(life: Life): void {
    for (const connection of this.connections.get(life) ?? []) {
      const database = connection._rawDatabase;
      const own = database.transactions.filter((one) => (one as unknown as { db: RawConnection }).db === connection);
      // Undone at once. That it was is told to what is left of the tab, so that nothing of it waits for ever.
      for (const transaction of own) if (transaction._state !== 'finished') transaction._abort('AbortError');
      connection.close();
    }
    this.connections.delete(life);
  }
}

/** The answer to what a tab still asks for after its end. */
function refused(): IDBOpenDBRequest {
  const error = new DOMException('this tab has ended', 'AbortError');
  const request = Object.assign(new EventTarget(), {
    error,
    onerror: undefined as ((event: Event) => void) | undefined,
  });
  setImmediate(() => {
    const event = new Event('error', { cancelable: true });
    request.dispatchEvent(event);
    request.onerror?.(event);
  });
  return request as unknown as IDBOpenDBRequest;
}

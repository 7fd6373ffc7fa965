interface Transaction {
  _state: string;
  readonly _requests: readonly unknown[];
  _start(): void;
  _abort(name: string): void;
  objectStore(name: string): Store;
}

interface Store {
  readonly name: string;
  put(...args: unknown[]): unknown;
  add(...args: unknown[]): unknown;
  clear(...args: unknown[]): unknown;
  delete(...args: unknown[]): unknown;
}

interface Connection {
  transaction(names: string | string[], mode?: string, options?: unknown): Transaction;
}

/**
 * Fills the disk under a phone's IndexedDB. As in a browser, what has been written is refused at the end of the
 * transaction, which is undone; to read and to take away needs no room. Whoever is connected already notices nothing: open
 * the phone anew.
 */
export class FullDisk {
  /** Transactions that were refused. */
  refused = 0;
  /** Refuses after the first thing that was written, as some browsers do. */
  isImpatient = false;
  private fullOf: 'nothing' | 'answers' | 'photos' | 'else' = 'nothing';

  constructor(factory: IDBFactory) {
    const open = factory.open.bind(factory);
    factory.open = (name, version) => {
      const request = open(name, version);
      request.addEventListener('success', () => this.watchConnection(request.result as unknown as Connection));
      return request;
    };
  }

  /** @param what takes the room: kept answers or pictures, so that dropping them makes some, or something that nobody may drop */
  fill(what: 'answers' | 'photos' | 'else'): void {
    this.fullOf = what;
  }

  makeRoom(): void {
    this.fullOf = 'nothing';
  }

  private watchConnection(connection: Connection): void {
    const begin = connection.transaction.bind(connection);
    connection.transaction = (names, mode, options) => {
      const transaction = begin(names, mode, options);
      if (mode === 'readwrite') this.watch(transaction);
      return transaction;
    };
  }

  private watch(transaction: Transaction): void {
    const [storeOf, start] = [transaction.objectStore.bind(transaction), transaction._start.bind(transaction)];
    let wrote = false;
    transaction.objectStore = (name) => {
      const store = storeOf(name);
      const { put, add, clear, delete: remove } = store;
      const writing = (write: (...args: unknown[]) => unknown) =>
        function (this: Store, ...args: unknown[]) {
          wrote = true;
          return write.apply(this, args);
        };
      store.put = writing(put);
      store.add = writing(add);
      store.clear = (...args) => {
        if (name === 'answers' && this.fullOf === 'answers') this.makeRoom();
        return clear.apply(store, args);
      };
      store.delete = (...args) => {
        if (name === 'photos' && this.fullOf === 'photos') this.makeRoom();
        return remove.apply(store, args);
      };
      return store;
    };
    const isRefused = () => this.fullOf !== 'nothing' && wrote && transaction._state !== 'finished';
    transaction._start = () => {
      const isAtEnd = transaction._requests.length === 0;
      if (!isAtEnd || !isRefused()) start();
      if (!isRefused() || !(isAtEnd || this.isImpatient)) return;
      this.refused += 1;
      transaction._abort('QuotaExceededError');
    };
  }
}

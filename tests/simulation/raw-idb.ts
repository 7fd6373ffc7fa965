/** What the simulation touches of fake-indexeddb's inside: a browser's disk has no such doors, a simulated one needs them. */
export interface RawRecord {
  readonly key: unknown;
  readonly value: unknown;
}

interface RawRecords {
  readonly records: { getAllRecords(): Iterable<RawRecord> };
  put(record: RawRecord): void;
  clear(): void;
}

export interface RawStore {
  readonly name: string;
  readonly records: RawRecords;
  readonly rawIndexes: ReadonlyMap<string, { readonly records: RawRecords; storeRecord(record: RawRecord): void }>;
  readonly keyGenerator: { num: number } | null;
}

export interface RawTransaction extends EventTarget {
  readonly mode: string;
  readonly durability: string;
  readonly _scope: ReadonlySet<string>;
  _state: string;
  _requests: unknown[];
  _abort(name: string): void;
}

export interface RawDatabase {
  readonly name: string;
  transactions: RawTransaction[];
  readonly rawObjectStores: ReadonlyMap<string, RawStore>;
}

export interface RawConnection extends EventTarget {
  readonly _rawDatabase: RawDatabase;
  close(): void;
  transaction(names: string | string[], mode?: string, options?: unknown): RawTransaction;
}

/** A store's records as of a moment. Values are never changed in place, so that the references are enough. */
export interface StoreImage {
  readonly records: readonly RawRecord[];
  readonly keys: number | undefined;
}

export function imageOf(store: RawStore): StoreImage {
  return { records: [...store.records.records.getAllRecords()], keys: store.keyGenerator?.num };
}

/** Puts a store back to what it was. */
export function restoreImage(store: RawStore, image: StoreImage | undefined): void {
  store.records.clear();
  for (const index of store.rawIndexes.values()) index.records.clear();
  for (const record of image?.records ?? []) {
    store.records.put(record);
    for (const index of store.rawIndexes.values()) index.storeRecord(record);
  }
  if (store.keyGenerator !== null) store.keyGenerator.num = image?.keys ?? 0;
}

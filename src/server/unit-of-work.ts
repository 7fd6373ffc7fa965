import { Refusal } from '../domain/refusal.ts';
import type { Entity, IndexOf, Row } from '../domain/entity.ts';
import type { Read, Tx } from '../domain/tx.ts';
import type { Sql } from './database/database.ts';
import type { StoredEntity } from './stored-entity.ts';

/** A row of this transaction: as the database had it, and as it is now. Undefined: it is not there. */
interface Held {
  readonly stored: Row | undefined;
  now: Row | undefined;
}

/** A row that this transaction changed. */
export interface Change {
  readonly entity: string;
  readonly id: string;
  readonly before: Row | undefined;
  readonly after: Row | undefined;
}

/**
 * The server's Tx: rows of one community in one SQL transaction. Mutations run in memory over rows loaded many at a time;
 * `flush` writes all changes with one statement per table. A mutation that refuses is undone alone (`mark`, `undo`).
 */
export class UnitOfWork implements Tx {
  private readonly held = new Map<string, Map<string, Held>>();
  /** Ids of the rows that each list held when it was loaded. What was written since is looked through besides. */
  private readonly listed = new Map<string, readonly string[]>();
  private readonly written = new Map<string, Set<string>>();
  /** Loads that were asked for in one moment and go together: one query for thousands of rows that are wanted at once. */
  private readonly gathering = new Map<string, { readonly wanted: Set<string>; readonly loaded: Promise<void> }>();
  private readonly journal: { entity: string; held: Held; before: Row | undefined }[] = [];

  constructor(
    private readonly sql: Sql,
    private readonly communityId: string,
    private readonly stored: ReadonlyMap<string, StoredEntity>,
  ) {}

  /** Loads what a batch of mutations will want: one query per entity and kind of read. */
  async preload(reads: readonly Read[]): Promise<void> {
    const ids = new Map<string, string[]>();
    const lists = new Map<string, { entity: string; index: string; values: Set<string> }>();
    for (const read of reads) {
      if ('id' in read) {
        bag(ids, read.entity.name).push(read.id);
      } else if (!this.listed.has(listKey(read.entity.name, read.index, read.value))) {
        const key = `${read.entity.name}.${read.index}`;
        const list = lists.get(key) ?? { entity: read.entity.name, index: read.index, values: new Set<string>() };
        list.values.add(read.value);
        lists.set(key, list);
      }
    }
    const loads = [...lists.values()].map((list) => this.loadLists(list.entity, list.index, [...list.values]));
    for (const [entity, wanted] of ids) {
      const known = this.rowsOf(entity);
      const missing = [...new Set(wanted)].filter((id) => !known.has(id));
      if (missing.length > 0) loads.push(this.loadIds(entity, missing));
    }
    await Promise.all(loads);
  }

  async get<R extends Row>(entity: Entity<R>, id: string): Promise<R | undefined> {
    const known = this.rowsOf(entity.name).get(id);
    if (known) return known.now as R | undefined;
    await this.gather(entity.name, id, (ids) => this.loadIds(entity.name, ids));
    return this.rowsOf(entity.name).get(id)?.now as R | undefined;
  }

  async list<R extends Row>(entity: Entity<R>, index: IndexOf<R>, value: string): Promise<readonly R[]> {
    const key = listKey(entity.name, index, value);
    if (!this.listed.has(key)) {
      await this.gather(`${entity.name}.${index}`, value, (values) => this.loadLists(entity.name, index, values));
    }
    const held = this.rowsOf(entity.name);
    const rows: R[] = [];
    for (const id of new Set([...this.listed.get(key)!, ...(this.written.get(entity.name) ?? [])])) {
      const row = held.get(id)!.now as R | undefined;
      if (row !== undefined && row[index] === value) rows.push(row);
    }
    return rows.sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  async add<R extends Row>(entity: Entity<R>, row: R): Promise<void> {
    if ((await this.get(entity, row.id)) !== undefined) throw new Refusal('alreadyThere', { id: row.id });
    this.write(entity.name, row.id, row);
  }

  put<R extends Row>(entity: Entity<R>, row: R): Promise<void> {
    this.mustHold(entity.name, row.id);
    this.write(entity.name, row.id, row);
    return Promise.resolve();
  }

  remove<R extends Row>(entity: Entity<R>, id: string): Promise<void> {
    this.mustHold(entity.name, id);
    this.write(entity.name, id, undefined);
    return Promise.resolve();
  }

  /** @returns a point to which `undo` can go back */
  mark(): number {
    return this.journal.length;
  }

  /** Takes back every change since the mark. */
  undo(mark: number): void {
    for (let i = this.journal.length - 1; i >= mark; i--) {
      const { held, before } = this.journal[i]!;
      held.now = before;
    }
    this.journal.length = mark;
  }

  /** Whether a change since the mark touched one of these entities. */
  changedSince(mark: number, entities: ReadonlySet<string>): boolean {
    for (let i = mark; i < this.journal.length; i++) if (entities.has(this.journal[i]!.entity)) return true;
    return false;
  }

  /** @returns what this transaction changed, each row once, rows that ended as they began left out */
  changes(): Change[] {
    const changes: Change[] = [];
    for (const [entity, rows] of this.held) {
      for (const [id, { stored, now }] of rows) {
        if (stored !== now) changes.push({ entity, id, before: stored, after: now });
      }
    }
    return changes;
  }

  /** Writes the changes to their tables, one statement per table; the statements are on their way together. */
  flush(changes: readonly Change[]): Promise<void>[] {
    const stores = new Map<string, Row[]>();
    const deletes = new Map<string, string[]>();
    for (const change of changes) {
      if (change.after !== undefined) bag(stores, change.entity).push(change.after);
      else bag(deletes, change.entity).push(change.id);
    }
    return [
      ...[...deletes].map(([entity, ids]) => this.storeOf(entity).delete(this.sql, this.communityId, ids)),
      ...[...stores].map(([entity, rows]) => this.storeOf(entity).store(this.sql, this.communityId, rows)),
    ];
  }

  private write(entity: string, id: string, row: Row | undefined): void {
    const held = this.rowsOf(entity).get(id)!;
    this.journal.push({ entity, held, before: held.now });
    held.now = row;
    let written = this.written.get(entity);
    if (!written) this.written.set(entity, (written = new Set()));
    written.add(id);
  }

  private mustHold(entity: string, id: string): void {
    if (this.rowsOf(entity).get(id)?.now === undefined)
      throw new Error(`${entity} ${id} was not read before it was written`);
  }

  /** Waits until all that is asked for in this moment has been asked for, then loads it together. */
  private gather(key: string, value: string, load: (values: readonly string[]) => Promise<void>): Promise<void> {
    const under = this.gathering.get(key);
    if (under) {
      under.wanted.add(value);
      return under.loaded;
    }
    const wanted = new Set([value]);
    const loaded = Promise.resolve().then(() => {
      this.gathering.delete(key);
      return load([...wanted]);
    });
    this.gathering.set(key, { wanted, loaded });
    return loaded;
  }

  private async loadIds(entity: string, ids: readonly string[]): Promise<void> {
    const rows = await this.storeOf(entity).byIds(this.sql, this.communityId, ids);
    this.keep(entity, rows);
    const known = this.rowsOf(entity);
    for (const id of ids) if (!known.has(id)) known.set(id, { stored: undefined, now: undefined });
  }

  private async loadLists(entity: string, index: string, values: readonly string[]): Promise<void> {
    const rows = await this.storeOf(entity).byIndex(this.sql, this.communityId, index, values);
    this.keep(entity, rows);
    const ids = new Map<string, string[]>(values.map((value) => [value, []]));
    for (const row of rows) ids.get(row[index as keyof Row])?.push(row.id);
    for (const [value, those] of ids) this.listed.set(listKey(entity, index, value), those);
  }

  private keep(entity: string, rows: readonly Row[]): void {
    const known = this.rowsOf(entity);
    for (const row of rows) if (!known.has(row.id)) known.set(row.id, { stored: row, now: row });
  }

  private rowsOf(entity: string): Map<string, Held> {
    let rows = this.held.get(entity);
    if (!rows) this.held.set(entity, (rows = new Map<string, Held>()));
    return rows;
  }

  private storeOf(entity: string): StoredEntity {
    const store = this.stored.get(entity);
    if (!store) throw new Error(`the entity "${entity}" is not stored`);
    return store;
  }
}

function listKey(entity: string, index: string, value: string): string {
  return `${entity}.${index}=${value}`;
}

function bag<T>(map: Map<string, T[]>, key: string): T[] {
  let list = map.get(key);
  if (!list) map.set(key, (list = []));
  return list;
}

import type { Entity, IndexOf, Row } from '../../src/domain/entity.ts';
import { Refusal } from '../../src/domain/refusal.ts';
import type { Registry } from '../../src/domain/slice.ts';
import type { Read, Tx } from '../../src/domain/tx.ts';

/** Rows by entity and id. */
export type Rows = ReadonlyMap<string, ReadonlyMap<string, Row>>;

/** One community's rows, kept in memory as the database would keep them. */
export class MemoryRows {
  readonly rows = new Map<string, Map<string, Row>>();

  /**
   * @param entities what is stored
   * @param copies fields that are carried over; none on a phone
   */
  constructor(
    entities: Iterable<string>,
    readonly copies: Registry['copies'],
  ) {
    for (const name of entities) this.rows.set(name, new Map());
  }

  of(entity: string): Map<string, Row> {
    const rows = this.rows.get(entity);
    if (!rows) throw new Error(`the entity "${entity}" is not stored`);
    return rows;
  }
}

/** One mutation's view on the rows, with the server's semantics. Nothing is changed until `commit`; to undo, drop it. */
export class MemoryTx implements Tx {
  private readonly changed = new Map<string, Map<string, Row | undefined>>();
  private readonly read = new Set<string>();

  constructor(private readonly store: MemoryRows) {}

  /** Reads ahead, as a batch does. */
  preload(reads: readonly Read[]): void {
    for (const read of reads) {
      if ('id' in read) this.see(read.entity.name, read.id);
      else this.find(read.entity, read.index, read.value);
    }
  }

  get<R extends Row>(entity: Entity<R>, id: string): Promise<R | undefined> {
    return Promise.resolve(this.see(entity.name, id) as R | undefined);
  }

  list<R extends Row>(entity: Entity<R>, index: IndexOf<R>, value: string): Promise<readonly R[]> {
    return Promise.resolve(this.find(entity as unknown as Entity, index, value) as R[]);
  }

  async add<R extends Row>(entity: Entity<R>, row: R): Promise<void> {
    if (this.see(entity.name, row.id) !== undefined) throw new Refusal('alreadyThere', { id: row.id });
    this.changesOf(entity.name).set(row.id, row);
    return Promise.resolve();
  }

  put<R extends Row>(entity: Entity<R>, row: R): Promise<void> {
    this.mustHold(entity.name, row.id);
    this.changesOf(entity.name).set(row.id, row);
    return Promise.resolve();
  }

  remove<R extends Row>(entity: Entity<R>, id: string): Promise<void> {
    this.mustHold(entity.name, id);
    this.changesOf(entity.name).set(id, undefined);
    return Promise.resolve();
  }

  /** Carries copied fields over, then stores what was changed. */
  commit(): void {
    this.followCopies();
    for (const [entity, rows] of this.changed) {
      const stored = this.store.of(entity);
      for (const [id, row] of rows) {
        if (row === undefined) stored.delete(id);
        else stored.set(id, asStored(row));
      }
    }
  }

  private followCopies(): void {
    for (const { of, field, into, by } of this.store.copies) {
      for (const [id, after] of [...this.changesOf(of.name)]) {
        const before = this.store.of(of.name).get(id);
        if (before === undefined || after === undefined) continue;
        const is = valueOf(after, field);
        if (valueOf(before, field) === is) continue;
        for (const row of this.find(into, by, id)) {
          if (valueOf(row, field) !== is) this.changesOf(into.name).set(row.id, { ...row, [field]: is } as Row);
        }
      }
    }
  }

  private now(entity: string, id: string): Row | undefined {
    const changed = this.changed.get(entity);
    return changed?.has(id) ? changed.get(id) : this.store.of(entity).get(id);
  }

  private see(entity: string, id: string): Row | undefined {
    const row = this.now(entity, id);
    this.read.add(`${entity}\n${id}`);
    return row;
  }

  private find({ name, indexes }: Entity, index: string, value: string): Row[] {
    if (!indexes.includes(index as never)) throw new Error(`${name} declares no index "${index}"`);
    const ids = new Set([...this.store.of(name).keys(), ...(this.changed.get(name)?.keys() ?? [])]);
    const rows: Row[] = [];
    for (const id of ids) {
      const row = this.now(name, id);
      if (row === undefined || valueOf(row, index) !== value) continue;
      this.read.add(`${name}\n${id}`);
      rows.push(row);
    }
    return rows.sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  private mustHold(entity: string, id: string): void {
    if (!this.read.has(`${entity}\n${id}`) || this.now(entity, id) === undefined)
      throw new Error(`${entity} ${id} was not read before it was written`);
  }

  private changesOf(entity: string): Map<string, Row | undefined> {
    let rows = this.changed.get(entity);
    if (!rows) this.changed.set(entity, (rows = new Map<string, Row | undefined>()));
    return rows;
  }
}

/** The row as it comes back from the database: plain JSON, and an absent field where there was none or null. */
function asStored(row: Row): Row {
  const plain = JSON.parse(JSON.stringify(row)) as Record<string, unknown>;
  for (const key of Object.keys(plain)) if (plain[key] === null) delete plain[key];
  return plain as unknown as Row;
}

function valueOf(row: Row, field: string): unknown {
  return (row as unknown as Record<string, unknown>)[field];
}

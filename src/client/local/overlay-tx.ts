import type { Entity, IndexOf, Row } from '../../domain/entity.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Tx } from '../../domain/tx.ts';
import { touchKey } from '../outbox-entry.ts';
import type { Change } from './database.ts';
import { merge } from './rows.ts';
import type { RowSource } from './rows.ts';

/** What unsettled entries have made of rows, by `touchKey`. */
export type Overlay = Map<string, Change>;

/** One mutation's view on the phone: server rows, under what earlier entries changed, under what it changes itself. */
export class OverlayTx implements Tx {
  /** What this mutation changed. Part of the overlay only when whoever runs it says so: a mutation that fails leaves nothing. */
  readonly changes: Overlay = new Map();
  private readonly loaded = new Set<string>();

  constructor(
    private readonly server: RowSource,
    private readonly overlay: ReadonlyMap<string, Change>,
  ) {}

  async get<R extends Row>(entity: Entity<R>, id: string): Promise<R | undefined> {
    const key = touchKey(entity.name, id);
    const change = this.changes.get(key) ?? this.overlay.get(key);
    const row = change === undefined ? await this.server.get(entity.name, id) : (change.row ?? undefined);
    if (row !== undefined) this.loaded.add(key);
    return row as R | undefined;
  }

  async list<R extends Row>(entity: Entity<R>, index: IndexOf<R>, value: string): Promise<readonly R[]> {
    if (!entity.indexes.includes(index)) throw new Error(`${entity.name} has no index ${index}`);
    const below = await this.server.list(entity.name, index, value);
    const changes = [...this.overlay.values(), ...this.changes.values()].filter((c) => c.entity === entity.name);
    const rows = merge(below, changes, (row) => (row as R)[index] === value);
    for (const row of rows) this.loaded.add(touchKey(entity.name, row.id));
    return rows as readonly R[];
  }

  async add<R extends Row>(entity: Entity<R>, row: R): Promise<void> {
    if ((await this.get(entity, row.id)) !== undefined) throw new Refusal('alreadyThere');
    this.set(entity.name, row.id, row);
  }

  async put<R extends Row>(entity: Entity<R>, row: R): Promise<void> {
    this.mustBeLoaded(entity.name, row.id);
    this.set(entity.name, row.id, row);
  }

  async remove<R extends Row>(entity: Entity<R>, id: string): Promise<void> {
    this.mustBeLoaded(entity.name, id);
    this.set(entity.name, id, null);
  }

  private set(entity: string, id: string, row: Row | null): void {
    const key = touchKey(entity, id);
    this.loaded.add(key);
    this.changes.set(key, { entity, id, row });
  }

  private mustBeLoaded(entity: string, id: string): void {
    if (!this.loaded.has(touchKey(entity, id))) throw new Error(`${entity} ${id} was not loaded`);
  }
}

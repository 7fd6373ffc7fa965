import Dexie from 'dexie';
import * as v from 'valibot';
import type { Actor } from '../../domain/actor.ts';
import { dayOf } from '../../domain/day.ts';
import type { Context } from '../../domain/mutation.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Registry } from '../../domain/slice.ts';
import type { OutboxEntry } from '../outbox-entry.ts';
import type { Tables } from './database.ts';
import { OverlayTx } from './overlay-tx.ts';
import type { Overlay } from './overlay-tx.ts';
import { serverRows } from './rows.ts';
import type { RowSource } from './rows.ts';

/** What running a mutation on the phone needs besides rows. */
export interface Foresight {
  readonly registry: Registry;
  readonly actor: Actor;
  /** Server's clock minus the phone's, ms. */
  readonly offsetMs: number;
}

/** `shown`: it ran, these are its changes. `refused`: a rule said no. `unable`: the phone does not hold what it needs. */
export type Foreseen =
  | { readonly kind: 'shown'; readonly changes: Overlay }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'unable' };

/**
 * Runs an act on the rows that the phone holds.
 *
 * A phone holds few rows, and perhaps those of last week. That a row is missing here, or that a rule stumbles over what
 * is missing, therefore says nothing about the act. Only an error of the store itself is thrown on.
 */
export async function foresee(
  act: Pick<OutboxEntry, 'id' | 'name' | 'args' | 'at'>,
  { registry, actor, offsetMs }: Foresight,
  server: RowSource,
  overlay: Overlay,
): Promise<Foreseen> {
  const mutation = registry.mutations.get(act.name);
  if (mutation === undefined) return { kind: 'unable' };
  const args = v.safeParse(mutation.args, act.args);
  if (!args.success) return { kind: 'unable' };
  // The entry keeps the moment of its tap: a replay after the cut-off must not undo what was in time.
  const happenedAt = act.at + offsetMs;
  const context: Context = { actor, now: happenedAt, happenedAt, today: dayOf(happenedAt), mutationId: act.id };
  const tx = new OverlayTx(server, overlay);
  try {
    await (mutation.foresee ?? mutation.run).call(mutation, tx, args.output as never, context);
    return { kind: 'shown', changes: tx.changes };
  } catch (error) {
    if (error instanceof Dexie.DexieError) throw error;
    if (error instanceof Refusal && error.code !== 'notFound') return { kind: 'refused', refusal: error };
    return { kind: 'unable' };
  }
}

/** Reads each row and each list once: nothing changes below while a transaction runs. */
export function remembering(tables: Pick<Tables, 'rows'>): RowSource {
  const source = serverRows(tables);
  const gets = new Map<string, ReturnType<RowSource['get']>>();
  const lists = new Map<string, ReturnType<RowSource['list']>>();
  return {
    get: (entity, id) => once(gets, `${entity}#${id}`, () => source.get(entity, id)),
    list: (entity, index, value) => once(lists, `${entity}.${index}=${value}`, () => source.list(entity, index, value)),
  };
}

function once<T>(known: Map<string, T>, key: string, read: () => T): T {
  const value = known.get(key) ?? read();
  known.set(key, value);
  return value;
}

/**
 * Draws the overlay anew: runs every entry that is not refused, in order, on the server's rows. This is the rollback.
 * An entry that cannot run is only hidden. To be called in a transaction over rows, overlay and outbox.
 */
export async function redraw(tables: Tables, foresight: Foresight): Promise<void> {
  const entries = await tables.outbox.orderBy('order').toArray();
  const server = remembering(tables);
  const overlay: Overlay = new Map();
  const changed: OutboxEntry[] = [];
  for (const entry of entries) {
    if (entry.state === 'refused') continue;
    const foreseen = await foresee(entry, foresight, server, overlay);
    if (foreseen.kind === 'shown') lay(overlay, foreseen.changes);
    const next = withEffect(entry, foreseen);
    if (next !== entry) changed.push(next);
  }
  if (entries.length > 0 || (await tables.overlay.count()) > 0) {
    await tables.overlay.clear();
    await tables.overlay.bulkPut([...overlay.values()]);
  }
  if (changed.length > 0) await tables.outbox.bulkPut(changed);
}

/** Adds one mutation's changes to the overlay. */
export function lay(overlay: Overlay, changes: Overlay): void {
  for (const [key, change] of changes) overlay.set(key, change);
}

/** @returns the entry with what its run touched; hidden, it keeps what it touched before */
export function withEffect<E extends Omit<OutboxEntry, 'order'>>(entry: E, foreseen: Foreseen): E {
  const hidden = foreseen.kind !== 'shown';
  const touches = foreseen.kind === 'shown' ? [...foreseen.changes.keys()] : entry.touches;
  const same = hidden === (entry.hidden ?? false) && touches.join() === entry.touches.join();
  return same ? entry : { ...entry, hidden, touches };
}

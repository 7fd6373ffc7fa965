import type { Entity, IndexOf, Row } from './entity.ts';

/**
 * The only door to stored data, the same on the phone (server rows under the overlay) and on the server (the unit of
 * work of one transaction). Reads see the changes made through it. Rows are never changed in place: put a copy.
 */
export interface Tx {
  /** @returns the row, or undefined where it is not there (on the phone: or not held) */
  get<R extends Row>(entity: Entity<R>, id: string): Promise<R | undefined>;
  /** @returns all rows whose declared index field equals the value, ordered by id */
  list<R extends Row>(entity: Entity<R>, index: IndexOf<R>, value: string): Promise<readonly R[]>;
  /** Stores a new row. Refuses `alreadyThere` where the id exists. */
  add<R extends Row>(entity: Entity<R>, row: R): Promise<void>;
  /** Stores a changed copy of a row that was read (or added) through this Tx; anything else is a bug and throws. */
  put<R extends Row>(entity: Entity<R>, row: R): Promise<void>;
  /** Removes a row that was read through this Tx. */
  remove<R extends Row>(entity: Entity<R>, id: string): Promise<void>;
}

/** A row, or the rows of an index value, that a mutation will want. */
export type Read =
  | { readonly entity: Entity; readonly id: string }
  | { readonly entity: Entity; readonly index: string; readonly value: string };

export function row<R extends Row>(entity: Entity<R>, id: string): Read {
  return { entity: entity as unknown as Entity, id };
}

export function rows<R extends Row>(entity: Entity<R>, index: IndexOf<R>, value: string): Read {
  return { entity: entity as unknown as Entity, index, value };
}

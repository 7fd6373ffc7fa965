import type { Scope } from './scope.ts';

/** What is stored and sent: plain JSON with an id. A natural key is its parts joined by `/` (see `naturalKey`). */
export interface Row {
  readonly id: string;
}

/** A kind of row: its name on the wire and the fields by which rows of it can be listed (by equality). */
export interface Entity<R extends Row = Row> {
  readonly name: string;
  readonly indexes: readonly IndexOf<R>[];
  /** Never set. Carries the row type, so that `tx.get(order, id)` knows what it gives. */
  readonly rowType?: R;
}

/** Fields of a row that hold a string (or nothing): those that may be an index. */
export type IndexOf<R extends Row> = {
  [K in keyof R & string]: R[K] extends string | undefined | null ? K : never;
}[keyof R & string];

/** Declares a kind of row: `entity<Order>('order', ['householdId', 'groupBuyId'])`. */
export function entity<R extends Row>(name: string, indexes: readonly IndexOf<R>[] = []): Entity<R> {
  return { name, indexes };
}

/** The id of a row that is unique by nature, such as a household's order in a round. */
export function naturalKey(...parts: readonly string[]): string {
  return parts.join('/');
}

/** A row as some readers see it. */
export interface Projection {
  readonly scope: Scope;
  readonly entity: Entity;
  readonly row: Row;
}

/** Says of a row which scopes hold it and what is shown there. A pure function of that row alone. */
export interface Visibility<R extends Row = Row> {
  readonly entity: Entity<R>;
  readonly show: (row: R) => readonly Projection[];
}

/** Ties a rule of sight to its entity: `visible(order, (row) => inScopes(order, row, householdOrders(row.householdId)))`. */
export function visible<R extends Row>(entity: Entity<R>, show: (row: R) => readonly Projection[]): Visibility {
  return { entity: entity as unknown as Entity, show: show as (row: Row) => readonly Projection[] };
}

/** The same row, whole, in each of the scopes. */
export function inScopes<R extends Row>(entity: Entity<R>, row: R, ...scopes: readonly Scope[]): Projection[] {
  return scopes.map((scope) => ({ scope, entity: entity as unknown as Entity, row }));
}

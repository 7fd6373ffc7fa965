import type { Entity, IndexOf, Row, Visibility } from './entity.ts';
import type { AnyMutation } from './mutation.ts';

/**
 * A field that rows copy from another row because their sight rests on it, such as the grid of the household. Whoever
 * changes the original need not know who copies it: the server carries the change over in the same transaction.
 */
export interface Copy {
  readonly of: Entity;
  readonly field: string;
  readonly into: Entity;
  /** The copying entity's index that holds the original's id. */
  readonly by: string;
}

/** Declares a copied field: `copied(household, 'grid', errand, 'householdId')`. */
export function copied<R extends Row, C extends Row>(
  of: Entity<R>,
  field: keyof R & keyof C & string,
  into: Entity<C>,
  by: IndexOf<C>,
): Copy {
  return { of: of as unknown as Entity, field, into: into as unknown as Entity, by };
}

/**
 * Mutations that a phone loads when it first needs one of them, so that its first screen stays light. The server has all
 * of them from the start (see `complete`).
 */
export interface LaterMutations {
  /** Exactly those that `load` gives. */
  readonly names: readonly string[];
  readonly load: () => Promise<readonly AnyMutation[]>;
}

/** What a pillar (or `people`) brings to both sides. Its server half and its client half are gathered apart. */
export interface Slice {
  readonly name: string;
  /** Those that the first screen performs itself. */
  readonly mutations: readonly AnyMutation[];
  /** All others, in parts that are loaded whole. */
  readonly later?: readonly LaterMutations[];
  /** One rule of sight for each entity that the slice stores. */
  readonly visibility: readonly Visibility[];
  /** Entities that are only shown, never stored, such as the pool's errandCard. */
  readonly projections?: readonly Entity[];
  readonly copies?: readonly Copy[];
}

/** Everything that all slices bring, looked up by name. */
export interface Registry {
  readonly slices: readonly Slice[];
  /** Those that are there; a name that is not may belong to one of `later`. */
  readonly mutations: ReadonlyMap<string, AnyMutation>;
  readonly later: readonly LaterMutations[];
  readonly visibility: ReadonlyMap<string, Visibility>;
  readonly copies: readonly Copy[];
  /** Every entity that is stored or shown, for its indexes. */
  readonly entities: ReadonlyMap<string, Entity>;
}

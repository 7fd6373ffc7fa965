import type { Entity, Visibility } from './entity.ts';
import type { AnyMutation } from './mutation.ts';

/** What a pillar (or `people`) brings to both sides. Its server half and its client half are gathered apart. */
export interface Slice {
  readonly name: string;
  readonly mutations: readonly AnyMutation[];
  /** One rule of sight for each entity that the slice stores. */
  readonly visibility: readonly Visibility[];
  /** Entities that are only shown, never stored, such as the pool's errandCard. */
  readonly projections?: readonly Entity[];
}

/** Everything that all slices bring, looked up by name. */
export interface Registry {
  readonly slices: readonly Slice[];
  readonly mutations: ReadonlyMap<string, AnyMutation>;
  readonly visibility: ReadonlyMap<string, Visibility>;
  /** Every entity that is stored or shown, for its indexes. */
  readonly entities: ReadonlyMap<string, Entity>;
}

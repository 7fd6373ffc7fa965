import type { Entity, Visibility } from './entity.ts';
import type { AnyMutation } from './mutation.ts';
import type { Registry, Slice } from './slice.ts';

/** Puts the slices' parts where they can be looked up by name. Throws where two of them claim one name. */
export function gather(slices: readonly Slice[]): Registry {
  const mutations = new Map<string, AnyMutation>();
  const visibility = new Map<string, Visibility>();
  const entities = new Map<string, Entity>();
  for (const slice of slices) {
    for (const mutation of slice.mutations) {
      claim(mutations, mutation.name, mutation);
    }
    for (const rule of slice.visibility) {
      claim(visibility, rule.entity.name, rule);
      claim(entities, rule.entity.name, rule.entity);
    }
    for (const shown of slice.projections ?? []) {
      claim(entities, shown.name, shown);
    }
  }
  return { slices, mutations, visibility, entities, copies: slices.flatMap((slice) => slice.copies ?? []) };
}

function claim<T>(map: Map<string, T>, name: string, value: T): void {
  if (map.has(name)) throw new Error(`two slices register "${name}"`);
  map.set(name, value);
}

import type { Entity, Visibility } from './entity.ts';
import type { AnyMutation } from './mutation.ts';
import type { LaterMutations, Registry, Slice } from './slice.ts';

/** Puts the slices' parts where they can be looked up by name. Throws where two of them claim one name. */
export function gather(slices: readonly Slice[]): Registry {
  const mutations = new Map<string, AnyMutation>();
  const visibility = new Map<string, Visibility>();
  const entities = new Map<string, Entity>();
  const names = new Map<string, string>();
  for (const slice of slices) {
    for (const mutation of slice.mutations) {
      claim(names, mutation.name, slice.name);
      mutations.set(mutation.name, mutation);
    }
    for (const name of (slice.later ?? []).flatMap((part) => part.names)) claim(names, name, slice.name);
    for (const rule of slice.visibility) {
      claim(visibility, rule.entity.name, rule);
      claim(entities, rule.entity.name, rule.entity);
    }
    for (const shown of slice.projections ?? []) {
      claim(entities, shown.name, shown);
    }
  }
  const later = slices.flatMap((slice) => slice.later ?? []);
  const copies = slices.flatMap((slice) => slice.copies ?? []);
  return { slices, mutations, later, visibility, entities, copies };
}

/** @returns the same registry with every mutation in it: for the server, which must know all of them */
export async function complete(registry: Registry): Promise<Registry> {
  const slices = registry.slices.map(async ({ later = [], ...slice }) => {
    const loaded = await Promise.all(later.map(loadLater));
    return { ...slice, mutations: [...slice.mutations, ...loaded.flat()] };
  });
  return gather(await Promise.all(slices));
}

/** Loads a part. Throws where it gives other mutations than it named. */
export async function loadLater({ names, load }: LaterMutations): Promise<readonly AnyMutation[]> {
  const loaded = await load();
  const given = loaded.map((mutation) => mutation.name);
  if ([...given].sort().join() !== [...names].sort().join()) {
    throw new Error(`named were ${names.join(', ')}; loaded were ${given.join(', ')}`);
  }
  return loaded;
}

function claim<T>(map: Map<string, T>, name: string, value: T): void {
  if (map.has(name)) throw new Error(`two slices register "${name}"`);
  map.set(name, value);
}

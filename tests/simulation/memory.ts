import type { Chance } from './acts-doing.ts';

/** Kinds of ids that people make and that others may try. */
export type Remembered = 'round' | 'item' | 'revision' | 'errand' | 'notice' | 'sweep' | 'grant' | 'device' | 'slip';

/** The ids that anybody made so far in a history, in the order in which they came, so that people also try what they do not hold. */
export class Memory {
  private readonly ids = new Map<Remembered, Set<string>>();

  /** Remembers an id, once. @returns the id */
  add(kind: Remembered, id: string): string {
    const known = this.ids.get(kind);
    if (known) known.add(id);
    else this.ids.set(kind, new Set([id]));
    return id;
  }

  /** @returns one of the ids of the kind; undefined where none was made yet */
  any(kind: Remembered, chance: Chance): string | undefined {
    const known = [...(this.ids.get(kind) ?? [])];
    return known.length === 0 ? undefined : chance.pick(known);
  }
}

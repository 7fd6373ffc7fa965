import type { Order } from '../../src/pillars/group-buy/schema.ts';
import type { Chance } from './acts-doing.ts';

/** Kinds of ids that people make and that others may try. */
export type Remembered =
  | 'round'
  | 'item'
  | 'revision'
  | 'run'
  | 'pasted'
  | 'payment'
  | 'refund'
  | 'receipt'
  | 'claim'
  | 'errand'
  | 'notice'
  | 'sweep'
  | 'grant'
  | 'device'
  | 'slip';

/** The ids that anybody made so far in a history, in the order in which they came, so that people also try what they do not hold. */
export class Memory {
  private readonly ids = new Map<Remembered, Set<string>>();
  /** Orders as some phone showed them last: what the list tells of which somebody reads the doors to the organiser. */
  readonly orders = new Map<string, Order>();

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

  /** @returns the id of the kind that was made last */
  last(kind: Remembered): string | undefined {
    return [...(this.ids.get(kind) ?? [])].at(-1);
  }
}

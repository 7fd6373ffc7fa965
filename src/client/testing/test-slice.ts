import * as v from 'valibot';
import { entity } from '../../domain/entity.ts';
import type { Entity, Row } from '../../domain/entity.ts';
import { mutation } from '../../domain/mutation.ts';
import { demand, found } from '../../domain/refusal.ts';
import { gather } from '../../domain/registry.ts';

/** A shelf with a stock, and what people took from it: enough to say no. */
export interface Shelf extends Row {
  readonly left: number;
}

export interface Taken extends Row {
  readonly shelfId: string;
  readonly who: string;
}

export const shelf = entity<Shelf>('shelf');
export const taken = entity<Taken>('taken', ['shelfId']);

const args = v.object({ id: v.string(), shelfId: v.string(), who: v.pipe(v.string(), v.trim(), v.minLength(1)) });

/** Takes one from the shelf. */
export const take = mutation({
  name: 'shelf.take',
  args,
  run: async (tx, { id, shelfId, who }) => {
    const from = found(await tx.get(shelf, shelfId));
    demand(from.left > 0, 'soldOut', { left: from.left });
    await tx.put(shelf, { ...from, left: from.left - 1 });
    await tx.add(taken, { id, shelfId, who });
  },
});

/** What the shelf's phone holds. */
export const shown = [shelf, taken] as unknown as Entity[];
export const registry = gather([{ name: 'shelf', mutations: [take], visibility: [], projections: shown }]);

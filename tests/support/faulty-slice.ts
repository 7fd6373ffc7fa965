import * as v from 'valibot';
import { mutation } from '../../src/domain/mutation.ts';
import { found } from '../../src/domain/refusal.ts';
import type { Slice } from '../../src/domain/slice.ts';
import { household } from '../../src/people/schema.ts';

/** Mutations with bugs, as one may slip through some day: to see that a bug stops nobody else. */
export const faulty: Slice = {
  name: 'faulty',
  visibility: [],
  mutations: [
    mutation({
      name: 'faulty.throws',
      args: v.object({}),
      run: () => Promise.reject(new TypeError('a bug in a rule')),
    }),
    mutation({
      name: 'faulty.cannotBeStored',
      args: v.object({ householdId: v.string() }),
      async run(tx, { householdId }) {
        const home = found(await tx.get(household, householdId));
        await tx.put(household, { ...home, buildingId: null as never });
      },
    }),
  ],
};

import type { AnyMutation, Context } from '../../src/domain/mutation.ts';
import { Refusal } from '../../src/domain/refusal.ts';
import type { Registry } from '../../src/domain/slice.ts';
import type { Tx } from '../../src/domain/tx.ts';

/** A mutation as the server ran it. In lists: in the order of commits. */
export interface Run {
  readonly id: string;
  readonly name: string;
  /** As its schema parsed them. */
  readonly args: unknown;
  readonly context: Context;
  readonly outcome: 'accepted' | 'refused';
  /** Why it was refused. */
  readonly code?: string;
}

/** A law that a history broke, in words that name the ids. */
export interface Violation {
  readonly law: string;
  readonly detail: string;
}

/**
 * The same registry, but each run of a mutation is told to `record` when it has ended, with the Tx that it ran on: a batch
 * has one Tx, so that whoever records can leave out what was rolled back. What throws something other than a refusal is
 * not recorded.
 */
export function recordingRegistry(registry: Registry, record: (run: Run, tx: Tx) => void): Registry {
  const mutations = new Map([...registry.mutations].map(([name, one]) => [name, recorded(one, record)]));
  const slices = registry.slices.map((slice) => ({
    ...slice,
    mutations: slice.mutations.map((one) => mutations.get(one.name) ?? one),
  }));
  return { ...registry, slices, mutations };
}

function recorded(one: AnyMutation, record: (run: Run, tx: Tx) => void): AnyMutation {
  return {
    ...one,
    async run(tx, args, context) {
      const run = { id: context.mutationId, name: one.name, args, context };
      try {
        await one.run(tx, args, context);
      } catch (error) {
        if (error instanceof Refusal) record({ ...run, outcome: 'refused', code: error.code }, tx);
        throw error;
      }
      record({ ...run, outcome: 'accepted' }, tx);
    },
  };
}

import type { GenericSchema, InferOutput } from 'valibot';
import type { Actor } from './actor.ts';
import type { Day } from './day.ts';
import type { Read, Tx } from './tx.ts';

/** What a mutation knows besides its arguments. */
export interface Context {
  readonly actor: Actor;
  /** Epoch ms: on the server the arrival, on the phone its best guess. Decides deadlines. */
  readonly now: number;
  /** Epoch ms: when the person did it, reckoned from the phone's own elapsed time, never after `now`. */
  readonly happenedAt: number;
  /** The community's day at `happenedAt`. */
  readonly today: Day;
  /** The mutation's own id (UUIDv7 made where the person tapped): for rows that need a fresh id derived from it. */
  readonly mutationId: string;
}

/**
 * Something a person can do, written once. The phone runs it for the instant answer, the server for the true one.
 * `name` and `args` are for ever: a phone may replay them after months. Add; never change a meaning.
 */
export interface Mutation<Args = unknown> {
  readonly name: string;
  readonly args: GenericSchema<unknown, Args>;
  /** Rows wanted, so that a batch loads them in one query per entity. A hint: what it misses is loaded one by one. */
  reads(args: Args, actor: Actor, mutationId: string): readonly Read[];
  /** Loads, asks the rules, puts. To say no it throws `Refusal`. */
  run(tx: Tx, args: Args, context: Context): Promise<void>;
  /** What the phone shows until the verdict where it does not hold the rows that `run` needs (claiming from the pool). */
  foresee?(tx: Tx, args: Args, context: Context): Promise<void>;
}

/** Any registered mutation, its argument type forgotten: only what its own `args` has parsed may go into `run`. */
export interface AnyMutation {
  readonly name: string;
  readonly args: GenericSchema;
  reads(args: never, actor: Actor, mutationId: string): readonly Read[];
  run(tx: Tx, args: never, context: Context): Promise<void>;
  foresee?(tx: Tx, args: never, context: Context): Promise<void>;
}

/** Declares a mutation; argument types follow from the schema. */
export function mutation<S extends GenericSchema>(definition: {
  name: string;
  args: S;
  reads?: (args: InferOutput<S>, actor: Actor, mutationId: string) => readonly Read[];
  run: (tx: Tx, args: InferOutput<S>, context: Context) => Promise<void>;
  foresee?: (tx: Tx, args: InferOutput<S>, context: Context) => Promise<void>;
}): Mutation<InferOutput<S>> {
  return { reads: () => [], ...definition } as Mutation<InferOutput<S>>;
}

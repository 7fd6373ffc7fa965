import type { Actor } from '../domain/actor.ts';
import type { AnyMutation } from '../domain/mutation.ts';
import type { RefusalCode } from '../domain/refusal.ts';
import type { PushAnswer, Verdict } from '../sync/wire.ts';

/** A mutation that waits to be applied: its envelope, checked as far as can be without the database. */
export interface Pending {
  /** Its place in the device's stream; 0 for the community's own machinery, which has none. */
  readonly seq: number;
  readonly id: string;
  readonly name: string;
  readonly args: unknown;
  readonly argsHash: string;
  readonly happenedAt: number;
  /** The mutation and its parsed args; or why it can only be refused. */
  readonly call: { readonly mutation: AnyMutation; readonly args: never } | { readonly refused: RefusalCode };
}

/** Who asks: a device in its stream, or the community's own machinery. */
export type Source =
  | { readonly kind: 'device'; readonly deviceId: string; readonly stream: string }
  | { readonly kind: 'system'; readonly actor: Actor };

/** What came together: one push, or one order of the machinery. Worked off in order, perhaps over several transactions. */
export interface Job {
  readonly source: Source;
  readonly mutations: readonly Pending[];
  /** Epoch ms of arrival at the server: `now` for its rules. */
  readonly receivedAt: number;
  /** How many of the mutations are settled. */
  done: number;
  readonly verdicts: Verdict[];
  settle(end: JobEnd): void;
}

/** How a job ends: with verdicts, or refused as a whole (nothing further of it was applied). */
export type JobEnd =
  | { readonly kind: 'answered'; readonly answer: PushAnswer }
  | { readonly kind: 'ended' }
  | { readonly kind: 'wrongStream' }
  | { readonly kind: 'gap'; readonly lastSeq: number }
  | { readonly kind: 'failed'; readonly error: unknown };

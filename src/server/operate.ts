import type { Actor } from '../domain/actor.ts';
import type { Verdict } from '../sync/wire.ts';

/** A mutation that the community's own machinery asks for: import, command line, timed job. */
export interface Order {
  /** Made from (job, entity, due time), so that the same job run twice happens once. */
  readonly id: string;
  readonly name: string;
  readonly args: unknown;
  /** Epoch ms; the arrival where absent. */
  readonly happenedAt?: number;
}

/**
 * Applies mutations on the server through the same code as a push: one transaction for all of them, each with its own
 * verdict, each once by its id. Acts as `operator` unless an actor is given.
 */
export type Operate = (communityId: string, orders: readonly Order[], as?: Actor) => Promise<readonly Verdict[]>;

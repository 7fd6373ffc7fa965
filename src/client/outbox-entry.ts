import type { JsonObject } from '../domain/json.ts';

/** `unsent`: only on this phone. `received` and `held`: the server has it, its effect not yet pulled. `refused`: until a person has dealt with it. */
export type EntryState = 'unsent' | 'received' | 'held' | 'refused';

/** Something that a person did and that is not over yet, oldest first by `order`. */
export interface OutboxEntry {
  /** Place in the outbox, for ever; `(stream, seq)` changes when a new stream starts. */
  readonly order: number;
  /** The mutation's id: it makes the act happen once. */
  readonly id: string;
  readonly stream: string;
  readonly seq: number;
  readonly name: string;
  readonly args: unknown;
  /** The phone's own time of the tap, epoch ms. */
  readonly at: number;
  readonly state: EntryState;
  /** Why it was refused. */
  readonly code?: string;
  readonly details?: JsonObject;
  /** `entity#id` of the rows that it changed when it last could. */
  readonly touches: readonly string[];
  /** Its effect is not shown: on the rows that are here now it cannot run. Only the server's verdict ends it. */
  readonly hidden?: boolean;
}

/** The name of a row in `touches` and in a matter's key. */
export const touchKey = (entity: string, id: string): string => `${entity}#${id}`;

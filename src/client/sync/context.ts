import type { Registry } from '../../domain/slice.ts';
import type { Environment } from '../environment.ts';
import type { LocalDatabase } from '../local/database.ts';
import type { Foresight } from '../local/replay.ts';

/** What sending and receiving work on: one identity's database and the server that knows it. */
export interface SyncContext {
  readonly registry: Registry;
  readonly environment: Environment;
  readonly database: LocalDatabase;
  readonly deviceId: string;
  /** As of now: who acts, and what the server's clock says. */
  foresight(): Foresight;
  /** Before the overlay is drawn anew: what the outbox names is loaded, if it comes soon. */
  ready(): Promise<void>;
  /** Asks who we are: roles and grants, and whether the server is still the one that we know. */
  refreshSession(): Promise<void>;
}

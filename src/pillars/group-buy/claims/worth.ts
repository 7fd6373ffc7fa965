import type { Fen } from '../../../domain/money.ts';

/** What could be given back at most for each open claim, by its id. Answer of `GET /api/desk/group-buys/:id/claims`. */
export interface ClaimWorths {
  readonly worths: Readonly<Record<string, Fen>>;
}

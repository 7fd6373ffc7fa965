import { naturalKey } from '../../../domain/entity.ts';
import { order as orderEntity } from '../schema.ts';
import { ledgerEntry } from './schema.ts';
import type { Context } from '../../../domain/mutation.ts';
import type { Fen } from '../../../domain/money.ts';
import type { Tx } from '../../../domain/tx.ts';
import type { Order, OrderLine } from '../schema.ts';
import type { Account, EntryKind, LedgerEntry, Posting } from './schema.ts';

export { owedFen } from './owed.ts';

/** What a line costs as things stand: by the scales, by what came, with what is given in its place, less what was given back. */
export function lineFen(line: OrderLine): Fen {
  const goods = line.weighed?.fen ?? (line.got ?? line.quantity) * line.priceFen;
  const similar = line.similar === undefined ? 0 : line.similar.quantity * line.similar.priceFen;
  return goods + similar - (line.allowanceFen ?? 0);
}

/** What the lines cost together, as things stand. */
export function linesFen(lines: readonly OrderLine[]): Fen {
  return lines.reduce((sum, line) => sum + lineFen(line), 0);
}

export const householdAccount = (householdId: string): Account => `household:${householdId}`;

/** Who booked, when: what every entry takes from the mutation that makes it. */
export type Booking = Pick<Context, 'actor' | 'now' | 'happenedAt' | 'mutationId'>;

/** @returns the id of the entry that a mutation makes in a household's book: one of a kind, so that a batch can ask for it ahead */
export const entryId = (mutationId: string, householdId: string, kind: EntryKind): string =>
  naturalKey(mutationId, householdId, kind);

/** Moves fen from one account to another in the round's book: Σ = 0 by construction. Nothing is booked for 0. */
export async function book(
  tx: Tx,
  entry: Pick<LedgerEntry, 'groupBuyId' | 'householdId' | 'kind' | 'of'>,
  move: { readonly from: Account; readonly to: Account; readonly fen: Fen },
  { actor, now, happenedAt, mutationId }: Booking,
): Promise<void> {
  if (move.fen === 0) return;
  const postings: Posting[] = [
    { account: move.to, fen: move.fen },
    { account: move.from, fen: -move.fen },
  ];
  await tx.add(ledgerEntry, {
    id: entryId(mutationId, entry.householdId ?? '', entry.kind),
    ...entry,
    postings,
    at: happenedAt,
    bookedAt: now,
    ...(actor.personId !== undefined && { personId: actor.personId }),
  });
}

/**
 * Stores an order (new, or a changed copy of `before`) and books what changed of what it costs. The only way in which an
 * order's `totalFen` may change, so that the book and the orders never part.
 */
export async function putOrder(
  tx: Tx,
  before: Order | undefined,
  after: Order,
  kind: EntryKind,
  booking: Booking,
): Promise<void> {
  await (before === undefined ? tx.add(orderEntity, after) : tx.put(orderEntity, after));
  const { groupBuyId, householdId } = after;
  const fen = after.totalFen - (before?.totalFen ?? 0);
  await book(tx, { groupBuyId, householdId, kind }, { from: 'goods', to: householdAccount(householdId), fen }, booking);
}

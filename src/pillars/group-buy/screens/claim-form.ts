import { claimablePortions } from '../claims/rules.ts';
import { standingLines } from '../rules.ts';
import type { ClaimArgs } from '../claims/args.ts';
import type { Claim, ClaimKind } from '../claims/schema.ts';
import type { Order, OrderLine } from '../schema.ts';

/** What was not right, as it is filled in. Kept as a draft. */
export interface ClaimForm {
  readonly id: string;
  readonly itemId: string;
  readonly kind: ClaimKind | '';
  readonly quantity: number;
  readonly photoId?: string;
  readonly text: string;
}

/** A line of which something can be claimed, and how many portions of it. */
export interface ClaimableLine {
  readonly line: OrderLine;
  readonly portions: number;
}

/** The lines of the order of which not everything was claimed yet. */
export function claimableLines(order: Order, claims: readonly Claim[]): readonly ClaimableLine[] {
  return standingLines(order)
    .map((line) => ({ line, portions: claimablePortions(order, line, claims) }))
    .filter(({ portions }) => portions > 0);
}

/** Fields that lack something, in the order of the screen. */
export type ClaimField = 'itemId' | 'kind';

/** @returns the args of `groupBuy.claim`, or the fields that are not filled in */
export function readClaim(
  { id, itemId, kind, quantity, photoId, text }: ClaimForm,
  order: Pick<Order, 'groupBuyId' | 'householdId'>,
  lines: readonly ClaimableLine[],
): { args: ClaimArgs } | { missing: readonly ClaimField[] } {
  const chosen = lines.find(({ line }) => line.itemId === itemId);
  if (chosen === undefined || kind === '') {
    return {
      missing: [...(chosen === undefined ? (['itemId'] as const) : []), ...(kind === '' ? (['kind'] as const) : [])],
    };
  }
  const { groupBuyId, householdId } = order;
  const words = text.trim();
  const args: ClaimArgs = {
    id,
    groupBuyId,
    householdId,
    itemId,
    kind,
    quantity: Math.min(quantity, chosen.portions),
    ...(photoId !== undefined && { photoId }),
    ...(words !== '' && { text: words }),
  };
  return { args };
}

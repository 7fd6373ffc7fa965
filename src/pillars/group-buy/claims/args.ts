import * as v from 'valibot';
import { id, words } from '../../../people/schema.ts';
import { freshId, limits, whole } from '../args.ts';

export const claimArgs = v.object({
  id: freshId,
  groupBuyId: id,
  householdId: id,
  itemId: id,
  kind: v.picklist(['spoiled', 'missing', 'wrong']),
  quantity: whole(1, limits.quantity),
  photoId: v.optional(id),
  text: v.optional(words(limits.note)),
});
export type ClaimArgs = v.InferOutput<typeof claimArgs>;

/** The organiser's word: so much money back, a replacement, or no (with the reason). */
export const decideClaimArgs = v.pipe(
  v.object({
    claimId: id,
    outcome: v.picklist(['refunded', 'replaced', 'declined']),
    fen: v.optional(whole(1, 100_000_000)),
    answer: v.optional(words(limits.reason)),
  }),
  v.check(({ outcome, fen }) => (outcome === 'refunded') === (fen !== undefined), 'fen goes with money back'),
  v.check(({ outcome, answer }) => outcome !== 'declined' || answer !== undefined, 'a no needs its reason'),
);
export type DecideClaimArgs = v.InferOutput<typeof decideClaimArgs>;

export const forgetClaimArgs = v.object({ claimId: id });

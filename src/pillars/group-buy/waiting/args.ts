import * as v from 'valibot';
import { id } from '../../../people/schema.ts';
import { limits, whole } from '../args.ts';

export const waitArgs = v.object({
  groupBuyId: id,
  itemId: id,
  householdId: id,
  quantity: whole(1, limits.quantity),
  ifShort: v.picklist(['drop', 'similar', 'ask']),
});
export type WaitArgs = v.InferOutput<typeof waitArgs>;

export const leaveQueueArgs = v.object({ groupBuyId: id, itemId: id, householdId: id });
export type LeaveQueueArgs = v.InferOutput<typeof leaveQueueArgs>;

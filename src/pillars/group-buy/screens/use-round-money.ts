import { computed } from 'vue';
import { collectionCode, ledgerEntry, refund, supplierReceipt } from '../money/schema.ts';
import { useList, useRow } from '../../../client/use-rows.ts';
import type { GroupBuy } from '../schema.ts';

/** What the phone holds of one household's money in a round, and of the round's that everybody may look at. Live. */
export function useRoundMoney(round: () => GroupBuy, householdId: () => string | undefined) {
  const id = () => round().id;
  const entries = useList(ledgerEntry, 'groupBuyId', id);
  const refunds = useList(refund, 'groupBuyId', id);
  const receipts = useList(supplierReceipt, 'groupBuyId', id);
  const ours = <R extends { readonly householdId?: string }>(rows: readonly R[] | undefined) =>
    (rows ?? []).filter((row) => row.householdId !== undefined && row.householdId === householdId());
  return {
    /** Money that changed hands; on this phone the book may hold more, of what is not settled yet. */
    entries: computed(() => ours(entries.value).filter((one) => handed.includes(one.kind))),
    refunds: computed(() => ours(refunds.value)),
    receipts: computed(() => (receipts.value ?? []).filter((one) => one.removedAt === undefined)),
    code: useRow(collectionCode, () => round().payTo),
  };
}

const handed: readonly string[] = ['payment', 'paymentBack', 'refund'];

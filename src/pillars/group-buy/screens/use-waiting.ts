import { computed } from 'vue';
import { leaveQueue, wait } from '../waiting/mutations.ts';
import { placeInQueue, queueOf } from '../waiting/rules.ts';
import { touchKey } from '../../../client/outbox-entry.ts';
import { useAct } from '../../../client/use-act.ts';
import { useEntries, useList } from '../../../client/use-rows.ts';
import { useTexts } from '../../../client/i18n/use-texts.ts';
import { waitingPlace } from '../waiting/schema.ts';
import type { ComputedRef } from 'vue';
import type { IfShort, Item } from '../schema.ts';

/** Where a household stands in the queue for an item. */
export interface OurPlace {
  /** Portions waited for. */
  readonly quantity: number;
  /** From 1; absent while only this phone knows of it: others may come first. */
  readonly place?: number;
}

/** What a household waits for in a round, and how to begin and end it. */
export function useWaiting(groupBuyId: string, householdId: string | undefined, items: ComputedRef<readonly Item[]>) {
  const { t } = useTexts();
  const { advice, busy, perform } = useAct();
  const entries = useEntries();
  const rows = useList(waitingPlace, 'groupBuyId', () => groupBuyId);
  const unsent = computed(
    () => new Set(entries.value.flatMap((entry) => (entry.state === 'unsent' ? entry.touches : []))),
  );
  /** By item id. */
  const places = computed<ReadonlyMap<string, OurPlace>>(() => {
    const ours = (rows.value ?? []).filter((one) => one.householdId === householdId && one.state === 'waiting');
    return new Map(
      ours.map(({ id, itemId, quantity, ticket }) => {
        const item = items.value.find((one) => one.id === itemId);
        const known = item !== undefined && !unsent.value.has(touchKey(waitingPlace.name, id));
        return [itemId, { quantity, ...(known && { place: placeInQueue(queueOf(item), ticket) }) }];
      }),
    );
  });

  /** @returns whether it is noted */
  async function join(item: Item, quantity: number, ifShort: IfShort): Promise<boolean> {
    if (householdId === undefined) return false;
    const said = t('groupBuy.waiting.noted', { name: item.name });
    return perform(wait, { groupBuyId, itemId: item.id, householdId, quantity, ifShort }, said);
  }

  async function leave(item: Item): Promise<void> {
    if (householdId === undefined) return;
    await perform(leaveQueue, { groupBuyId, itemId: item.id, householdId }, t('groupBuy.waiting.left'));
  }

  return { advice, busy, join, leave, places };
}

export type Waiting = ReturnType<typeof useWaiting>;

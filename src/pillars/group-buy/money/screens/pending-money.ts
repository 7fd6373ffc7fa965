import { computed, shallowRef, watch } from 'vue';
import type { ComputedRef } from 'vue';
import { useEntries } from '../../../../client/use-rows.ts';
import type { Fen } from '../../../../domain/money.ts';
import type { OutboxEntry } from '../../../../client/outbox-entry.ts';
import { payBack, receivePayment, takeBackPayment, weigh } from '../mutations.ts';
import type { ReceivePaymentArgs, RefundArgs, TakeBackPaymentArgs, WeighArgs } from '../args.ts';

/** Something about a door's money that was done on this phone and does not show in the server's answer yet. */
export interface PendingDeed {
  readonly what: 'receive' | 'refund' | 'takeBack' | 'weigh';
  readonly fen?: Fen;
  /** What the scales said. */
  readonly grams?: number;
  readonly state: 'unsent' | 'received' | 'refused';
  /** Why it was refused. */
  readonly code?: string;
  readonly details?: unknown;
}

/** A deed with the door that it is about: by its household, or by the entry that it takes back. */
interface Deed extends PendingDeed {
  readonly key: string;
}

/**
 * What was done on this phone about the money of a round. The answer of the server is older than what was just tapped: until
 * it has come anew the door says what was done, and cannot be tapped again.
 * @param at epoch ms of the server's answer
 */
export function usePendingMoney(groupBuyId: () => string, at: ComputedRef<number | undefined>) {
  const entries = useEntries();
  const queued = computed(
    () => new Map(entries.value.flatMap((entry) => deedsOf(entry, groupBuyId())).map((deed) => [deed.key, deed])),
  );
  /** Accepted and gone from the outbox, but perhaps not in the answer yet. */
  const lately = shallowRef<ReadonlyMap<string, PendingDeed>>(new Map());
  watch(queued, (now, before) => {
    const gone = [...before].filter(([key, deed]) => !now.has(key) && deed.state !== 'refused');
    if (gone.length === 0) return;
    lately.value = new Map([
      ...lately.value,
      ...gone.map(([key, deed]) => [key, { ...deed, state: 'received' }] as const),
    ]);
  });
  watch(at, () => (lately.value = new Map()));
  return {
    /** @param keys the household, and the entry of its last payment */
    deedOf: (...keys: readonly (string | undefined)[]): PendingDeed | undefined =>
      keys
        .map((key) => (key === undefined ? undefined : (queued.value.get(key) ?? lately.value.get(key))))
        .find(Boolean),
  };
}

function deedsOf({ name, args, state, code, details }: OutboxEntry, groupBuyId: string): Deed[] {
  const base = { state: state === 'held' ? ('received' as const) : state, code, details };
  switch (name) {
    case receivePayment.name: {
      const { groupBuyId: of, householdId, fen } = args as ReceivePaymentArgs;
      return of === groupBuyId ? [{ ...base, key: householdId, what: 'receive', fen }] : [];
    }
    case payBack.name: {
      const { groupBuyId: of, householdId, fen } = args as RefundArgs;
      return of === groupBuyId ? [{ ...base, key: householdId, what: 'refund', fen }] : [];
    }
    case takeBackPayment.name:
      return [{ ...base, key: (args as TakeBackPaymentArgs).entryId, what: 'takeBack' }];
    case weigh.name: {
      const { groupBuyId: of, itemId, weights } = args as WeighArgs;
      if (of !== groupBuyId) return [];
      return weights.map(({ householdId, grams }) => ({
        ...base,
        key: `${itemId}/${householdId}`,
        what: 'weigh',
        grams,
      }));
    }
    default:
      return [];
  }
}

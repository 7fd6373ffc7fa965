import { computed, ref, shallowRef } from 'vue';
import { announce } from '../../../client/ui/announce.ts';
import { basketOf, linesOf, saysTheSame } from './basket.ts';
import { cancelOrder, placeOrder } from '../mutations.ts';
import { groupBuy, item, order as orderEntity, orderId } from '../schema.ts';
import { totalFen } from '../order-rules.ts';
import { isLater, isOpen, standingLines } from '../rules.ts';
import { orderChip } from './order-words.ts';
import { useActWords } from '../../../client/i18n/act-words.ts';
import { useAll, useEntries, useList, useNow } from '../../../client/use-rows.ts';
import { useDraft } from '../../../client/drafts.ts';
import { usePhone } from '../../../client/use-phone.ts';
import { useTexts } from '../../../client/i18n/use-texts.ts';
import type { Basket } from './basket.ts';
import type { IfShort } from '../schema.ts';
import type { Mutation } from '../../../domain/mutation.ts';
import type { Refusal } from '../../../domain/refusal.ts';

/** Codes that the phone may be wrong about: its rows are older than the server's, and its clock is its own. */
const mayBeWrong: readonly string[] = ['soldOut', 'closed', 'notOpenYet'];

/** So long after the cut-off, by the phone's clock, one can still propose: the clock may be fast, the server decides. */
const DOUBT_MS = 2 * 3_600_000;

/** What the phone says against an order, and how to propose it all the same. */
export interface Advice {
  readonly refusal: Refusal;
  readonly insist: () => Promise<void>;
}

/**
 * One household ordering in one round: the basket, kept as a draft, and what can be done with it.
 * @param householdId undefined where the reader has no household: everything can be seen, nothing ordered
 */
export function useOrdering(groupBuyId: string, householdId: string | undefined) {
  const phone = usePhone();
  const texts = useTexts();
  const whyNot = useActWords();
  const now = useNow();
  const entries = useEntries();
  const id = householdId === undefined ? undefined : orderId(groupBuyId, householdId);

  const rounds = useAll(groupBuy);
  const listed = useList(item, 'groupBuyId', () => groupBuyId);
  const orders = useList(orderEntity, 'groupBuyId', () => groupBuyId);
  const loading = computed(() => [rounds, listed, orders].some((rows) => rows.value === undefined));
  const round = computed(() => rounds.value?.find((one) => one.id === groupBuyId));
  const items = computed(() => [...(listed.value ?? [])].sort((a, b) => a.position - b.position));
  const order = computed(() => orders.value?.find((one) => one.id === id));
  const standing = computed(() => order.value?.state === 'placed');

  const draft = useDraft<Basket | null>(`group-buy/${groupBuyId}/${householdId ?? ''}`, () => null);
  const basket = computed(() => draft.value.value ?? basketOf(order.value));
  const lines = computed(() => linesOf(basket.value, items.value));
  const sumFen = computed(() => {
    const prices = new Map(items.value.map((one) => [one.id, one.priceFen]));
    return totalFen(lines.value.map((line) => ({ ...line, priceFen: prices.get(line.itemId) ?? 0 })));
  });
  const unchanged = computed(() => saysTheSame(lines.value, order.value));
  /** The order changed under the basket: on another phone of the household, or in another window. */
  const overtaken = computed(
    () =>
      !loading.value &&
      draft.value.value !== null &&
      !unchanged.value &&
      draft.value.value.basedOn !== (order.value?.revision ?? null),
  );

  const open = computed(() => round.value !== undefined && isOpen(round.value, now.value));
  const later = computed(() => round.value !== undefined && isLater(round.value, now.value));
  const doubtful = computed(
    () =>
      round.value?.state === 'open' && now.value >= round.value.closesAt && now.value - round.value.closesAt < DOUBT_MS,
  );
  const may = computed(() => id !== undefined && (open.value || doubtful.value));

  const chip = computed(() => (order.value ? orderChip(texts, order.value, entries.value) : undefined));
  const refused = computed(() => entries.value.filter((entry) => entry.state === 'refused' && isAbout(entry)));
  /** Asked against what the phone knows: the order does not show it, so it is shown beside it. */
  const proposed = computed(() =>
    entries.value.filter((entry) => entry.state !== 'refused' && entry.hidden === true && isAbout(entry)),
  );

  const busy = ref(false);
  const problem = ref('');
  const advice = shallowRef<Advice>();

  function isAbout(entry: { name: string; args: unknown }): boolean {
    const about = entry.args as { groupBuyId?: unknown; householdId?: unknown };
    return (
      (entry.name === placeOrder.name || entry.name === cancelOrder.name) &&
      about.groupBuyId === groupBuyId &&
      about.householdId === householdId
    );
  }

  /** A basket that says what the order says is none: nothing is half-filled then. */
  function keep(next: Basket): void {
    const same = saysTheSame(linesOf(next, items.value), order.value);
    if (same && next.basedOn === (order.value?.revision ?? null)) void draft.clear();
    else draft.value.value = next;
  }

  function pick(itemId: string, quantity: number): void {
    keep({ ...basket.value, quantities: { ...basket.value.quantities, [itemId]: quantity } });
  }

  function choose(ifShort: IfShort, each: Readonly<Record<string, IfShort>>): void {
    keep({ ...basket.value, ifShort, each });
  }

  async function act<A>(mutation: Mutation<A>, args: A, said: string, insist: boolean): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    problem.value = '';
    advice.value = undefined;
    try {
      const result = await phone.act(mutation, args, { insist });
      if (result.kind === 'queued') {
        const dealtWith = refused.value;
        await draft.clear();
        for (const entry of dealtWith) await phone.settle(entry.id);
        announce(said);
      } else if (result.kind === 'advice' && mayBeWrong.includes(result.refusal.code)) {
        advice.value = { refusal: result.refusal, insist: () => act(mutation, args, said, true) };
      } else {
        problem.value = whyNot(result, mutation.name);
      }
    } finally {
      busy.value = false;
    }
  }

  async function place(): Promise<void> {
    if (householdId === undefined) return;
    const said = texts.t(phone.status.value.online ? 'groupBuy.notedOnline' : 'groupBuy.notedOffline');
    const args = { groupBuyId, householdId, basedOn: basket.value.basedOn, lines: lines.value };
    await act(placeOrder, args, said, false);
  }

  async function cancel(): Promise<void> {
    if (householdId === undefined) return;
    const args = { groupBuyId, householdId, basedOn: order.value?.revision ?? null };
    await act(cancelOrder, args, texts.t('groupBuy.cancelNoted'), false);
  }

  /** Portions of the item that the standing order holds. */
  function had(itemId: string): number {
    return standingLines(order.value).find((line) => line.itemId === itemId)?.quantity ?? 0;
  }

  return {
    advice,
    basket,
    busy,
    cancel,
    chip,
    choose,
    doubtful,
    had,
    items,
    later,
    lines,
    loading,
    may,
    now,
    open,
    order,
    overtaken,
    pick,
    place,
    problem,
    proposed,
    refused,
    round,
    standing,
    status: phone.status,
    sumFen,
    unchanged,
    /** Throws the basket away: the order as it stands is shown again. */
    takeTheirs: () => draft.clear(),
    /** Keeps what was picked, as a change of the order as it stands now. */
    keepMine: () => {
      keep({ ...basket.value, basedOn: order.value?.revision ?? null });
    },
    settle: (entryId: string) => phone.settle(entryId),
  };
}

/** All that a screen of one round needs. */
export type Ordering = ReturnType<typeof useOrdering>;

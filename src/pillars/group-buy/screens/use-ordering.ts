import { computed, ref, shallowRef } from 'vue';
import { announce } from '../../../client/ui/announce.ts';
import { asideArgs, basketOf, chosenSlot, linesOf, saysTheSame } from './basket.ts';
import { cancelOrder, placeOrder } from '../mutations.ts';
import { groupBuy, item, order as orderEntity, orderId } from '../schema.ts';
import { lastOrder, orderAgain } from './last-order.ts';
import { linesFen } from '../money/book.ts';
import { priceHistory } from './price-history.ts';
import { pricedLines } from '../order-rules.ts';
import { isLater, isOpen, standingLines } from '../rules.ts';
import { orderChip } from './order-words.ts';
import { useActWords } from '../../../client/i18n/act-words.ts';
import { useAll, useEntries, useNow } from '../../../client/use-rows.ts';
import { useDraft } from '../../../client/drafts.ts';
import { usePhone } from '../../../client/use-phone.ts';
import { useTexts } from '../../../client/i18n/use-texts.ts';
import type { Basket } from './basket.ts';
import type { Again } from './last-order.ts';
import type { IfShort } from '../schema.ts';
import type { Mutation } from '../../../domain/mutation.ts';
import type { Refusal } from '../../../domain/refusal.ts';

/** Codes that the phone may be wrong about: its rows are older than the server's, and its clock is its own. */
const mayBeWrong: readonly string[] = ['soldOut', 'closed', 'notOpenYet'];

/** What a household does in a round. */
const ours: readonly string[] = [
  placeOrder.name,
  cancelOrder.name,
  'groupBuy.wait',
  'groupBuy.leaveQueue',
  'groupBuy.sayPaid',
  'groupBuy.claim',
];

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
  const everything = useAll(item);
  const orders = useAll(orderEntity);
  const loading = computed(() => [rounds, everything, orders].some((rows) => rows.value === undefined));
  const round = computed(() => rounds.value?.find((one) => one.id === groupBuyId));
  const items = computed(() =>
    (everything.value ?? []).filter((one) => one.groupBuyId === groupBuyId).sort((a, b) => a.position - b.position),
  );
  /** What the same goods cost in earlier rounds. */
  const history = computed(() => priceHistory(rounds.value ?? [], everything.value ?? []));
  const order = computed(() => orders.value?.find((one) => one.id === id));
  const standing = computed(() => order.value?.state === 'placed');

  const draft = useDraft<Basket | null>(`group-buy/${groupBuyId}/${householdId ?? ''}`, () => null);
  const basket = computed(() => draft.value.value ?? basketOf(order.value));
  const lines = computed(() => linesOf(basket.value, items.value));
  /** What the basket would be as an order, at the price that it would have. */
  const priced = computed(() =>
    pricedLines(new Map(items.value.map((one) => [one.id, one])), lines.value, standingLines(order.value)),
  );
  const sumFen = computed(() => linesFen(priced.value));
  const aside = computed(() => (round.value ? asideArgs(basket.value, order.value, round.value) : {}));
  const slotId = computed(() => round.value && chosenSlot(basket.value, order.value, round.value));
  const unchanged = computed(() => isSame(basket.value));
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

  const chip = computed(() => (order.value ? orderChip(texts, order.value, entries.value, round.value) : undefined));
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
    return ours.includes(entry.name) && about.groupBuyId === groupBuyId && about.householdId === householdId;
  }

  /** Whether ordering the basket would change nothing. What goes with an order says nothing without one. */
  function isSame(one: Basket): boolean {
    const sameLines = saysTheSame(linesOf(one, items.value), order.value);
    const said = round.value && standing.value ? asideArgs(one, order.value, round.value) : {};
    return sameLines && Object.keys(said).length === 0;
  }

  /** A basket that says what the order says is none: nothing is half-filled then. */
  function keep(next: Basket): void {
    const none = isSame(next) && (standing.value || isAsideEmpty(next));
    if (none && next.basedOn === (order.value?.revision ?? null)) void draft.clear();
    else draft.value.value = next;
  }

  function pick(itemId: string, quantity: number): void {
    keep({ ...basket.value, quantities: { ...basket.value.quantities, [itemId]: quantity } });
  }

  function choose(ifShort: IfShort, each: Readonly<Record<string, IfShort>>): void {
    keep({ ...basket.value, ifShort, each });
  }

  /** Says what goes with the order: a word to the organiser, when to have it, the name on the list. */
  function say(part: Pick<Basket, 'note' | 'slotId' | 'listedAs'>): void {
    keep({ ...basket.value, ...part });
  }

  /** What the household ordered last time of what there is now; undefined where there is nothing of it. */
  const last = computed(() =>
    householdId === undefined || standing.value
      ? undefined
      : lastOrder(orders.value ?? [], householdId, groupBuyId, items.value),
  );
  const again = shallowRef<Again>();

  /** Fills the basket as last time, and says what is missing or dearer. */
  function orderAsLastTime(): void {
    if (last.value === undefined) return;
    again.value = orderAgain(last.value, items.value);
    const { quantities, ifShort, each } = again.value;
    keep({ ...basket.value, quantities, ifShort, each });
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
        again.value = undefined;
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
    const { basedOn } = basket.value;
    const args = { groupBuyId, householdId, basedOn, lines: lines.value, ...aside.value };
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
    again,
    basket,
    busy,
    cancel,
    chip,
    choose,
    doubtful,
    had,
    history,
    items,
    last,
    later,
    lines,
    loading,
    may,
    now,
    open,
    order,
    orderAsLastTime,
    overtaken,
    pick,
    place,
    priced,
    problem,
    proposed,
    refused,
    round,
    say,
    slotId,
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

/** Nothing that goes with an order was typed or chosen. */
function isAsideEmpty({ note = '', slotId, listedAs = '' }: Basket): boolean {
  return note === '' && slotId === undefined && listedAs === '';
}

/** All that a screen of one round needs. */
export type Ordering = ReturnType<typeof useOrdering>;

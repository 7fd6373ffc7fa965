import { computed, shallowRef } from 'vue';
import { act } from '../../../../client/act.ts';
import { announce } from '../../../../client/ui/announce.ts';
import { argsOf, planOrders } from '../plan-orders.ts';
import { entryInWords } from '../list-text.ts';
import { isDoubtful, settleEntries } from '../settle-entries.ts';
import { isTooLong } from '../split-entries.ts';
import { parseChain } from '../parse.ts';
import { placeFor } from '../../mutations.ts';
import { portionsLeft } from '../../order-rules.ts';
import { useActWords } from '../../../../client/i18n/act-words.ts';
import { useChain, useDoors, useRound } from './use-round.ts';
import { useDraft } from '../../../../client/drafts.ts';
import { useEntries } from '../../../../client/use-rows.ts';
import { usePhone } from '../../../../client/use-phone.ts';
import { useTexts } from '../../../../client/i18n/use-texts.ts';
import type { ChainText } from '../entry.ts';
import type { Edits, EntryEdit } from '../settle-entries.ts';
import type { PlannedOrder } from '../plan-orders.ts';
import type { Syllables } from '../goods-names.ts';

/** An order that was handed over to the outbox. */
export interface SentOrder {
  readonly id: string;
  readonly householdId: string;
  readonly door: string;
  readonly chainKey: string;
}

/** What is on the table: it survives a closed app. `isRead`: the preview is open. */
interface Pasted {
  readonly text: string;
  readonly isRead: boolean;
  readonly edits: Edits;
  readonly sent: readonly SentOrder[];
}

const NOTHING: ChainText = { entries: [], skipped: [] };

/** A pasted list from the text to the orders: what is read, what is set right, what is sent. */
export function usePaste(id: () => string) {
  const phone = usePhone();
  const { t } = useTexts();
  const whyNot = useActWords();
  const outbox = useEntries();
  const { round, items, takesOrders, mayOrganise } = useRound(id);
  const doors = useDoors(id);
  const chain = useChain(id);
  const draft = useDraft<Pasted>(`group-buy/${id()}/paste`, () => ({ text: '', isRead: false, edits: {}, sent: [] }));
  const pasted = draft.value;
  const problem = shallowRef('');
  const busy = shallowRef(false);

  /** `false`: the dictionary could not be had; everything else is read all the same. */
  const syllables = shallowRef<Syllables | false>();
  import('./pinyin.ts').then(
    (module) => (syllables.value = module.syllables),
    () => (syllables.value = false),
  );

  // Rows and answers come anew every few seconds; read again is only what says something else.
  const goodsSaid = computed(() =>
    JSON.stringify(
      items.value.map(({ id: key, name, unit, perHousehold, position }) => [key, name, unit, perHousehold, position]),
    ),
  );
  const doorsSaid = computed(() =>
    JSON.stringify((doors.data.value?.doors ?? []).map(({ householdId, door, vacant }) => [householdId, door, vacant])),
  );
  /** The public list as it went to the group. */
  const oursSaid = computed(() =>
    JSON.stringify([chain.data.value?.title ?? '', ...(chain.data.value?.entries ?? []).map(entryInWords)]),
  );
  const read = computed((): ChainText => {
    if (!pasted.value.isRead || doorsSaid.value === '[]' || goodsSaid.value === '[]') return NOTHING;
    const pinyin = syllables.value === false ? undefined : syllables.value;
    const ours = JSON.parse(oursSaid.value) as readonly string[];
    return parseChain(pasted.value.text, doors.data.value?.doors ?? [], items.value, pinyin, ours);
  });
  const entries = computed(() => settleEntries(read.value.entries, pasted.value.edits, items.value));
  const plan = computed(() => planOrders(entries.value, doors.data.value ?? { doors: [] }));

  /** What was sent and not refused needs no second time; `sent` says how far it is. */
  const sent = computed(() =>
    pasted.value.sent.map((order) => ({ ...order, entry: outbox.value.find((one) => one.id === order.id) })),
  );
  const underWay = computed(
    () =>
      new Set(
        sent.value
          .filter(({ entry }) => entry?.state !== 'refused')
          .map(({ householdId, chainKey }) => `${householdId} ${chainKey}`),
      ),
  );
  const isUnderWay = ({ householdId, chainKey }: PlannedOrder) => underWay.value.has(`${householdId} ${chainKey}`);
  const ready = computed(() => plan.value.filter((order) => order.isReady && !isUnderWay(order)));
  /** Goods of which what is ready asks for more than is left: the first of the text get theirs. */
  const scarce = computed(() =>
    items.value.flatMap((item) => {
      const wants = ready.value.map(({ lines, before }) => {
        const had =
          before?.state === 'placed' ? before.lines.find((line) => line.itemId === item.id)?.quantity : undefined;
        return (lines.find((line) => line.itemId === item.id)?.quantity ?? 0) - (had ?? 0);
      });
      const asks = wants.reduce((sum, more) => sum + more, 0);
      const left = portionsLeft(item);
      return asks > left ? [{ id: item.id, name: item.name, unit: item.unit, asks, left }] : [];
    }),
  );
  const asked = computed(() =>
    plan.value.filter(({ kind, isReady }) => !isReady && (kind === 'again' || kind === 'over')),
  );
  const rest = computed(() => plan.value.filter(({ kind }) => ['own', 'same', 'withdrawn'].includes(kind)));

  function take(next: Partial<Pasted>): void {
    pasted.value = { ...pasted.value, ...next };
  }

  /** @returns whether the text was taken; one that is too long is not, and what was there stays */
  function type(text: string): boolean {
    problem.value = '';
    if (isTooLong(text)) {
      problem.value = 'groupBuyChain.paste.tooLong';
      return false;
    }
    take({ text });
    return true;
  }

  function edit(key: string, change: EntryEdit): void {
    take({ edits: { ...pasted.value.edits, [key]: { ...pasted.value.edits[key], ...change } } });
  }

  /** Hands all that is ready over, in the order of the text: all of them, or none. */
  async function confirm(): Promise<void> {
    const orders = ready.value;
    if (busy.value || orders.length === 0) return;
    busy.value = true;
    try {
      // The phone does not hold these households' rows: only the server can say.
      const result = await phone.actAll(
        orders.map((order) => act(placeFor, argsOf(id(), order))),
        { insist: true },
      );
      if (result.kind !== 'queued') {
        problem.value = whyNot(result, placeFor.name);
        return;
      }
      const fresh = orders.map(({ householdId, door, chainKey }, i) => ({
        id: result.ids[i] ?? '',
        householdId,
        door,
        chainKey,
      }));
      const again = new Set(fresh.map((order) => order.householdId));
      // What was chosen for them is right by now: they need nobody's look any more.
      const looked = orders.flatMap((order) =>
        order.entries.map((key) => [key, { ...pasted.value.edits[key], checked: true }]),
      );
      take({
        sent: [...pasted.value.sent.filter((order) => !again.has(order.householdId)), ...fresh],
        edits: { ...pasted.value.edits, ...(Object.fromEntries(looked) as Edits) },
      });
      const said = phone.status.value.online ? 'groupBuyChain.paste.sentOnline' : 'groupBuyChain.paste.sentOffline';
      announce(t(said, { count: orders.length }));
    } finally {
      busy.value = false;
    }
  }

  /** A refusal was read: it goes, and its entry may be sent again once it says something else. */
  async function settleRefusal(order: SentOrder): Promise<void> {
    await phone.settle(order.id);
    take({ sent: pasted.value.sent.filter((one) => one.id !== order.id) });
  }

  return {
    asked,
    busy,
    confirm,
    doors,
    /** To be looked at: one stays where it is until somebody says that it is right, also once nothing is missing. */
    doubtful: computed(() =>
      entries.value.filter(
        ({ entry, edit: { checked, leftOut } }) => isDoubtful(entry) && checked !== true && leftOut !== true,
      ),
    ),
    draft,
    edit,
    entries,
    items,
    leftOut: computed(() => entries.value.filter((one) => one.edit.leftOut === true)),
    mayOrganise,
    noPinyin: computed(() => syllables.value === false),
    pasted,
    plan,
    problem,
    read,
    ready,
    rest,
    round,
    scarce,
    sent,
    settleRefusal,
    take,
    takesOrders,
    type,
  };
}

export type Paste = ReturnType<typeof usePaste>;

import { computed } from 'vue';
import { claim } from '../claims/schema.ts';
import { DAY_MS } from '../../../domain/day.ts';
import { groupBuy, item, order } from '../schema.ts';
import { isCalledOff, linesInWords, orderChip, orderInWords } from './order-words.ts';
import { owedFen, saidNotReceivedFen } from '../money/owed.ts';
import { touchKey } from '../../../client/outbox-entry.ts';
import { useAll, useEntries, useNow } from '../../../client/use-rows.ts';
import { usePhone } from '../../../client/use-phone.ts';
import { useTexts } from '../../../client/i18n/use-texts.ts';
import { useRunMatters } from '../hand-out/screens/run-matters.ts';
import { waitingPlace } from '../waiting/schema.ts';
import { yuan } from '../../../domain/money.ts';
import type { ComputedRef } from 'vue';
import type { GroupBuy, Order } from '../schema.ts';
import type { Matter } from '../../../client/matter.ts';
import type { TextSource } from '../../../client/i18n/use-texts.ts';

/** What is done stays in the list for so long, for whoever was not there when it happened. */
const DONE_SHOWN_MS = DAY_MS;
/** What a household says it paid for an order that is no more stays so long: it may be a slip of the finger. */
const SAID_SHOWN_MS = 14 * DAY_MS;

/**
 * Our household's orders until they are handed over and paid, what it waits for, and what it claimed. What is to be paid
 * before the cut-off stands in front: its time is still to come. For a volunteer also the stairway in hand.
 */
export function useMatters(): ComputedRef<readonly Matter[]> {
  const texts = useTexts();
  const { t } = texts;
  const { actor } = usePhone();
  const now = useNow();
  const rounds = useAll(groupBuy);
  const orders = useAll(order);
  const items = useAll(item);
  const places = useAll(waitingPlace);
  const claims = useAll(claim);
  const entries = useEntries();
  const runs = useRunMatters(rounds);

  return computed(() => {
    const known = new Map((rounds.value ?? []).map((round) => [round.id, round]));
    const is = (row: { readonly householdId: string }) => actor.value.households.includes(row.householdId);
    const to = (id: string) => ({ name: 'group-buy', params: { id } });
    return [
      ...runs.value,
      ...(orders.value ?? []).filter(is).flatMap((one): Matter[] => {
        const round = known.get(one.groupBuyId);
        if (round === undefined || !isLive(one, round, now.value)) return [];
        const money = moneyChip(one, round);
        return [
          {
            key: touchKey(order.name, one.id),
            title: orderInWords(texts, one) || round.title,
            sub:
              one.state === 'placed'
                ? t('groupBuy.sub', { title: round.title, total: yuan(one.totalFen) })
                : endWords(texts, round),
            chip: money
              ? { state: 'watch', text: t(`groupBuy.chip.${money.word}`, { yuan: yuan(money.fen) }) }
              : orderChip(texts, one, entries.value, round),
            to: to(round.id),
            at: money?.word === 'unpaid' ? round.closesAt : one.changedAt,
          },
        ];
      }),
      ...(places.value ?? [])
        .filter((one) => is(one) && one.state === 'waiting')
        .map((one): Matter => {
          const round = known.get(one.groupBuyId)?.title ?? t('groupBuy.title');
          const goods = (items.value ?? []).find(({ id }) => id === one.itemId);
          return {
            key: touchKey(waitingPlace.name, one.id),
            title: goods === undefined ? round : linesInWords(texts, [{ ...goods, quantity: one.quantity }]),
            ...(goods !== undefined && { sub: round }),
            chip: { state: 'received', text: t('groupBuy.chip.waiting') },
            to: to(one.groupBuyId),
            at: one.changedAt,
          };
        }),
      ...(claims.value ?? [])
        .filter((one) => is(one) && (one.state === 'open' || now.value - (one.decidedAt ?? 0) < DONE_SHOWN_MS))
        .map((one): Matter => ({
          key: touchKey(claim.name, one.id),
          title: linesInWords(texts, [one]),
          sub: t('groupBuy.claimSub', { title: known.get(one.groupBuyId)?.title ?? t('groupBuy.title') }),
          chip: one.state === 'open' ? { state: 'received' } : { state: 'done', text: t('groupBuy.chip.answered') },
          to: to(one.groupBuyId),
          at: one.decidedAt ?? one.at,
        })),
    ];
  });
}

/** Whether something is still to come for the household: goods, money, or the news that they came. */
function isLive(one: Order, round: GroupBuy, now: number): boolean {
  if (owedFen(one) < 0) return true;
  if (one.state === 'cancelled' && saidNotReceivedFen(one) > 0) return now - one.changedAt < SAID_SHOWN_MS;
  if (one.state !== 'placed' || round.state === 'cancelled') return false;
  if (one.handedOut === undefined) return round.state !== 'settled';
  return owedFen(one) > 0 || now - one.handedOut.at < DONE_SHOWN_MS;
}

/** How an order came to nothing: the round did, or the household took it back. */
function endWords({ t }: TextSource, round: GroupBuy): string {
  if (round.state !== 'cancelled') return t('groupBuy.orderCancelled');
  return t(isCalledOff(round) ? 'groupBuy.chip.calledOff' : 'groupBuy.chip.notReached');
}

/** Money that the household has to see to, or that is on its way to it; the round's terms say when it is due. */
function moneyChip(one: Order, round: GroupBuy): { word: 'unpaid' | 'back' | 'unseen'; fen: number } | undefined {
  const owed = owedFen(one);
  const isOver = one.state === 'cancelled' || round.state === 'cancelled' || one.handedOut !== undefined;
  const said = saidNotReceivedFen(one);
  if (owed < 0 && isOver) return { word: 'back', fen: -owed };
  if (one.state === 'cancelled' && said > 0) return { word: 'unseen', fen: said };
  const isDue = round.payment === 'before' || one.handedOut !== undefined;
  return isDue && owed > said ? { word: 'unpaid', fen: owed } : undefined;
}

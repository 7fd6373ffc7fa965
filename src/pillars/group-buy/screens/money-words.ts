import { spokenTime } from '../../../client/i18n/times.ts';
import { yuan } from '../../../domain/money.ts';
import { householdAccount } from '../money/book.ts';
import { paymentWord, saidNotReceivedFen, sayPaidFen } from '../money/rules.ts';
import type { Fen } from '../../../domain/money.ts';
import type { LedgerEntry, Refund } from '../money/schema.ts';
import type { GroupBuy, Order } from '../schema.ts';
import type { TextSource } from '../../../client/i18n/use-texts.ts';

/** A fact about a household's money in a round; 我付了 and 钱收到了 are two, whatever they say. */
export interface MoneyFact {
  readonly key: string;
  readonly text: string;
  /** Epoch ms. */
  readonly at: number;
}

/** What was said, received and paid back, oldest first. */
export function moneyFacts(
  { t }: TextSource,
  { order, entries, refunds }: { order: Order; entries: readonly LedgerEntry[]; refunds: readonly Refund[] },
  now: number,
): readonly MoneyFact[] {
  const words = (key: string, fen: Fen, at: number) =>
    t(`groupBuy.ourMoney.${key}`, { yuan: yuan(fen), when: spokenTime(at, now) });
  const said = order.saidPaid;
  const facts: MoneyFact[] = [
    ...(said === undefined ? [] : [{ key: 'said', text: words('said', said.fen, said.at), at: said.at }]),
    ...entries.map((one) => ({ key: one.id, text: words(`did.${one.kind}`, handedFen(one), one.at), at: one.at })),
    ...refunds.flatMap(({ id, fen, state, askedAt, decidedAt }) => {
      // What was paid back stands in the book.
      if (state === 'paid') return [];
      const at = state === 'asked' ? askedAt : (decidedAt ?? askedAt);
      return [{ key: id, text: words(`refund.${state}`, fen, at), at }];
    }),
  ];
  return facts.sort((one, other) => one.at - other.at);
}

/** What changed hands in an entry. */
function handedFen({ householdId = '', postings }: LedgerEntry): Fen {
  const account = householdAccount(householdId);
  return Math.abs(postings.find((one) => one.account === account)?.fen ?? 0);
}

/** Where the household's money stands, in one line. Before the scales have spoken it is only about so much. */
export function moneyStands({ t }: TextSource, order: Order, round: GroupBuy, isEstimate: boolean): string {
  const word = paymentWord(order, round);
  const said = saidNotReceivedFen(order);
  // The order is no more, and what the household says it paid for it is still open.
  const { state, fen } = word.state === 'nothing' && said > 0 ? { state: 'said', fen: said } : word;
  return t(`groupBuy.ourMoney.stands.${state}`, {
    yuan: `${isEstimate ? t('groupBuy.ourMoney.about') : ''}${yuan(fen)}`,
  });
}

/** What 我付了 would say now (fen); 0 where nothing is due: the round's terms say when it is. */
export function dueFen(order: Order, round: GroupBuy): Fen {
  if (order.state !== 'placed' || round.state === 'cancelled' || round.state === 'draft') return 0;
  const isDue = round.payment === 'before' || order.handedOut !== undefined || handedOutBy.includes(round.state);
  return isDue ? sayPaidFen(order) : 0;
}

const handedOutBy: readonly GroupBuy['state'][] = ['handingOut', 'settled'];

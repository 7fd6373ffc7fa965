import { spokenClock } from '../../../client/i18n/times.ts';
import type { TextSource } from '../../../client/i18n/use-texts.ts';
import type { Waiting } from './care.ts';

/** Whether the person must not wait for us: what is grave and seen by nobody. */
export function mustCall({ card, said }: Waiting): boolean {
  const isSeen = card?.seenAt || card?.firstContactAt || card?.closedAt;
  return !isSeen && (said?.level === 'alert' || card?.level === 'alert');
}

/**
 * What is known of the care for a person, in the order in which it happened: 还没有人看到，请打电话; once a person has opened it
 * 田姐 10:32 看到了, 10:40 联系上了, 办完了：上门看过. A phone to which no answer has come knows of nobody who has seen it.
 */
export function careFacts(waiting: Waiting, t: TextSource['t']): readonly string[] {
  const { card, isUnsent } = waiting;
  const call = mustCall(waiting) ? 'Call' : '';
  const name = card?.seenByName ?? t('checkIn.followUp.somebody');
  const facts: string[] = [];
  if (card?.seenAt) facts.push(t('checkIn.followUp.seen', { name, time: spokenClock(card.seenAt) }));
  if (card?.firstContactAt) facts.push(t('checkIn.followUp.reached', { time: spokenClock(card.firstContactAt) }));
  if (card?.closedAt) {
    const result = card.result ? t(`checkIn.followUp.results.${card.result}`) : undefined;
    facts.push(result ? t('checkIn.followUp.closed', { result }) : t('checkIn.followUp.over'));
  }
  if (facts.length > 0) return facts;
  if (isUnsent) return [t(`checkIn.followUp.unsent${call}`)];
  const whose = card?.assignedName ? [t('checkIn.followUp.with', { name: card.assignedName })] : [];
  return [t(`checkIn.followUp.unseen${call}`), ...whose];
}

/** The last of it, or what is to be done now: what a line on home has room for. */
export function careLine(waiting: Waiting, t: TextSource['t']): string {
  const facts = careFacts(waiting, t);
  return (mustCall(waiting) ? facts[0] : facts[facts.length - 1]) ?? '';
}

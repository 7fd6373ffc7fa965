import { MINUTE_MS } from '../../../../domain/day.ts';
import type { ChipState } from '../../../../client/matter.ts';
import { spokenClock, spokenTime } from '../../../../client/i18n/times.ts';
import type { TextSource } from '../../../../client/i18n/use-texts.ts';
import type { Matter } from './use-follow-ups.ts';

type T = TextSource['t'];

/** `说很急、要人来`; how grave it is where this desk does not hold the reasons. */
export function whyLine(matter: Matter, t: T): string {
  const reasons = (matter.full?.reasons ?? []).map((reason) => t(`desk.followUpReasons.${reason}`));
  return reasons.join('、') || t(`desk.states.${matter.level}`);
}

/** `今天 8:12，9 分钟联系上`; before that, whose turn it is. */
export function whenLine(matter: Matter, now: number, t: T): string {
  const since = spokenTime(matter.openedAt, now);
  const minutes = contactMinutes(matter);
  if (minutes !== undefined) return t('desk.followUps.reachedIn', { time: since, waited: spokenSpan(minutes, t) });
  if (matter.closedAt == null && matter.assignedName) {
    return t('desk.followUps.assigned', { time: since, name: matter.assignedName });
  }
  return since;
}

/** `9 分钟`, `35 小时`: a person does not reckon with 736 minutes, nor wait for 0 of them. */
export function spokenSpan(minutes: number, t: T): string {
  if (Math.round(minutes) < 1) return t('desk.span.moment');
  return minutes < 120
    ? t('desk.span.minutes', { minutes: Math.round(minutes) })
    : t('desk.span.hours', { hours: Math.floor(minutes / 60) });
}

/** `昨天 7:55 说的，等了 35 小时` */
export function waitedLine(matter: Pick<Matter, 'openedAt'>, now: number, t: T): string {
  const minutes = Math.max(0, Math.floor((now - matter.openedAt) / MINUTE_MS));
  return t('desk.alerts.since', { time: spokenTime(matter.openedAt, now), waited: spokenSpan(minutes, t) });
}

/** @returns whole minutes from when it was told to when somebody was reached; undefined before that */
export function contactMinutes(matter: Pick<Matter, 'openedAt' | 'firstContactAt'>): number | undefined {
  if (matter.firstContactAt == null) return undefined;
  return Math.max(0, Math.round((matter.firstContactAt - matter.openedAt) / MINUTE_MS));
}

/** How it stands, for the line's end. */
export function chipOf(matter: Matter, t: T): { readonly state: ChipState; readonly text: string } {
  if (matter.closedAt != null) {
    return { state: 'done', text: matter.result ? t(`desk.results.${matter.result}`) : t('desk.followUps.isClosed') };
  }
  if (matter.seenAt == null) {
    return { state: 'watch', text: t('desk.followUps.unseen') };
  }
  if (matter.firstContactAt != null) return { state: 'way', text: t('desk.followUps.reached') };
  const seen = { name: matter.seenByName ?? '', time: spokenClock(matter.seenAt) };
  return { state: 'way', text: t('desk.followUps.seenBy', seen) };
}

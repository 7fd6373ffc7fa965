import { spokenDay } from '../../../client/i18n/times.ts';
import { asksEverybody } from '../rules.ts';
import type { TextSource } from '../../../client/i18n/use-texts.ts';
import type { HouseholdDay } from './household-day.ts';

/** 每天报平安到 12月2日: until when everybody is asked. Undefined where there is no end, or nobody is asked. */
export function modeEnd(day: HouseholdDay, t: TextSource['t']): string | undefined {
  const town = day.town.value;
  if (!town?.modeUntil || !asksEverybody(town, day.day.value)) return undefined;
  return t('checkIn.modeUntil', { day: spokenDay(town.modeUntil, day.day.value) });
}

/** 每天报平安到 12月2日 · 流感高发: until when, and why. */
export function modeLine(day: HouseholdDay, t: TextSource['t']): string | undefined {
  const until = modeEnd(day, t);
  const why = day.town.value?.modeReason;
  return until !== undefined && why ? `${until} · ${why}` : until;
}

/** Why nobody is asked: the community's reason, where it gave one, and what there is in its place. */
export function notAskedLine(day: HouseholdDay, t: TextSource['t']): string {
  const town = day.town.value;
  const why = town?.mode === 'ordinary' && town.modeReason ? `${town.modeReason}。` : '';
  return `${why}${t('checkIn.notAskedText')}`;
}

/** Why nothing needs to be reported today, and what counts in its place. */
export function quietLine(day: HouseholdDay, t: TextSource['t'], time: (ms: number) => string): string {
  const at = day.signedAt.value;
  return at === undefined ? t('checkIn.quietText') : t('checkIn.quietSigned', { time: time(at) });
}

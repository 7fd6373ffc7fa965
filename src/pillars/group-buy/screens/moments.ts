import { DAY_MS, MINUTE_MS, addDays, clockOf, dayOf } from '../../../domain/day.ts';
import type { TextSource } from '../../../client/i18n/use-texts.ts';

/**
 * A time as one says it of a cut-off: 今晚 8 点, 明天上午 9 点半, 11 月 24 日晚上 8 点. Midnight belongs to the evening
 * before it: 今晚 12 点.
 * @param ms epoch ms @param now epoch ms
 */
export function spokenMoment({ t }: TextSource, ms: number, now: number): string {
  const midnight = clockOf(ms) === '00:00';
  const day = dayOf(midnight ? ms - DAY_MS : ms);
  const hour = midnight ? 24 : Number(clockOf(ms).slice(0, 2));
  const minute = Number(clockOf(ms).slice(3));
  const shape = minute === 0 ? 'oclock' : minute === 30 ? 'half' : 'minutes';
  const clock = t(`groupBuy.moment.${shape}`, { hour: hour > 12 ? hour - 12 : hour, minute });
  const [, month = 0, date = 0] = day.split('-').map(Number);
  return t(`groupBuy.moment.${nearDay(day, dayOf(now))}.${partOfDay(hour)}`, { clock, month, date });
}

/** How near a cut-off must be for the screen to say whose clock decides. */
export const NEAR_MS = 30 * MINUTE_MS;

function nearDay(day: string, today: string): 'today' | 'tomorrow' | 'yesterday' | 'other' {
  if (day === today) return 'today';
  if (day === addDays(today, 1)) return 'tomorrow';
  return day === addDays(today, -1) ? 'yesterday' : 'other';
}

function partOfDay(hour: number): 'dawn' | 'morning' | 'noon' | 'afternoon' | 'evening' {
  if (hour < 5) return 'dawn';
  if (hour < 12) return 'morning';
  if (hour < 13) return 'noon';
  return hour < 18 ? 'afternoon' : 'evening';
}

import { addDays, clockOf, dayOf } from '../../domain/day.ts';
import type { Day } from '../../domain/day.ts';

/** Times as people say them, always on the community's clock, whatever the phone's zone. */

/** @param ms epoch ms @returns `8:12` */
export function spokenClock(ms: number): string {
  return clockOf(ms).replace(/^0/, '');
}

/** @returns `今天`, `昨天`, `明天`, `11月3日`, or with the year where it is another one: `2025年11月3日` */
export function spokenDay(day: Day, today: Day): string {
  if (day === today) return '今天';
  if (day === addDays(today, -1)) return '昨天';
  if (day === addDays(today, 1)) return '明天';
  const [year, month, date] = day.split('-').map(Number);
  return `${day.slice(0, 4) === today.slice(0, 4) ? '' : `${year}年`}${month}月${date}日`;
}

/** @param ms epoch ms @param now epoch ms @returns `今天 8:12`, `昨天 16:02`, `11月3日 8:00` */
export function spokenTime(ms: number, now: number): string {
  return `${spokenDay(dayOf(ms), dayOf(now))} ${spokenClock(ms)}`;
}

const weekdays = ['星期日', '星期一', '星期二', '星期三', '星期四', '星期五', '星期六'];

/** @param now epoch ms @returns `11月22日 星期日` */
export function spokenDate(now: number): string {
  const [, month, date] = dayOf(now).split('-').map(Number);
  return `${month}月${date}日 ${weekdays[new Date(Date.parse(`${dayOf(now)}T00:00:00Z`)).getUTCDay()]}`;
}

let lunarFormat: Intl.DateTimeFormat | undefined;

/** @param now epoch ms @returns `农历十月十四`, or undefined where the browser does not know the calendar */
export function lunarDate(now: number): string | undefined {
  try {
    lunarFormat ??= new Intl.DateTimeFormat('zh-u-ca-chinese', {
      timeZone: 'Asia/Shanghai',
      month: 'long',
      day: 'numeric',
    });
    if (lunarFormat.resolvedOptions().calendar !== 'chinese') return undefined;
    const parts = lunarFormat.formatToParts(now);
    const month = parts.find((part) => part.type === 'month')?.value;
    const day = Number(parts.find((part) => part.type === 'day')?.value);
    return month !== undefined && day >= 1 && day <= 30 ? `农历${month}${lunarDay(day)}` : undefined;
  } catch {
    return undefined;
  }
}

/** 1 to 30 as the calendar on the wall writes it: 初一, 初十, 十四, 二十, 廿三, 三十. */
function lunarDay(day: number): string {
  const digits = ['十', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
  if (day === 10) return '初十';
  if (day === 20) return '二十';
  if (day === 30) return '三十';
  return `${['初', '十', '廿'][Math.floor(day / 10)]}${digits[day % 10]}`;
}

/** Part of the day for a greeting: the key of its word under `ui.greetings`. */
export function greetingOf(now: number): 'night' | 'morning' | 'noon' | 'afternoon' | 'evening' {
  const hour = Number(clockOf(now).slice(0, 2));
  if (hour < 5) return 'night';
  if (hour < 11) return 'morning';
  if (hour < 13) return 'noon';
  return hour < 18 ? 'afternoon' : 'evening';
}

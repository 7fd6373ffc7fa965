import { spokenTime } from '../../../client/i18n/times.ts';
import type { TextSource } from '../../../client/i18n/use-texts.ts';
import type { Sweep } from '../schema.ts';

const HOUR_MS = 3_600_000;

/** Until when is asked, and how long that is: `截止 明天 11:20，还有 26 小时`. */
export function timeLeft({ t }: Pick<TextSource, 't'>, sweep: Sweep, now: number): string {
  if (sweep.closedAt != null) {
    return t('sweep.time.closed', { time: spokenTime(sweep.closedAt, now), name: sweep.closedByName ?? '' });
  }
  const time = spokenTime(sweep.deadline, now);
  const hours = Math.floor((sweep.deadline - now) / HOUR_MS);
  if (sweep.deadline < now) return t('sweep.time.past', { time });
  return hours < 1 ? t('sweep.time.lastHour', { time }) : t('sweep.time.left', { time, hours });
}

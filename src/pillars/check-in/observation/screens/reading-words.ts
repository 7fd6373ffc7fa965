import { spokenClock } from '../../../../client/i18n/times.ts';
import type { TextSource } from '../../../../client/i18n/use-texts.ts';
import type { Reading } from '../schema.ts';

/** `37.8 ℃ 发烧 · 8:10 · 心情一般 · 要买药 · 小何，打电话问的 · 改过 1 次`. What was forgotten after 90 days is left out. */
export function readingWords(reading: Reading, { t, has }: TextSource): string {
  const degrees = typeof reading.temperatureC === 'number' ? reading.temperatureC.toFixed(1) : undefined;
  const needs = reading.needs.map((need) => `checkIn.needs.${need}`).filter((key) => has(key));
  const who = reading.by.name ?? t('checkIn.somebody');
  const parts = [
    degrees === undefined ? t('observation.taken') : t('checkIn.keypad.value', { degrees }),
    reading.level === 'alert' ? t('observation.fever') : undefined,
    spokenClock(reading.happenedAt),
    reading.late ? t('checkIn.history.late') : undefined,
    reading.mood ? t(`observation.moodIs.${reading.mood}`) : undefined,
    ...needs.map((key) => t(key)),
    reading.how ? t(`checkIn.history.how.${reading.how}`, { who }) : undefined,
    reading.history.length > 0 ? t('observation.corrected', { count: reading.history.length }) : undefined,
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}

import { spokenTime } from '../../../client/i18n/times.ts';
import { quietLine } from './mode-line.ts';
import type { TextSource } from '../../../client/i18n/use-texts.ts';
import type { HouseholdDay } from './household-day.ts';

/** What the tile says below its word: what a tap does, or what the tap did. */
export function elderLine(day: HouseholdDay, t: TextSource['t']): string {
  const said = day.latest.value;
  switch (day.stage.value) {
    case 'done': {
      if (said === undefined) return '';
      const time = spokenTime(said.happenedAt, day.now.value);
      if (day.isUnsent.value) return t('checkIn.onlyHere', { time });
      return t(day.unwell.value.length > 0 ? 'checkIn.saidThen' : 'checkIn.reported', { time });
    }
    case 'quiet':
      return quietLine(day, t, (ms) => spokenTime(ms, day.now.value));
    case 'notAsked':
      return t('checkIn.mayTap');
    case 'away':
      return t('checkIn.backHome');
    default:
      return t('checkIn.tapOnce');
  }
}

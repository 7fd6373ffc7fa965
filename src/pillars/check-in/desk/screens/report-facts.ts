import type { TextSource } from '../../../../client/i18n/use-texts.ts';
import { heardOf } from '../report-words.ts';
import { spokenSpan } from './follow-up-words.ts';
import type { DayReport } from '../schema.ts';

/** The day in a few lines: doors, alerts, calls. */
export function reportFacts({ counts, alerts, calls, observed }: DayReport, t: TextSource['t']): readonly string[] {
  const heard = heardOf(counts);
  const asked = heard + counts.missing;
  return [
    asked === 0 ? t('desk.nobodyAsked') : t('desk.report.doors', { asked, heard }),
    t('desk.report.states', {
      done: counts.done,
      missing: counts.missing,
      alert: counts.alert,
      watch: counts.watch,
      away: counts.away,
    }),
    alerts.opened === 0 ? t('desk.report.noAlerts') : t('desk.report.alerts', { ...alerts }),
    ...(alerts.medianContactMinutes === undefined
      ? []
      : [t('desk.contact', { waited: spokenSpan(alerts.medianContactMinutes, t) })]),
    t('desk.report.calls', { ...calls }),
    ...(observed > 0 ? [t('desk.report.observed', { count: observed })] : []),
  ];
}

/** `3-2-501 · 3 天没消息 · 打过 2 次` */
export function silentLine(one: DayReport['silent'][number], t: TextSource['t']): string {
  const days =
    one.silentDays === undefined
      ? t('desk.reasons.neverHeard')
      : one.silentDays > 1
        ? t('desk.silent', { days: one.silentDays })
        : '';
  return [one.door, days, one.tries > 0 ? t('desk.report.tries', { count: one.tries }) : '']
    .filter(Boolean)
    .join(' · ');
}

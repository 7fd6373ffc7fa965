import { csvOf, looksLikeDay } from '../../../domain/csv.ts';
import { clockOf } from '../../../domain/day.ts';
import type { Counts, DayReport } from './schema.ts';

/** Looks up a text and fills its places: the screen's own `t`. */
export type TextOf = (key: string, places?: Readonly<Record<string, string | number>>) => string;

/** Doors behind which everybody was heard of, whatever was heard. Away is accounted for elsewhere, and not among them. */
export function heardOf(counts: Counts): number {
  return counts.done + counts.observed + counts.watch + counts.alert;
}

/**
 * The report as a paragraph for the chat group: counts only. Which doors are silent is nothing for a group to read: it
 * would tell strangers where nobody is at home.
 */
export function reportParagraph(report: DayReport, t: TextOf): string {
  const { counts, alerts, calls, observed, grids } = report;
  const asked = heardOf(counts) + counts.missing;
  const [, month, day] = report.day.split('-').map(Number);
  const lines = [
    t('deskReport.title', {
      community: report.communityName,
      month: month ?? '',
      day: day ?? '',
      clock: clockOf(report.at),
    }),
    ...(grids.length > 0 ? [t('deskReport.grids', { grids: grids.join('、') })] : []),
    asked === 0
      ? t('deskReport.nobodyAsked')
      : counts.missing > 0
        ? t('deskReport.doors', { asked, heard: heardOf(counts), missing: counts.missing })
        : t('deskReport.allHeard', { asked }),
    t('deskReport.others', { away: counts.away, notAsked: counts.notAsked, vacant: counts.vacant }),
    ...(counts.alert + counts.watch > 0 ? [t('deskReport.unwell', { alert: counts.alert, watch: counts.watch })] : []),
    ...(alerts.opened > 0
      ? [t('deskReport.alerts', { opened: alerts.opened, seen: alerts.seen, closed: alerts.closed })]
      : []),
    ...(alerts.medianContactMinutes === undefined
      ? []
      : [t('deskReport.contact', { minutes: alerts.medianContactMinutes })]),
    ...(calls.made > 0 ? [t('deskReport.calls', { ...calls })] : []),
    ...(observed > 0 ? [t('deskReport.observed', { observed })] : []),
  ];
  return lines.join('\n');
}

const COUNTS = ['missing', 'alert', 'watch', 'observed', 'away', 'notAsked', 'vacant'] as const;

/** The report as a table for a spreadsheet: counts by building, then the silent doors. */
export function reportCsv(report: DayReport, t: TextOf): string {
  const column = (name: string) => t(`deskReport.columns.${name}`);
  const line = (name: string, counts: Counts) => [
    name,
    counts.doors,
    heardOf(counts),
    ...COUNTS.map((state) => counts[state]),
  ];
  const rows: (string | number)[][] = [
    [report.communityName, report.day],
    [],
    [column('building'), column('doors'), column('heard'), ...COUNTS.map(column)],
    ...report.buildings.map(({ name, counts }) => line(name, counts)),
    line(t('deskReport.inAll'), report.counts),
    [],
    [column('door'), column('silentDays'), column('tries')],
    ...report.silent.map(({ door, silentDays, tries }) => [
      readAsText(door, t),
      silentDays ?? t('deskReport.never'),
      tries,
    ]),
  ];
  return csvOf(rows);
}

/** A spreadsheet takes 3-2-1901 for a day of the year 1901: 3-2-1901室 it leaves alone. */
function readAsText(door: string, t: TextOf): string {
  return looksLikeDay(door) ? t('deskReport.room', { door }) : door;
}

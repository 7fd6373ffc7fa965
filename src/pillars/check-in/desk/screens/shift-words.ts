import { spokenClock } from '../../../../client/i18n/times.ts';
import type { TextSource } from '../../../../client/i18n/use-texts.ts';
import { heardOf } from '../report-words.ts';
import type { ShiftSummary } from '../schema.ts';

/** 交班小结 as lines of plain text, from what is known: nobody types it. No symptom is in it. */
export function shiftLines(shift: ShiftSummary, t: TextSource['t']): readonly string[] {
  const { counts, calls, followUps, open } = shift;
  const heard = heardOf(counts);
  return [
    t('desk.shift.span', { from: spokenClock(shift.since), to: spokenClock(shift.at) }),
    t('desk.shift.doors', { heard, asked: heard + counts.missing, missing: counts.missing, alert: counts.alert }),
    t('desk.shift.calls', { ...calls }),
    t('desk.shift.followUps', { ...followUps }),
    ...(open.length === 0 ? [t('desk.shift.nothingOpen')] : [t('desk.shift.open', { count: open.length })]),
    ...open.map((one) =>
      t('desk.shift.one', {
        door: one.door,
        name: one.personName,
        why: one.reasons.map((reason) => t(`desk.followUpReasons.${reason}`)).join('、'),
        time: spokenClock(one.openedAt),
        state:
          one.firstContactAt !== undefined
            ? t('desk.shift.reached')
            : one.seenByName !== undefined
              ? t('desk.shift.seen', { name: one.seenByName })
              : t('desk.shift.unseen'),
      }),
    ),
  ];
}

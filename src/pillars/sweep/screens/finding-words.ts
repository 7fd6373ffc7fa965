import { spokenTime } from '../../../client/i18n/times.ts';
import type { TextSource } from '../../../client/i18n/use-texts.ts';
import type { DoorFinding } from '../schema.ts';

/** What was found, as a line: `见到了 · 3 人 · 有 · 田建国 今天 10:32 · 过了截止才问到`. */
export function findingLine({ t }: Pick<TextSource, 't'>, one: DoorFinding, now: number): string {
  return [
    t(`sweep.finding.${one.finding}`),
    one.people == null ? '' : t('sweep.door.people', { count: one.people }),
    one.yes == null ? '' : t(one.yes ? 'sweep.door.yes' : 'sweep.door.no'),
    [one.byName ?? '', spokenTime(one.at, now)].join(' ').trim(),
    one.late ? t('sweep.door.late') : '',
    one.note ?? '',
  ]
    .filter(Boolean)
    .join(' · ');
}

/** A stairway as people say it: `3栋 2单元`, or the building alone where it has one stairway without a number. */
export function stairwayName(
  { t }: Pick<TextSource, 't'>,
  { building, unit }: { readonly building: string; readonly unit: string },
): string {
  return unit === '' ? building : t('sweep.stairway.name', { building, unit });
}

import { useTexts } from '../../../client/i18n/use-texts.ts';
import { publicScope } from '../../../domain/scope.ts';
import type { Notice } from '../schema.ts';

/** @returns for whom a notice is, as people say it: `3栋`, `一格`, `全小区`, `所有人` */
export function audienceWord(notice: Pick<Notice, 'scope' | 'scopeName'>): string {
  const { t } = useTexts();
  return notice.scopeName ?? t(notice.scope === publicScope ? 'notices.scope.public' : 'notices.scope.community');
}

/** @returns the text, or its beginning with `…` where it is longer than `max` characters */
export function shortened(text: string, max: number): string {
  const characters = Array.from(text);
  return characters.length <= max ? text : `${characters.slice(0, max - 1).join('')}…`;
}

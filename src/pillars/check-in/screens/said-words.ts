import type { TextSource } from '../../../client/i18n/use-texts.ts';
import type { Answer } from '../schema.ts';

/** What was said of a person, in words: `平安`, `不舒服 · 37.8 ℃ · 咳嗽 · 要买药`. A word that this version lacks is left out. */
export function saidWords(
  said: Pick<Answer, 'feels' | 'level' | 'recovered' | 'temperatureC' | 'symptoms' | 'needs'>,
  { t, has }: TextSource,
): string {
  const state = said.feels === 'unwell' || said.level !== 'ok' ? 'unwell' : said.recovered ? 'better' : 'well';
  const chips = [
    ...said.symptoms.map((symptom) => `checkIn.symptoms.${symptom}`),
    ...said.needs.map((need) => `checkIn.needs.${need}`),
  ].filter((key) => has(key));
  return [
    t(`checkIn.said.${state}`),
    ...(typeof said.temperatureC === 'number'
      ? [t('checkIn.keypad.value', { degrees: said.temperatureC.toFixed(1) })]
      : []),
    ...chips.map((key) => t(key)),
  ].join(' · ');
}

import { shallowRef } from 'vue';
import { clientTexts } from './texts.ts';

/** Texts of a slice, nested under its name: `{ checkIn: { allWell: '家里都好' } }`. `{name}` in a text is a place to be filled. */
export interface Texts {
  readonly [key: string]: string | Texts;
}

/** The languages the app can be in. Texts are complete in the first, which stands in for what another one lacks. */
export type Locale = 'zh-Hans';

/** What goes into a text's `{places}`. */
export type TextParams = Readonly<Record<string, string | number>>;

/** The language in use. Every text reads it, so that a change redraws what is on screen. */
export const locale = shallowRef<Locale>('zh-Hans');

/*
 * Looking up and filling in is all that the texts need. vue-i18n's small build was measured for it: 25 kB gz of the first
 * screen's 130, half of that because it takes in all of Vue by `import *`.
 */
const messages: Record<Locale, Record<string, string>> = { 'zh-Hans': flat(clientTexts) };

/** Adds a slice's texts. Slices stay strangers to the platform: the composition root hands their texts over. */
export function addTexts(texts: Texts, to: Locale = 'zh-Hans'): void {
  Object.assign(messages[to], flat(texts));
}

/** @returns the text in the language in use, its places filled; the key itself where there is none */
export function textOf(key: string, places: TextParams = {}): string {
  const text = messages[locale.value][key] ?? messages['zh-Hans'][key] ?? key;
  return text.includes('{') ? text.replace(/\{(\w+)\}/g, (_place, name: string) => String(places[name] ?? '')) : text;
}

export function hasText(key: string): boolean {
  return key in messages[locale.value] || key in messages['zh-Hans'];
}

/** `{ ui: { back: '返回' } }` becomes `{ 'ui.back': '返回' }`. */
function flat(texts: Texts, before = ''): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value === 'string') found[before + key] = value;
    else Object.assign(found, flat(value, `${before}${key}.`));
  }
  return found;
}

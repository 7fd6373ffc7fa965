import { hasText, textOf } from './i18n.ts';
import type { TextParams } from './i18n.ts';

export type { TextParams } from './i18n.ts';

export interface TextSource {
  /** @returns the text, or the key itself where there is none */
  t(key: string, params?: TextParams): string;
  /** Whether there is such a text. */
  has(key: string): boolean;
}

const source: TextSource = { t: textOf, has: hasText };

/** Texts in the language in use. Works outside of components too: 我办的事 describes what was queued. */
export function useTexts(): TextSource {
  return source;
}

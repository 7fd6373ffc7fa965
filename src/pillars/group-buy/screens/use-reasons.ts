import { useRefusalWords } from '../../../client/i18n/refusal-words.ts';
import { useTexts } from '../../../client/i18n/use-texts.ts';
import type { TextParams } from '../../../client/i18n/use-texts.ts';

/** Says why not, in the words of group buy. */
export interface Reasons {
  /** Why the server refused. */
  reasonOf(code: string, details?: unknown, mutationName?: string): string;
  /** What the phone says against it beforehand; empty where it has nothing of its own to say. */
  adviceOf(code: string, details?: unknown): string;
}

/** 卖完了 reads otherwise than 只剩 2 袋: one code, two texts. */
export function useReasons(): Reasons {
  const { t, has } = useTexts();
  const variant = (code: string, details: unknown) =>
    code === 'soldOut' && (details as { left?: unknown } | undefined)?.left === 0 ? 'soldOutNone' : code;
  return {
    reasonOf: useRefusalWords(),
    adviceOf(code, details) {
      const key = `groupBuy.advice.${variant(code, details)}`;
      return has(key) ? t(key, plainParts(details)) : '';
    },
  };
}

/** The details of a refusal that fit into a text. */
function plainParts(details: unknown): TextParams {
  const fits = (entry: [string, unknown]): entry is [string, string | number] =>
    typeof entry[1] === 'string' || typeof entry[1] === 'number';
  return Object.fromEntries(Object.entries((details ?? {}) as object).filter(fits));
}

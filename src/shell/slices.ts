import { inject } from 'vue';
import type { InjectionKey } from 'vue';
import type { ClientSlice, MutationWords } from '../client/slice.ts';

export type WordsByName = Readonly<Record<string, MutationWords>>;

export const wordsKey: InjectionKey<WordsByName> = Symbol('words');

/** What every slice says about its mutations, by mutation name. */
export function wordsOf(slices: readonly ClientSlice[]): WordsByName {
  return Object.assign({}, ...slices.map((slice) => slice.words)) as WordsByName;
}

export function useWords(): WordsByName {
  return inject(wordsKey, {});
}

import { inject, shallowRef } from 'vue';
import type { InjectionKey, ShallowRef } from 'vue';
import type { ClientSlice, MutationWords, WordsByName } from '../client/slice.ts';
import { loadScreenTexts } from './messages.ts';

/** What every slice says about its mutations. */
export interface Words {
  /** Counts what has been loaded: what was said before may read better now. */
  readonly loaded: ShallowRef<number>;
  /** @returns the words for a mutation; undefined where there are none, or not yet */
  of(name: string): MutationWords | undefined;
  /** Loads what is needed to speak of these mutations. Never rejects: what does not come is asked for again. */
  load(names: readonly string[]): Promise<void>;
}

export const wordsKey: InjectionKey<Words> = Symbol('words');

type Speaks = Pick<ClientSlice, 'words' | 'laterWords'>;

/** Gathers what the slices say: at once of what the first screen does, of all else when it is first asked for. */
export function gatherWords(slices: readonly Speaks[], loadTexts: () => Promise<void> = loadScreenTexts): Words {
  const loaded = shallowRef(0);
  const later = slices.flatMap((slice) => slice.laterWords ?? []);
  let known = Object.assign({}, ...slices.map((slice) => slice.words)) as WordsByName;
  let loading: Promise<void> | undefined;

  async function loadAll(): Promise<void> {
    try {
      const [found] = await Promise.all([Promise.all(later.map((load) => load())), loadTexts()]);
      known = Object.assign({}, known, ...found) as WordsByName;
      loaded.value += 1;
    } catch {
      loading = undefined;
    }
  }

  return {
    loaded,
    of: (name) => known[name],
    async load(names) {
      if (names.some((name) => known[name] === undefined)) await (loading ??= loadAll());
    },
  };
}

/** @returns the words that the app was given; none in an app that was given none */
export function useWords(): Words {
  return inject(wordsKey, () => gatherWords([]), true);
}

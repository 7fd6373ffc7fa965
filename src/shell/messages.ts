import { addTexts } from '../client/i18n/i18n.ts';
import type { Texts } from '../client/i18n/i18n.ts';
import { shellTexts } from './texts.ts';

type TextModule = Readonly<Record<string, Texts>>;

const first = import.meta.glob<TextModule>(['../people/texts.ts', '../pillars/*/texts.ts'], { eager: true });
const later = import.meta.glob<TextModule>([
  '../client/ui/screen-texts.ts',
  './screen-texts.ts',
  '../client/photos/screen-texts.ts',
  '../people/screen-texts.ts',
  '../pillars/*/screen-texts.ts',
  '../pillars/*/*/screen-texts.ts',
]);

const textsIn = (modules: readonly TextModule[]): Texts =>
  Object.assign({}, ...modules.flatMap((module) => Object.values(module))) as Texts;

/** The frame's texts and every slice's `texts.ts`: all that home and 我办的事 say. */
export function gatherTexts(): Texts {
  return { ...shellTexts, ...textsIn(Object.values(first)) };
}

let loading: Promise<void> | undefined;

/**
 * Adds every slice's `screen-texts.ts`: what only its further screens say stays off the first one. Loaded once; a failure
 * (no network, nothing kept) is thrown and tried again with the next screen.
 */
export function loadScreenTexts(): Promise<void> {
  loading ??= Promise.all(Object.values(later).map((load) => load())).then(
    (modules) => {
      for (const module of modules) addTexts(textsIn([module]));
    },
    (error: unknown) => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}

/** For tests: every text there is, under its slice. */
export async function allTexts(): Promise<readonly Texts[]> {
  return [
    gatherTexts(),
    ...(await Promise.all(Object.values(later).map((load) => load()))).map((module) => textsIn([module])),
  ];
}

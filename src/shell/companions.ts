import type { Accompany } from '../client/acting.ts';
import type { ClientSlice } from '../client/slice.ts';
import { needErrands } from './need-errands.ts';

/** Loads what only acts of the desk bring along: before a screen of the desk opens, so that it is there without a network. */
export const loadDeskCompanions = async () => {
  const [{ modeNotice }, { codeNotice }] = await Promise.all([import('./mode-notice.ts'), import('./code-notice.ts')]);
  return { modeNotice, codeNotice };
};

/** Who changes the community's settings may have to tell everybody. */
const modeNotice: Accompany = async (acts, context) => {
  if (acts.every(({ mutation }) => mutation.name !== 'people.changeSettings')) return [];
  return (await loadDeskCompanions()).modeNotice(acts, context);
};

/** Who confirms a collection code in place of another tells everybody. */
const codeNotice: Accompany = async (acts, context) => {
  if (acts.every(({ mutation }) => mutation.name !== 'groupBuy.decideCode')) return [];
  return (await loadDeskCompanions()).codeNotice(acts, context);
};

/** Everything that goes along with what people do here: what slices say themselves, and where one touches another. */
export function companionsOf(slices: readonly ClientSlice[]): readonly Accompany[] {
  return [...slices.flatMap((slice) => slice.accompany ?? []), needErrands, modeNotice, codeNotice];
}

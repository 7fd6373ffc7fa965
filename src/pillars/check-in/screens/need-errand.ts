import { inject } from 'vue';
import type { InjectionKey, Ref } from 'vue';
import type { RouteLocationRaw } from 'vue-router';

/** A need that a neighbour can run for. */
export type NeedForErrand = 'medicine' | 'food';

/** @returns where the household's open errand for a need is, live; undefined where this phone knows of none */
export type NeedErrands = (
  householdId: () => string | undefined,
  need: NeedForErrand,
) => Ref<RouteLocationRaw | undefined>;

/** Errands are another pillar's: the frame, where pillars meet, gives the way to them. */
export const needErrandsKey: InjectionKey<NeedErrands> = Symbol('need errands');

/** @returns the frame's answer; undefined where the frame gave none */
export function useNeedErrands(): NeedErrands | undefined {
  return inject(needErrandsKey, undefined);
}

import type { RouteLocationRaw } from 'vue-router';

/** How a state looks: shape, colour and word together (see StateChip). */
export type ChipState = 'unsent' | 'received' | 'done' | 'refused' | 'way' | 'watch' | 'plain';

/** A thing of mine that is not done yet, as 我办的事 and home list it. */
export interface Matter {
  /** `entity#id` of the row it is about, so that what is still unsent is not listed twice. */
  readonly key: string;
  readonly title: string;
  readonly sub?: string;
  readonly chip: { readonly state: ChipState; readonly text?: string };
  readonly to: RouteLocationRaw;
  /** Epoch ms, for the order of the list. */
  readonly at: number;
}

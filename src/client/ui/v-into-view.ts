import type { Directive } from 'vue';

/** What has just appeared in answer to a tap is brought into sight, if it is not: the button may stand far from it. */
export const vIntoView: Directive<HTMLElement> = {
  mounted: (element) => element.scrollIntoView({ block: 'nearest' }),
};

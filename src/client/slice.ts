import type { RouteLocationRaw, RouteRecordRaw } from 'vue-router';
import type { Reader } from './reader.ts';

/** How a mutation reads in 我办的事: `东北大米 2 袋`, and where it leads. */
export interface Described {
  readonly title: string;
  readonly to?: RouteLocationRaw;
}

/** A next step offered with a refusal, such as 给我留 or 改成 1 份. */
export interface NextStep {
  readonly label: string;
  readonly to: RouteLocationRaw;
}

/** What the phone says about one kind of mutation. `args` are those that were queued. */
export interface MutationWords {
  readonly describe: (args: never, read: Reader) => Promise<Described> | Described;
  /** What can be done about a refusal: its code and details. Without it, only 知道了 is offered. */
  readonly nextSteps?: (args: never, refusal: { code: string; details?: unknown }) => readonly NextStep[];
}

/** The client half of a slice, exported as `client` by its client.ts. Screens are lazy: `component: () => import('./screens/…')`. */
export interface ClientSlice {
  readonly routes: readonly RouteRecordRaw[];
  /** By mutation name. */
  readonly words: Readonly<Record<string, MutationWords>>;
}

import type { RouteLocationRaw, RouteRecordRaw } from 'vue-router';
import type { Accompany } from './acting.ts';
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

/** What is said about mutations, by their names. */
export type WordsByName = Readonly<Record<string, MutationWords>>;

/** The client half of a slice, exported as `client` by its client.ts. Screens are lazy: `component: () => import('./screens/…')`. */
export interface ClientSlice {
  readonly routes: readonly RouteRecordRaw[];
  /** By mutation name: those of what the first screen does itself. */
  readonly words?: WordsByName;
  /** All others, loaded with the first entry that needs them. */
  readonly laterWords?: () => Promise<WordsByName>;
  /** What goes along with things that are done on this phone. */
  readonly accompany?: readonly Accompany[];
}

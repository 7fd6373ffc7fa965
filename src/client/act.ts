import * as v from 'valibot';
import type { Mutation } from '../domain/mutation.ts';
import type { Refusal } from '../domain/refusal.ts';

/** A mutation with its arguments, as `actAll` takes several. Make it with `act(mutation, args)`, which checks the types. */
export interface Act {
  readonly mutation: Mutation<never>;
  readonly args: unknown;
}

/** Ties arguments to their mutation, for `actAll`. */
export function act<A>(mutation: Mutation<A>, args: A): Act {
  return { mutation: mutation as unknown as Mutation<never>, args };
}

/** What is wrong in a form: `path` is dotted (`lines.0.quantity`), empty for the whole. */
export interface FormIssue {
  readonly path: string;
  readonly message: string;
}

/**
 * `queued`: on the phone, durably; `ids` in the order of the acts. `advice`: the phone's own rows say no and nothing was
 * queued; whoever insists may still ask the server. `malformed`: the form is not complete, nothing was queued. `full`:
 * the phone has no room for it, nothing was queued; what was typed stays in the form.
 */
export type ActResult =
  | { readonly kind: 'queued'; readonly ids: readonly string[] }
  | { readonly kind: 'advice'; readonly refusal: Refusal }
  | { readonly kind: 'malformed'; readonly issues: readonly FormIssue[] }
  | { readonly kind: 'full' };

/** An act whose arguments are well-formed and plain: what goes into the outbox. */
export interface PlainAct {
  readonly id: string;
  readonly name: string;
  readonly args: unknown;
  readonly at: number;
}

/** @returns the arguments as a plain copy (a form's are Vue proxies, which IndexedDB cannot store), or what is wrong with them */
export function plainArgs({ mutation, args }: Act): { args: unknown } | { issues: readonly FormIssue[] } {
  const parsed = v.safeParse(mutation.args, args);
  if (parsed.success) return { args: plainCopy(parsed.output) };
  return { issues: parsed.issues.map((issue) => ({ path: v.getDotPath(issue) ?? '', message: issue.message })) };
}

/** @returns a deep copy that holds JSON only */
export function plainCopy<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

import { createHash } from 'node:crypto';
import * as v from 'valibot';
import type { Registry } from '../domain/slice.ts';
import type { Pending } from './job.ts';

/** A mutation as it came in, with the time it happened already reckoned. */
export interface Incoming {
  readonly seq: number;
  readonly id: string;
  readonly name: string;
  readonly args: unknown;
  readonly happenedAt: number;
}

/** Checks each mutation against its schema. What is wrong with one is that one's verdict and never stops the others. */
export function mutationsOf(registry: Registry, incoming: readonly Incoming[]): readonly Pending[] {
  return incoming.map((one) => ({ ...one, argsHash: hashOf(one.args), call: callOf(registry, one.name, one.args) }));
}

function callOf(registry: Registry, name: string, args: unknown): Pending['call'] {
  const mutation = registry.mutations.get(name);
  if (!mutation) return { refused: 'unknownName' };
  const parsed = v.safeParse(mutation.args, args);
  if (!parsed.success || !isStorable(parsed.output)) return { refused: 'malformed' };
  return { mutation, args: parsed.output as never };
}

/** The phone's clock and zone never matter: only the time that passed on the phone between tap and sending does. */
export function happenedAt(receivedAt: number, sentAt: number, at: number): number {
  return receivedAt - Math.max(0, sentAt - at);
}

/** PostgreSQL's json takes neither U+0000 nor half of a surrogate pair. */
function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return !value.includes('\u0000') && value.isWellFormed();
  if (Array.isArray(value)) return value.every(isStorable);
  if (value instanceof Object) return Object.entries(value).every(([key, item]) => isStorable(key) && isStorable(item));
  return true;
}

function hashOf(args: unknown): string {
  return createHash('sha256').update(canonical(args)).digest('base64url');
}

/** The same args give the same text, whatever the order of their keys. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, item: unknown) =>
      item instanceof Object && !Array.isArray(item)
        ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
        : item,
    ) ?? ''
  );
}

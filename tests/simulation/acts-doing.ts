import type { Reader } from '../../src/client/reader.ts';
import { isStaffOf } from '../../src/domain/actor.ts';
import type { Actor, Power } from '../../src/domain/actor.ts';
import { household } from '../../src/people/schema.ts';
import type { Memory } from './memory.ts';

/** A source of chance handed in: the same seed gives the same draws. */
export interface Chance {
  /** A whole number, 0 ≤ n < below. */
  whole(below: number): number;
  /** One of the items. There must be one. */
  pick<T>(items: readonly T[]): T;
  /** True with this probability. */
  chance(probability: number): boolean;
  /** A fresh UUIDv7. */
  newId(): string;
}

/** Somebody at a phone who is about to do something. */
export interface Doing {
  /** The rows that the phone shows, overlay included. */
  readonly reader: Reader;
  /** Whom the phone takes itself for. */
  readonly actor: Actor;
  /** Epoch ms: the server's clock as the phone reckons it. */
  readonly now: number;
  readonly chance: Chance;
  readonly memory: Memory;
  /** The round that people speak of: they think of it first. */
  readonly about?: string | undefined;
  /** Does only what is due. */
  readonly careful?: boolean | undefined;
  /** Everybody's ids, also of those whom this phone does not hold. */
  readonly people: {
    readonly households: readonly string[];
    readonly persons: readonly string[];
    readonly communityId: string;
  };
}

/** How a person comes to do a mutation. @returns its args, or undefined where this person would not come to do it now */
export type Recipe = (doing: Doing) => Promise<object | undefined>;
export type Recipes = Readonly<Record<string, Recipe>>;

/** How often people try what they may not, or what cannot be. */
const STRAYS = 0.15;

/** Whether this person now tries what they may not, or what cannot be. */
export function strays({ chance, careful }: Doing): boolean {
  return careful !== true && chance.chance(STRAYS);
}

/** One of the items, or undefined where there is none. */
export function some<T>(chance: Chance, items: readonly T[]): T | undefined {
  return items.length === 0 ? undefined : chance.pick(items);
}

/** Those of the round that people speak of; all of them where none is, or where nobody speaks of one. */
export function spokenOf<T>({ about }: Doing, items: readonly T[], roundOf: (one: T) => string): readonly T[] {
  const those = items.filter((one) => roundOf(one) === about);
  return those.length > 0 ? those : items;
}

/** The items, each kept with this probability, but one at least where there is one. */
export function several<T>(chance: Chance, items: readonly T[], probability = 0.6): T[] {
  const kept = items.filter(() => chance.chance(probability));
  if (kept.length > 0 || items.length === 0) return kept;
  return [chance.pick(items)];
}

/**
 * The household that this person would act for: mostly their own, at times one that they help or whose desk they work at.
 * @returns undefined for who lives nowhere here and helps nobody
 */
export async function homeToActFor({ reader, actor, now, chance }: Doing, power: Power): Promise<string | undefined> {
  const own = actor.households[0];
  const helped = actor.grants.filter((grant) => now < grant.until && grant.powers.includes(power));
  if (helped.length > 0 && chance.chance(0.4)) return chance.pick(helped).householdId;
  if (isStaffOf(actor, now) && (own === undefined || chance.chance(0.3))) {
    const doors = (await reader.all(household)).filter((door) => isStaffOf(actor, now, door.grid));
    return some(chance, doors)?.id ?? own;
  }
  return own;
}

/** Any household of the community, held or not. */
export function anyHousehold({ chance, people }: Doing): string {
  return some(chance, people.households) ?? chance.newId();
}

/** Any person of the community, held or not. */
export function anyPerson({ chance, people }: Doing): string {
  return some(chance, people.persons) ?? chance.newId();
}

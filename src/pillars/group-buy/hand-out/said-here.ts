import { handOver, leave, undo } from './rules.ts';
import type { HandOutArgs, NotHandedOutArgs } from './args.ts';
import type { Bag } from './schema.ts';
import type { HandedOut } from '../schema.ts';

/** What was done with bags on this phone, oldest first, as the outbox keeps it. */
export interface SaidOfBags {
  readonly name: string;
  readonly args: unknown;
  /** Epoch ms. */
  readonly at: number;
}

const NAMES: readonly string[] = ['groupBuy.handOut', 'groupBuy.notHandedOut', 'groupBuy.undoHandOut'];

/** The acts of an outbox that are about bags of the round. */
export function ofRound<E extends SaidOfBags>(entries: readonly E[], groupBuyId: string): E[] {
  return entries.filter(
    ({ name, args }) => NAMES.includes(name) && (args as { groupBuyId?: unknown }).groupBuyId === groupBuyId,
  );
}

/** Bags as the server told them last, with what was done on this phone since: an organiser's phone keeps no bags itself. */
export function saidHere(bags: readonly Bag[], said: readonly SaidOfBags[], personId: string | undefined): Bag[] {
  const now = new Map(bags.map((bag) => [bag.householdId, bag]));
  for (const { name, args, at } of said) {
    const { householdIds } = args as Pick<HandOutArgs, 'householdIds'>;
    const there = householdIds.flatMap((id) => now.get(id) ?? []);
    for (const bag of changed(name, args, at, there, personId)) now.set(bag.householdId, bag);
  }
  return [...now.values()];
}

function changed(name: string, args: unknown, at: number, bags: readonly Bag[], personId: string | undefined): Bag[] {
  if (name === 'groupBuy.handOut') {
    const by: HandedOut = { at, how: (args as HandOutArgs).how, ...(personId !== undefined && { personId }) };
    return handOver(openOf(bags), by);
  }
  if (name === 'groupBuy.notHandedOut') {
    const { what, text } = args as NotHandedOutArgs;
    return leave(openOf(bags), { what, at, ...(text !== undefined && { text }) });
  }
  const said = bags.filter(({ handedOut, problem }) => handedOut !== undefined || problem !== undefined);
  return said.length === 0 ? [] : undo(said, Math.min(...said.map(saidAt)), () => true);
}

const openOf = (bags: readonly Bag[]): Bag[] => bags.filter((bag) => bag.handedOut === undefined);
const saidAt = ({ handedOut, problem }: Bag): number => handedOut?.at ?? problem?.at ?? 0;

/** Households of which something was done here that has not gone out. */
export function unsentOf(entries: readonly (SaidOfBags & { readonly state: string })[]): ReadonlySet<string> {
  return new Set(
    entries
      .filter((entry) => entry.state === 'unsent')
      .flatMap(({ args }) => (args as Pick<HandOutArgs, 'householdIds'>).householdIds),
  );
}

/** A household that ordered portions of an item of which less came. */
export interface Want {
  readonly householdId: string;
  readonly quantity: number;
  /** Somebody there is to be looked after: counts only where the community lets those come first. */
  readonly first: boolean;
}

/** What a household gets, and its place in each turn, from 1. */
export interface Share {
  readonly householdId: string;
  readonly got: number;
  readonly place: number;
  /** Whether it came before others because somebody there is to be looked after. */
  readonly first: boolean;
}

/**
 * Shares out what came of an item: one portion for every household before anybody gets a second, and so on, turn by turn.
 * In every turn those to be looked after come first where the community says so; the rest of the order is drawn with the
 * seed. The same on every machine, whatever the order of `wants`; Σ got = min(arrived, Σ quantity).
 * @param arrived portions that came @param wants each household once @param seed see `seedOf`
 */
export function shareOut(arrived: number, wants: readonly Want[], seed: string, eldersFirst: boolean): Share[] {
  const drawn = wants.map((want) => ({
    want,
    first: eldersFirst && want.first,
    lot: drawLot(`${seed}/${want.householdId}`),
    got: 0,
  }));
  drawn.sort(
    (a, b) => Number(b.first) - Number(a.first) || a.lot - b.lot || (a.want.householdId < b.want.householdId ? -1 : 1),
  );
  let left = arrived;
  let turn = drawn;
  while (left > 0 && turn.length > 0) {
    turn = turn.filter(({ want, got }) => got < want.quantity);
    for (const one of turn.slice(0, left)) one.got += 1;
    left -= Math.min(left, turn.length);
  }
  return drawn.map(({ want, first, got }, index) => ({ householdId: want.householdId, got, place: index + 1, first }));
}

/** What an item of the round is drawn with: each item anew, so that it is not always the same who come last. */
export function seedOf(roundSeed: string, itemId: string): string {
  return `${roundSeed}/${itemId}`;
}

/**
 * A lot from 0 to 2³² − 1: FNV-1a over the UTF-16 units, then MurmurHash3's finalizer, without which ids that differ in
 * their last letter alone would draw lots close to each other. Integers only, so that any machine draws the same.
 */
export function drawLot(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

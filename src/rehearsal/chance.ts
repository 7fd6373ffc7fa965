/** A source of chance that gives the same for the same seed, for ever: what makes a rehearsal the same community each time. */
export interface Chance {
  /** A fraction, 0 ≤ x < 1. */
  next(): number;
  /** A whole number, `from` and `to` included. */
  between(from: number, to: number): number;
  /** True in this share of cases. */
  happens(share: number): boolean;
  /** One of the values. There must be one. */
  pick<T>(values: readonly T[]): T;
  /** The values in another order. */
  shuffle<T>(values: readonly T[]): T[];
}

/** mulberry32 (public domain) over the seed and a word, so that one part's draws do not move another's. */
export function chanceOf(seed: number, part: string): Chance {
  let state = seed | 0;
  for (let i = 0; i < part.length; i++) state = Math.imul(state ^ part.charCodeAt(i), 0x01000193);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const between = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  const pick = <T>(values: readonly T[]): T => {
    if (values.length === 0) throw new Error('nothing to pick from');
    return values[between(0, values.length - 1)]!;
  };
  return {
    next,
    between,
    happens: (share) => next() < share,
    pick,
    shuffle(values) {
      const mixed = [...values];
      for (let i = mixed.length - 1; i > 0; i--) {
        const j = between(0, i);
        [mixed[i], mixed[j]] = [mixed[j]!, mixed[i]!];
      }
      return mixed;
    },
  };
}

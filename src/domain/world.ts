/**
 * Time, chance and identity, handed in rather than reached for: code that takes a World can be run under a virtual clock
 * and a seeded source of chance. Only the composition roots make a real one.
 */
export interface World {
  /** Epoch ms. */
  now(): number;
  /** A fraction, 0 ≤ x < 1. For jitter and samples, never for secrets. */
  random(): number;
  /** A fresh UUIDv7. */
  newId(): string;
  /** Calls back once after `ms`; the returned function calls it off. */
  after(ms: number, callback: () => void): () => void;
}

/** Resolves after `ms` of the world's time. */
export function pause(world: Pick<World, 'after'>, ms: number): Promise<void> {
  return new Promise((resolve) => {
    world.after(ms, resolve);
  });
}

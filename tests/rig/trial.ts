/** What came of a trial repeated many times. */
export interface Figures {
  readonly trials: number;
  /** Acts that were said to be kept and are nowhere. */
  readonly lost: number;
  /** Acts that took effect twice. */
  readonly doubled: number;
  /** Acts that got no end within the trial's patience, although nothing was wrong any more. */
  readonly stuck: number;
  /** From the end of the fault until everything had its end, the slowest of all, ms. */
  readonly slowestMs: number;
  /** Anything else that was broken, in words. Empty where all is well. */
  readonly broken: readonly string[];
}

/** One kind of fault, done again and again to real processes. */
export interface Trial {
  /** Such as `browser-killed`: what `npm run rig -- browser-killed` runs. */
  readonly name: string;
  /** What is done, in a sentence. */
  readonly about: string;
  /** How often in CI, and in the long form by hand. */
  readonly short: number;
  readonly long: number;
  /** Does it that often. Throws only where the trial itself could not be held. */
  run(times: number): Promise<Figures>;
}

/** What was read, and when it began to be read, counted. */
export interface Reading<T> {
  readonly order: number;
  readonly value: T;
}

/**
 * Keeps readings of the same state in order: one that began earlier may arrive later, and what a person has just seen
 * queued would be gone again for a moment.
 */
export class Readings {
  private begun = 0;
  private shown = 0;

  async read<T>(query: () => Promise<T>): Promise<Reading<T>> {
    const order = ++this.begun;
    return { order, value: await query() };
  }

  /** Whether this reading is no older than what was last shown. Counts it as shown if so. */
  isNews({ order }: Reading<unknown>): boolean {
    if (order < this.shown) return false;
    this.shown = order;
    return true;
  }
}

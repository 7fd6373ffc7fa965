/** How many failures an address may have within the window before it must wait. */
export interface Limit {
  readonly tries: number;
  readonly windowMs: number;
}

/** Counts failures per key in memory. A code of 8 from 31 letters and digits and 10 tries a quarter of an hour: hopeless to guess. */
export class RateLimit {
  private readonly failures = new Map<string, { count: number; until: number }>();

  constructor(private readonly limit: Limit) {}

  /** @returns seconds to wait, or 0 */
  waitFor(key: string, now: number): number {
    const entry = this.failures.get(key);
    if (!entry || now >= entry.until || entry.count < this.limit.tries) return 0;
    return Math.ceil((entry.until - now) / 1000);
  }

  fail(key: string, now: number): void {
    if (this.failures.size > 10_000) for (const [k, e] of this.failures) if (now >= e.until) this.failures.delete(k);
    const entry = this.failures.get(key);
    if (!entry || now >= entry.until) this.failures.set(key, { count: 1, until: now + this.limit.windowMs });
    else entry.count++;
  }
}

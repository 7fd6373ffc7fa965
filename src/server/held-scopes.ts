import type { HeldScope, Scope } from '../domain/scope.ts';

/** Scopes held, each once: held for good beats held until a time, and a later end beats an earlier one. */
export class HeldScopes {
  private readonly ends = new Map<Scope, number | undefined>();

  /** @param now epoch ms: what has ended by then is not held */
  constructor(private readonly now: number) {}

  add(scope: Scope, until?: number): void {
    if (until !== undefined && until <= this.now) return;
    if (!this.ends.has(scope)) this.ends.set(scope, until);
    else {
      const known = this.ends.get(scope);
      this.ends.set(scope, known === undefined || until === undefined ? undefined : Math.max(known, until));
    }
  }

  all(): HeldScope[] {
    return [...this.ends].map(([scope, until]) => (until === undefined ? { scope } : { scope, until }));
  }
}

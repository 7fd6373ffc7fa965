import { loadLater } from '../domain/registry.ts';
import type { AnyMutation } from '../domain/mutation.ts';
import type { LaterMutations, Registry } from '../domain/slice.ts';

/** The mutations that a phone can run: those that it began with, and what was loaded since. */
export class KnownMutations {
  /** As the phone uses it: its `mutations` grow. */
  readonly registry: Registry;
  private readonly mutations: Map<string, AnyMutation>;
  private readonly partOf: ReadonlyMap<string, LaterMutations>;
  private readonly loading = new Map<LaterMutations, Promise<boolean>>();

  constructor(whole: Registry) {
    this.mutations = new Map(whole.mutations);
    this.registry = { ...whole, mutations: this.mutations };
    this.partOf = new Map(whole.later.flatMap((part) => part.names.map((name) => [name, part] as const)));
  }

  /** An act brings its mutation along: no need to load it. */
  take(mutation: AnyMutation): void {
    if (this.isLate(mutation.name)) this.mutations.set(mutation.name, mutation);
  }

  /** @returns of these names those that can be loaded and are not there yet, each once */
  missing(names: Iterable<string>): readonly string[] {
    return [...new Set(names)].filter((name) => this.isLate(name));
  }

  /**
   * Loads the parts that hold these. Never to be awaited in a transaction of the phone's database.
   * @returns whether all of them are there now; what could not be loaded (no network, nothing kept) may be asked for again
   */
  async load(names: Iterable<string>): Promise<boolean> {
    const parts = new Set(this.missing(names).flatMap((name) => this.partOf.get(name) ?? []));
    const came = await Promise.all([...parts].map((part) => this.loadPart(part)));
    return came.every(Boolean);
  }

  private isLate(name: string): boolean {
    return this.partOf.has(name) && !this.mutations.has(name);
  }

  private loadPart(part: LaterMutations): Promise<boolean> {
    const known = this.loading.get(part);
    if (known !== undefined) return known;
    const loading = this.loadOnce(part).finally(() => this.loading.delete(part));
    this.loading.set(part, loading);
    return loading;
  }

  private async loadOnce(part: LaterMutations): Promise<boolean> {
    try {
      for (const mutation of await loadLater(part)) this.mutations.set(mutation.name, mutation);
      return true;
    } catch {
      return false;
    }
  }
}

import { v7 as uuidv7 } from 'uuid';
import type { World } from '../../domain/world.ts';

/** A world whose clock stands still until it is told to go on. */
export class VirtualWorld implements World {
  time = 1_760_000_000_000;
  private readonly timers = new Set<{ due: number; callback: () => void }>();

  now(): number {
    return this.time;
  }

  random(): number {
    return 0.5;
  }

  newId(): string {
    return uuidv7();
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { due: this.time + ms, callback };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  }

  /** Lets time pass; what falls due is called, in order. */
  advance(ms: number): void {
    const end = this.time + ms;
    for (;;) {
      const [next] = [...this.timers].filter((timer) => timer.due <= end).sort((a, b) => a.due - b.due);
      if (next === undefined) break;
      this.timers.delete(next);
      this.time = Math.max(this.time, next.due);
      next.callback();
    }
    this.time = end;
  }
}

import { v7 } from 'uuid';

/** A source of chance that a seed and a name determine: each part of a history has its own, so that leaving out one does not shift the others. */
export class SeededChance {
  private state: number;

  /** @param name tells the parts of one history apart */
  constructor(
    seed: number,
    name: string,
    private readonly now: () => number = () => 0,
  ) {
    this.state = seed >>> 0;
    for (const char of name) this.state = Math.imul(this.state ^ char.codePointAt(0)!, 0x9e3779b1) >>> 0;
    for (let i = 0; i < 4; i++) this.next();
  }

  /** A fraction, 0 ≤ x < 1 (mulberry32, public domain). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  /** 0 ≤ n < below */
  whole(below: number): number {
    return Math.floor(this.next() * below);
  }

  pick<T>(items: readonly T[]): T {
    return items[this.whole(items.length)]!;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** A fresh UUIDv7. */
  newId(): string {
    const random = Uint8Array.from({ length: 16 }, () => this.whole(256));
    return v7({ msecs: Math.floor(this.now()), random });
  }
}

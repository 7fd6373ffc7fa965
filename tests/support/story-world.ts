import { v7 } from 'uuid';
import { timeOn } from '../../src/domain/day.ts';
import type { World } from '../../src/domain/world.ts';

/** 8:00 of a Sunday, the morning that stories begin on. */
export const STORY_START = timeOn('2026-11-22', '08:00');

/** A clock that runs with real time from a fixed morning, and that a story can turn. Chance is the machine's. */
export class StoryWorld implements World {
  private shift = STORY_START - Date.now();

  now(): number {
    return Date.now() + this.shift;
  }

  /** Turns the clock on, or back. */
  pass(ms: number): void {
    this.shift += ms;
  }

  random(): number {
    return Math.random();
  }

  newId(): string {
    return v7();
  }

  after(ms: number, callback: () => void): () => void {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  }
}

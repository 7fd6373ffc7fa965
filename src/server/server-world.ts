import { v7 } from 'uuid';
import type { World } from '../domain/world.ts';

/** The real clock and chance of a server. */
export const serverWorld: World = {
  now: () => Date.now(),
  random: () => Math.random(),
  newId: () => v7(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

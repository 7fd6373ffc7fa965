/** A box on the screen, px. */
export type Box = Pick<DOMRect, 'left' | 'right' | 'top' | 'bottom'>;

/** How far beside a door a tap still means it, px: with the square itself, as wide as a thumb. */
const REACH_PX = 22;

/** @returns the place of the box that a tap means: the one it hits, else the nearest within reach; undefined: none */
export function nearestTo(tap: { readonly x: number; readonly y: number }, boxes: readonly Box[]): number | undefined {
  let found: { readonly place: number; readonly far: number } | undefined;
  for (const [place, { left, right, top, bottom }] of boxes.entries()) {
    const far = Math.hypot(Math.max(left - tap.x, 0, tap.x - right), Math.max(top - tap.y, 0, tap.y - bottom));
    if (far <= REACH_PX && (found === undefined || far < found.far)) found = { place, far };
  }
  return found?.place;
}

/**
 * `inCarryingOrder` in SQL, for a household `h` and its building `b`. Units and rooms are short words that hold numbers,
 * so the shorter come first: 2 before 10.
 */
export const CARRYING_ORDER = 'b.position, length(h.unit), h.unit, h.floor desc, length(h.room), h.room, h.door';

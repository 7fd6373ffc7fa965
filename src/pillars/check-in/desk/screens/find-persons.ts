/** Somebody to be chosen, and the door. */
export interface Findable {
  readonly id: string;
  readonly name: string;
  /** `3-2-501` */
  readonly door: string;
}

/** Names offered at once: what fits above the keyboard. */
const MOST = 6;
const plain = (text: string): string => text.replace(/[\s\-–－#栋幢单元室号]/gu, '').toLowerCase();

/**
 * Finds people by door or name as somebody types: `3-2-501`, `32501`, `3栋2单元501`, `周桂英`.
 * @param chosen id of who is chosen already: stays in the list @returns nobody before anything is typed
 */
export function findPersons(all: readonly Findable[], typed: string, chosen = ''): readonly Findable[] {
  const wanted = plain(typed);
  const isMeant = ({ name, door }: Findable) =>
    wanted !== '' && (plain(door).includes(wanted) || plain(name).includes(wanted));
  const kept = all.filter((one) => one.id === chosen);
  const found = all.filter((one) => one.id !== chosen && isMeant(one));
  const exact = (one: Findable) => Number(plain(one.door) === wanted || plain(one.name) === wanted);
  const ordered = found.toSorted(
    (one, other) => exact(other) - exact(one) || one.door.localeCompare(other.door, 'zh', { numeric: true }),
  );
  return [...kept, ...ordered].slice(0, MOST);
}

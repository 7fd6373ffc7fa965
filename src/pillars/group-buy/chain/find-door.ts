import type { ChainDoor } from './entry.ts';

/** Doors offered at once: what fits above the keyboard. */
const MOST = 8;
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s\-–—栋幢座单元室号楼#]/gu, '')
    .toLowerCase();

/**
 * Finds doors as somebody types them: `3-2-501`, `32501`, `3栋2单元501`, `501`. Whole ones first.
 * @returns none before anything is typed
 */
export function findDoor<D extends ChainDoor>(doors: readonly D[], typed: string): D[] {
  const wanted = plain(typed);
  if (wanted === '') return [];
  const rank = ({ door, room }: D): number => (plain(door) === wanted ? 0 : plain(room) === wanted ? 1 : 2);
  return doors
    .filter(({ door }) => plain(door).includes(wanted))
    .map((door, place) => ({ door, place, rank: rank(door) }))
    .sort((one, other) => one.rank - other.rank || one.place - other.place)
    .slice(0, MOST)
    .map(({ door }) => door);
}

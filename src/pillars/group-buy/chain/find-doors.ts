import { indexDoors } from './door-index.ts';
import type { ChainDoor } from './entry.ts';

/** A door that a text names, from one place in it to another. */
export interface DoorFound {
  readonly from: number;
  readonly to: number;
  /** The households that it may be; of an unknown door, those that are one slip away. */
  readonly ids: readonly string[];
  /** `sure`: one household and no other. `unsure`: some part is not said. `unknown`: there is no such door. */
  readonly how: 'sure' | 'unsure' | 'unknown';
}

/** Reads doors as people of this community write them. */
export interface DoorReader {
  /** @param text plain, in capitals @returns the doors that it names, in its order; none where it names none */
  find(text: string): DoorFound[];
  /** Whether a door stands at the very beginning. */
  beginsWithDoor(text: string): boolean;
  readonly byId: ReadonlyMap<string, ChainDoor>;
}

const WORDS = '[零〇一二两三四五六七八九十百]';
const NOT_WITHIN = '(?<![0-9A-Z.^])';
const ROOM = `([0-9]{2,5}|${WORDS}{3,5})(?![0-9])`;
const AFTER_ROOM = '(?:\\s?(?:室|房|户|号(?![楼院码])))?(?:\\s?([甲乙丙丁戊己]))?';
const FLOOR = '(?:\\s?[0-9]{1,2}\\s?[楼层])?';
const AFTER_BUILDING = '\\s?(?:号楼|号院|栋|幢|座|楼|#|号|-|/|~|_)\\s?(?:第)?';

/** Doors that are one slip away and worth showing. */
const MOST_NEAR = 6;

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/gu, '\\$&');

/** @param doors all of the community */
export function readDoors(doors: readonly ChainDoor[]): DoorReader {
  const index = indexDoors(doors);

  const named = [...index.labels]
    .filter((label) => !/^(?:[0-9]{1,3}|[A-Z])$/u.test(label))
    .sort((a, b) => b.length - a.length);
  const LABEL = `(${[...named.map(escaped), '[0-9]{1,3}', '[A-Z]', `${WORDS}{1,3}`].join('|')})`;
  const UNIT = `([0-9]{1,2}|[A-Z]|${WORDS}{1,2})`;
  const full = new RegExp(
    `${NOT_WITHIN}${LABEL}${AFTER_BUILDING}${UNIT}\\s?(?:单元|单|门|-|/|~|_|#|号)${FLOOR}\\s?${ROOM}${AFTER_ROOM}`,
    'gu',
  );
  const apart = new RegExp(`^\\s*${LABEL}[ .,、]${UNIT}[ .,、]${ROOM}${AFTER_ROOM}`, 'u');
  const noUnit = new RegExp(`${NOT_WITHIN}${LABEL}${AFTER_BUILDING}${ROOM}${AFTER_ROOM}`, 'gu');
  const noBuilding = new RegExp(`${NOT_WITHIN}${UNIT}\\s?单元?\\s?${ROOM}${AFTER_ROOM}`, 'gu');
  const roomWord = new RegExp(`${NOT_WITHIN}([0-9]{2,5}|${WORDS}{3,5})\\s?(?:室|房)(?:\\s?([甲乙丙丁戊己]))?`, 'gu');
  const bare = /^\s*([0-9]{2,9})(?![0-9.^])([甲乙丙丁戊己])?(?=$|[\s,、:;()/\p{L}])/u;

  /** Those of the doors that the share names; all where it names none. Of whole doors one is sure, unless others share it. */
  function found(match: RegExpExecArray, there: readonly ChainDoor[], share: string | undefined, isWhole: boolean) {
    const meant = share === undefined ? there : there.filter((door) => door.share === share);
    const ids = (meant.length > 0 ? meant : there).map((door) => door.householdId);
    const isShareKnown = share === undefined || meant.length > 0;
    const to = match.index + match[0].length - (isShareKnown ? 0 : 1);
    const how = ids.length === 0 ? 'unknown' : ids.length === 1 && isWhole ? 'sure' : 'unsure';
    return { from: match.index + (match[0].length - match[0].trimStart().length), to, ids, how } as const;
  }

  function wholeDoor(match: RegExpExecArray): DoorFound {
    const [, label = '', unit = '', room = '', share] = match;
    const there = found(match, index.whole(label, unit, room), share, true);
    if (there.how !== 'unknown') return there;
    return {
      ...there,
      ids: index
        .near(label, unit, room)
        .slice(0, MOST_NEAR)
        .map((door) => door.householdId),
    };
  }

  function find(text: string): DoorFound[] {
    const spaced = apart.exec(text);
    if (spaced !== null && index.whole(spaced[1] ?? '', spaced[2] ?? '', spaced[3] ?? '').length > 0) {
      return [wholeDoor(spaced)];
    }
    const wholes = [...text.matchAll(full)].map(wholeDoor);
    if (wholes.length > 0) return wholes;
    for (const match of text.matchAll(noUnit)) {
      const [, label = '', room = '', share] = match;
      const there = index.ofBuilding(label, room);
      const atStart = text.slice(0, match.index).trim() === '';
      if (there.length > 0 || atStart) return [found(match, there, share, index.hasOneUnit(label))];
    }
    for (const match of text.matchAll(noBuilding)) {
      const [, unit = '', room = '', share] = match;
      return [found(match, index.ofUnit(unit, room), share, false)];
    }
    for (const match of text.matchAll(roomWord)) {
      return [found(match, index.ofDigits(match[1] ?? ''), match[2], false)];
    }
    const alone = bare.exec(text);
    if (alone === null) return [];
    const there = index.ofDigits(alone[1] ?? '');
    return there.length === 0 ? [] : [found(alone, there, alone[2], false)];
  }

  return {
    find,
    beginsWithDoor: (text) =>
      find(text).some((door) => text.slice(0, door.from).trim() === '' && door.how !== 'unknown'),
    byId: new Map(doors.map((door) => [door.householdId, door])),
  };
}

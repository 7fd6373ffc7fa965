/**
 * The same words give the same id for ever, on every machine: what an import derives its ids from, so that running it
 * twice doubles nothing. 106 bits of a plain hash: no secret, only short, opaque and free of characters that cookies,
 * scopes and addresses mind.
 * @param kind one letter that tells ids apart in a log, such as `h` for a household
 */
export function naturalId(kind: string, ...parts: readonly string[]): string {
  const text = parts.join('\u0000');
  return `${kind}-${hash53(text, 0).toString(36).padStart(11, '0')}${hash53(text, 1).toString(36).padStart(11, '0')}`;
}

/** cyrb53 (public domain): 53 bits over UTF-16 units. */
function hash53(text: string, seed: number): number {
  let a = 0xdeadbeef ^ seed;
  let b = 0x41c6ce57 ^ seed;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 2654435761);
    b = Math.imul(b ^ unit, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return 4294967296 * (2097151 & b) + (a >>> 0);
}

/** @returns the id of the community of this name on this machine */
export const communityIdOf = (name: string): string => naturalId('c', name);

/** @param label the building without its counting word: `3` for 3栋 and 3号楼 alike (see `buildingLabel`) */
export const buildingIdOf = (communityId: string, label: string): string => naturalId('b', communityId, label);

/** @param share tells unrelated tenants behind one door apart; absent where one household has the door */
export const householdIdOf = (
  communityId: string,
  label: string,
  unit: string,
  room: string,
  share?: string | null,
): string => naturalId('h', communityId, label, unit, room, ...(share ? [share] : []));

/** Two people of one name behind one door differ in their birth year. */
export const personIdOf = (householdId: string, name: string, birthYear?: number | null): string =>
  naturalId('p', householdId, name, birthYear === undefined || birthYear === null ? '' : String(birthYear));

/** @param key tells staff who live elsewhere apart, such as `gridWorker` */
export const staffIdOf = (communityId: string, key: string): string => naturalId('p', communityId, 'staff', key);

/**
 * @param ownerId the household's or the person's id: one slip each
 * @param earlier how many slips of theirs have ended: who moves in gets a code that nobody knew before
 */
export const slipIdOf = (communityId: string, ownerId: string, earlier = 0): string =>
  naturalId('s', communityId, ownerId, ...(earlier > 0 ? [String(earlier)] : []));

/** `3` for `3栋`, `3幢`, `3号楼`, `3座` and `3`: how people say it in a door. */
export function buildingLabel(name: string): string {
  return name.replace(/(号楼|栋|幢|座|楼|号)$/u, '');
}

/** `3-2-501`: how people say the door; `3-2-501甲` where unrelated tenants share it. */
export function doorOf(buildingName: string, unit: string, room: string, share?: string | null): string {
  return [buildingLabel(buildingName), unit, room].filter((part) => part !== '').join('-') + (share ?? '');
}

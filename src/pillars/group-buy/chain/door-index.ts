import { inCapitals, plainText } from './plain-text.ts';
import { isOneSlip } from './near.ts';
import { numberInWords } from './numerals.ts';
import type { ChainDoor } from './entry.ts';

/** The doors of a community, by what people write of them. Parts are as written: `三` and `03` are 3. */
export interface DoorIndex {
  /** How buildings are called, without their counting word: `3`, `A`, `玉兰苑2`. */
  readonly labels: ReadonlySet<string>;
  whole(label: string, unit: string, room: string): readonly ChainDoor[];
  /** Of whatever stairway. */
  ofBuilding(label: string, room: string): readonly ChainDoor[];
  /** Of whatever building. */
  ofUnit(unit: string, room: string): readonly ChainDoor[];
  /** By the room alone, or by all the digits of a door run together. */
  ofDigits(digits: string): readonly ChainDoor[];
  /** Whether the building has one stairway only. */
  hasOneUnit(label: string): boolean;
  /** Doors of the same stairway whose room is one slip away. */
  near(label: string, unit: string, room: string): readonly ChainDoor[];
}

/** One form of a part of a door. Most are plain numbers already. */
function canon(part: string): string {
  if (/^[1-9][0-9]*$/u.test(part)) return part;
  const said = numberInWords(part);
  return (said === undefined ? inCapitals(part) : String(said)).replace(/^0+(?=.)/u, '');
}

/** `3` of `3-2-501甲`: what stands before unit and room. */
function labelOf({ door, building, unit, room, share }: ChainDoor): string {
  const rest = `${unit === '' ? '' : `${unit}-`}${room}${share ?? ''}`;
  return door.endsWith(`-${rest}`) ? door.slice(0, -rest.length - 1) : building.replace(/(号楼|栋|幢|座|楼|号)$/u, '');
}

/** One step through the doors, however many they are. */
export function indexDoors(doors: readonly ChainDoor[]): DoorIndex {
  const byKey = new Map<string, ChainDoor[]>();
  const units = new Map<string, Set<string>>();
  const labels = new Map<string, readonly string[]>();
  const said = new Set<string>();
  const put = (key: string, door: ChainDoor) => {
    const there = byKey.get(key);
    if (there === undefined) byKey.set(key, [door]);
    else there.push(door);
  };
  /** 玉兰苑3 is also said as 3栋. */
  const sayings = (raw: string): readonly string[] => {
    const label = inCapitals(plainText(raw)).trim();
    said.add(label);
    const last = /[0-9]+$/u.exec(label)?.[0] ?? label;
    return label === last ? [canon(label)] : [canon(label), canon(last)];
  };
  for (const door of doors) {
    const raw = labelOf(door);
    let names = labels.get(raw);
    if (names === undefined) labels.set(raw, (names = sayings(raw)));
    const [unit, room] = [canon(door.unit), canon(door.room)];
    for (const name of names) {
      put(`${name}|${unit}|${room}`, door);
      put(`${name}|*|${room}`, door);
      put(`${name}|${unit}`, door);
      const stairways = units.get(name);
      if (stairways === undefined) units.set(name, new Set([`${raw}|${unit}`]));
      else stairways.add(`${raw}|${unit}`);
    }
    put(`*|${unit}|${room}`, door);
    put(`*|*|${room}`, door);
    if (unit !== '') put(`=${names.at(-1)}${unit}${room}`, door);
  }
  const of = (key: string): readonly ChainDoor[] => byKey.get(key) ?? [];
  return {
    labels: said,
    whole: (label, unit, room) => of(`${canon(label)}|${canon(unit)}|${canon(room)}`),
    ofBuilding: (label, room) => of(`${canon(label)}|*|${canon(room)}`),
    ofUnit: (unit, room) => of(`*|${canon(unit)}|${canon(room)}`),
    ofDigits(digits) {
      const rooms = of(`*|*|${canon(digits)}`);
      return rooms.length > 0 ? rooms : of(`=${digits}`);
    },
    hasOneUnit: (label) => units.get(canon(label))?.size === 1,
    near(label, unit, room) {
      const wanted = canon(room);
      return of(`${canon(label)}|${canon(unit)}`).filter((door) => isOneSlip(canon(door.room), wanted));
    },
  };
}

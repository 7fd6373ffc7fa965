/** A building of the rehearsal: how it stands, and which grid answers for it. */
export interface Shape {
  readonly name: string;
  readonly grid: string;
  readonly units: number;
  readonly floors: number;
  readonly doorsAFloor: number;
  readonly lift: boolean;
}

/** Four walk-ups of six floors and three towers of eighteen: 516 doors, one of which two households share. */
export const SHAPES: readonly Shape[] = [
  { name: '1栋', grid: '一格', units: 3, floors: 6, doorsAFloor: 2, lift: false },
  { name: '2栋', grid: '一格', units: 4, floors: 6, doorsAFloor: 2, lift: false },
  { name: '3栋', grid: '二格', units: 4, floors: 6, doorsAFloor: 2, lift: false },
  { name: '4栋', grid: '二格', units: 5, floors: 6, doorsAFloor: 2, lift: false },
  { name: '5栋', grid: '三格', units: 1, floors: 18, doorsAFloor: 4, lift: true },
  { name: '6栋', grid: '四格', units: 2, floors: 18, doorsAFloor: 3, lift: true },
  { name: '7栋', grid: '五格', units: 2, floors: 18, doorsAFloor: 4, lift: true },
];

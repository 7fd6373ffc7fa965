import type { ChainDoor, ChainGood } from '../../src/pillars/group-buy/chain/entry.ts';

/** Doors of a made-up community: 1栋 and 3栋 of several stairways, 5栋 of one, a flat shared by two, one that is empty. */
export const corpusDoors: readonly ChainDoor[] = [
  ...block('1栋', ['1', '2', '3'], 6, 2),
  ...block('3栋', ['1', '2'], 6, 2),
  ...block('5栋', ['1'], 18, 4),
  ...['甲', '乙'].map((share) => ({ ...doorAt('7栋', '2', '1203'), ...shared('7栋', '2', '1203', share) })),
  { ...doorAt('7栋', '2', '1204'), vacant: true },
  doorAt('玉兰苑2栋', '1', '201'),
  doorAt('A栋', '1', '302'),
];

function block(building: string, units: readonly string[], floors: number, doorsAFloor: number): ChainDoor[] {
  return units.flatMap((unit) =>
    Array.from({ length: floors * doorsAFloor }, (_, i) =>
      doorAt(building, unit, `${Math.floor(i / doorsAFloor) + 1}0${(i % doorsAFloor) + 1}`),
    ),
  );
}

function doorAt(building: string, unit: string, room: string): ChainDoor {
  const door = `${building.replace('栋', '')}-${unit}-${room}`;
  return { householdId: door, door, building, unit, room };
}

function shared(building: string, unit: string, room: string, share: string): Partial<ChainDoor> {
  const door = `${building.replace('栋', '')}-${unit}-${room}${share}`;
  return { householdId: door, door, share };
}

const good = (position: number, name: string, unit: string, perHousehold = 5): ChainGood => ({
  id: name,
  name,
  unit,
  perHousehold,
  position,
});

/** Goods of a round. */
export const corpusGoods: readonly ChainGood[] = [
  good(0, '白菜', '棵'),
  good(1, '土豆', '斤', 10),
  good(2, '鲜鸡蛋', '板'),
  good(3, '草鸡蛋', '盒'),
  good(4, '东北大米', '袋', 2),
  good(5, '三黄鸡', '只'),
  good(6, '猪五花肉', '份'),
  good(7, '鲫鱼(杀好)', '份'),
  good(8, '84消毒液', '桶'),
  good(9, '叶菜组合', '份'),
  good(10, '纯牛奶', '箱'),
  good(11, '青椒', '份'),
];

/** A round of packs whose names end in letters. */
export const corpusPacks: readonly ChainGood[] = [
  good(0, '蔬菜套餐A', '份'),
  good(1, '蔬菜套餐B', '份'),
  good(2, '鲜鸡蛋', '板'),
];

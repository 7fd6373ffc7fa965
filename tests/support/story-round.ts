import { MINUTE_MS } from '../../src/domain/day.ts';
import type { GroupBuy, Item, Order } from '../../src/pillars/group-buy/schema.ts';
import type { HttpDevice } from './http-device.ts';
import type { Town } from './town.ts';

/** The round of the stories: little rice, many eggs. */
export const round = '019f0000-0000-7000-8000-000000000001';
export const rice = '019f0000-0000-7000-8000-0000000000a1';
export const eggs = '019f0000-0000-7000-8000-0000000000a2';

/** A round that has been open for a minute and is for an hour: 3 bags of rice at 45 yuan, 40 trays of eggs at 38; 3 a household. */
export function roundArgs(town: Town) {
  const goods = { contents: '', perHousehold: 3 };
  return {
    id: round,
    title: '蔬菜第 7 团',
    opensAt: town.world.now() - MINUTE_MS,
    closesAt: town.world.now() + 60 * MINUTE_MS,
    minimumPortions: 5,
    items: [
      { ...goods, id: rice, name: '东北大米', unit: '袋', weightJin: 10, priceFen: 4_500, stock: 3 },
      { ...goods, id: eggs, name: '鲜鸡蛋', unit: '板', pieces: 30, priceFen: 3_800, stock: 40 },
    ],
  };
}

export const of = (...lines: [string, number][]) =>
  lines.map(([itemId, quantity]) => ({ itemId, quantity, ifShort: 'drop' as const }));

export const orders = (device: HttpDevice, householdId: string, lines: object[], more: object = {}) =>
  device.act('groupBuy.placeOrder', { groupBuyId: round, householdId, lines, ...more });

export const cancels = (device: HttpDevice, householdId: string, more: object = {}) =>
  device.act('groupBuy.cancelOrder', { groupBuyId: round, householdId, ...more });

/** What of the round is sold, as the desk's phone has it. */
export async function soldBy(
  desk: HttpDevice,
): Promise<{ rice: number; eggs: number; households: number; portions: number }> {
  await desk.pull();
  const items = new Map(desk.held<Item>('item').map((one) => [one.id, one.sold]));
  const one = desk.held<GroupBuy>('groupBuy').find(({ id }) => id === round);
  return { rice: items.get(rice)!, eggs: items.get(eggs)!, households: one!.households, portions: one!.portions };
}

/** The order that the device holds: of its household, in the one round of which it holds one. */
export async function orderOf(device: HttpDevice): Promise<Order> {
  await device.pull();
  return device.held<Order>('order')[0]!;
}

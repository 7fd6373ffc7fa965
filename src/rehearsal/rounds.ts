import { addDays, dayOf, timeOn } from '../domain/day.ts';
import { naturalId } from '../people/natural-id.ts';
import type { OpenArgs, PlaceOrderArgs } from '../pillars/group-buy/args.ts';
import { phoneOf, phoneOfDuty } from './act.ts';
import type { Act } from './act.ts';
import { chanceOf } from './chance.ts';
import { GOODS } from './goods.ts';
import type { Home, Town } from './town.ts';

interface RoundPlan {
  readonly key: string;
  readonly title: string;
  readonly place: string;
  readonly households: number;
  /** Portions that are missing until the round comes about. */
  readonly short: number;
  /** By name: portions left when the orders of the rehearsal are in, and how many a household may have. */
  readonly goods: readonly (readonly [name: string, left: number, perHousehold: number])[];
}

const PLANS: readonly RoundPlan[] = [
  {
    key: 'vegetables',
    title: '蔬菜第 7 团',
    place: '截止后第二天 16:00 前送到门口',
    households: 43,
    short: 7,
    goods: [
      ['蔬菜套餐A', 12, 3],
      ['蔬菜套餐B', 9, 3],
      ['叶菜组合', 20, 3],
      ['耐放根茎组合', 15, 3],
      ['鲜鸡蛋', 31, 2],
      ['草鸡蛋', 0, 2],
      ['猪五花肉', 8, 2],
      ['猪里脊', 14, 2],
      ['三黄鸡', 1, 2],
      ['鲫鱼(杀好)', 5, 2],
      ['老豆腐', 22, 4],
      ['苹果', 6, 2],
    ],
  },
  {
    key: 'staples',
    title: '米面油和日用第 3 团',
    place: '到货后按单元送到家门口',
    households: 28,
    short: 0,
    goods: [
      ['东北大米', 2, 2],
      ['面粉', 26, 3],
      ['挂面', 30, 3],
      ['菜籽油', 17, 2],
      ['纯牛奶', 24, 2],
      ['低糖酸奶', 18, 3],
      ['砂糖橘', 11, 2],
      ['香蕉', 9, 2],
      ['食盐', 40, 2],
      ['酱油', 25, 2],
      ['卫生纸', 33, 2],
      ['84消毒液', 16, 1],
      ['一次性口罩', 50, 3],
    ],
  },
];

const IF_SHORT = ['drop', 'similar', 'ask'] as const;

/** The open rounds, and the orders that are in. Stock is what was ordered and what the plan leaves. */
export function roundActs(town: Town, seed: number, now: number): { open: Act[]; orders: Act[] } {
  const organiser = phoneOfDuty(town, 'organiser');
  const made = PLANS.map((plan, number) => {
    const chance = chanceOf(seed, `round ${plan.key}`);
    const { opensAt, closesAt } = termOf(number, now);
    const groupBuyId = naturalId('r', town.communityId, 'round', plan.key);
    const itemId = (name: string) => naturalId('r', groupBuyId, name);
    const sold = new Map<string, number>();
    const buyers = chance.shuffle(town.homes.filter((home) => home.residents.length > 0 && !tries(home)));
    const orders = buyers.slice(0, plan.households).map((home, at): Act => {
      const lines = chance
        .shuffle(plan.goods)
        .slice(0, chance.between(1, 4))
        .map(([name, , perHousehold]) => {
          const quantity = Math.min(perHousehold, chance.pick([1, 1, 1, 2]));
          sold.set(name, (sold.get(name) ?? 0) + quantity);
          return { itemId: itemId(name), quantity, ifShort: chance.pick(IF_SHORT) };
        });
      const args: PlaceOrderArgs = { groupBuyId, householdId: home.id, lines };
      const id = naturalId('r', groupBuyId, 'order', home.id);
      const happenedAt = Math.floor(opensAt + ((now - opensAt) * (at + 1)) / (plan.households + 2));
      return {
        as: phoneOf(town, home, home.residents[0]),
        order: { id, name: 'groupBuy.placeOrder', args, happenedAt },
      };
    });
    const portions = [...sold.values()].reduce((sum, one) => sum + one, 0);
    const open: OpenArgs = {
      id: groupBuyId,
      title: plan.title,
      place: plan.place,
      opensAt,
      closesAt,
      ...(plan.short > 0 && { minimumPortions: portions + plan.short }),
      items: plan.goods.map(([name, left, perHousehold]) => {
        const { unit, contents, pieces, weightJin, priceFen } = goodNamed(name);
        const stock = (sold.get(name) ?? 0) + left;
        return { id: itemId(name), name, unit, contents, pieces, weightJin, priceFen, stock, perHousehold };
      }),
    };
    const id = naturalId('r', groupBuyId, 'open');
    const opened: Act = { as: organiser, order: { id, name: 'groupBuy.open', args: open, happenedAt: opensAt } };
    return { opened, orders };
  });
  return { open: made.map((one) => one.opened), orders: made.flatMap((one) => one.orders) };
}

/** The vegetables close at eight tonight (tomorrow, if it is evening already), the staples in three days. */
function termOf(number: number, now: number): { opensAt: number; closesAt: number } {
  const today = dayOf(now);
  if (number > 0) return { opensAt: timeOn(addDays(today, -5), '08:20'), closesAt: timeOn(addDays(today, 3), '20:00') };
  const evening = now >= timeOn(today, '18:00');
  return { opensAt: timeOn(addDays(today, -1), '16:20'), closesAt: timeOn(addDays(today, evening ? 1 : 0), '20:00') };
}

/** Whether somebody tries things out from this door: its orders are theirs to place. */
function tries(home: Home): boolean {
  return home.cast?.key !== undefined;
}

function goodNamed(name: string): (typeof GOODS)[number] {
  const good = GOODS.find((one) => one.name === name);
  if (!good) throw new Error(`no such good: ${name}`);
  return good;
}

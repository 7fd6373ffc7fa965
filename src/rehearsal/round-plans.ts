import type { Fen } from '../domain/money.ts';
import type { ItemArgs } from '../pillars/group-buy/args.ts';
import type { RoundState } from '../pillars/group-buy/schema.ts';

/** What a round offers of something, besides what the goods themselves are. */
export interface PlannedGood extends Partial<
  Pick<ItemArgs, 'priceFen' | 'perJinFen' | 'sensitive' | 'origin' | 'caseSize'>
> {
  readonly name: string;
  /** Portions left when the orders of the rehearsal are in. */
  readonly left: number;
  readonly perHousehold: number;
}

/** A round of the rehearsal: what it offers, and how far it has come. */
export interface RoundPlan {
  readonly key: string;
  readonly title: string;
  readonly place: string;
  readonly state: RoundState;
  readonly households: number;
  /** Portions that are missing until the round comes about; without, it needs none. */
  readonly short?: number;
  readonly payment?: 'before' | 'onDelivery';
  readonly eldersFirst?: boolean;
  readonly supplier?: string;
  /** Whether one chooses when it comes, or fetches it. */
  readonly hasSlots?: boolean;
  /** Doors begin like this: where its bags go, so that a stairway has more than one of them. */
  readonly stairways?: readonly string[];
  readonly goods: readonly PlannedGood[];
}

const of = (name: string, left: number, perHousehold: number, more: Partial<PlannedGood> = {}): PlannedGood => ({
  name,
  left,
  perHousehold,
  ...more,
});
const farm = '城郊蔬菜合作社';
const fresh = '崇明';
const then = (priceFen: Fen) => ({ priceFen });

/** The rounds that take orders now. */
const OPEN: readonly RoundPlan[] = [
  {
    key: 'vegetables',
    title: '蔬菜第 7 团',
    place: '截止后第二天 16:00 前送到门口',
    state: 'open',
    households: 43,
    short: 7,
    eldersFirst: true,
    supplier: farm,
    goods: [
      of('蔬菜套餐A', 12, 3, { origin: fresh, caseSize: 10 }),
      of('蔬菜套餐B', 9, 3, { origin: fresh, caseSize: 10 }),
      of('叶菜组合', 20, 3, { origin: fresh }),
      of('耐放根茎组合', 15, 3),
      of('鲜鸡蛋', 31, 2, { caseSize: 12 }),
      of('草鸡蛋', 0, 2),
      of('猪五花肉', 8, 2),
      of('猪里脊', 14, 2),
      of('三黄鸡', 1, 2),
      of('鲫鱼(杀好)', 5, 2, { perJinFen: 1625 }),
      of('老豆腐', 22, 4),
      of('苹果', 6, 2),
    ],
  },
  {
    key: 'staples',
    title: '米面油和日用第 3 团',
    place: '到货后按单元送到家门口',
    state: 'open',
    households: 28,
    payment: 'before',
    supplier: '惠民粮油',
    hasSlots: true,
    goods: [
      of('东北大米', 2, 2, { origin: '五常' }),
      of('面粉', 26, 3),
      of('挂面', 30, 3),
      of('菜籽油', 17, 2, { caseSize: 4 }),
      of('纯牛奶', 24, 2),
      of('低糖酸奶', 18, 3),
      of('砂糖橘', 11, 2),
      of('香蕉', 9, 2),
      of('食盐', 40, 2),
      of('酱油', 25, 2),
      of('卫生纸', 33, 2),
      of('84消毒液', 16, 1, { sensitive: true }),
      of('一次性口罩', 50, 3),
    ],
  },
];

/** Those that are past their cut-off, or have not begun. */
const OTHERS: readonly RoundPlan[] = [
  {
    key: 'fruit',
    title: '水果第 2 团',
    place: '到货当天 17:00 后送到门口',
    state: 'draft',
    households: 0,
    goods: [of('苹果', 40, 2), of('砂糖橘', 40, 3), of('香蕉', 40, 3)],
  },
  {
    key: 'tofu',
    title: '豆制品第 4 团',
    place: '明天 10:00 前送到门口',
    state: 'closed',
    households: 14,
    goods: [of('老豆腐', 16, 4, { caseSize: 20 }), of('低糖酸奶', 8, 3)],
  },
  {
    key: 'milk',
    title: '牛奶第 5 团',
    place: '到货后按单元送到家门口',
    state: 'ordered',
    households: 16,
    payment: 'before',
    supplier: '城东乳品站',
    goods: [of('纯牛奶', 4, 3), of('低糖酸奶', 10, 3)],
  },
  {
    key: 'meat',
    title: '肉禽蛋第 4 团',
    place: '到货当天送到门口',
    state: 'arrived',
    households: 24,
    eldersFirst: true,
    goods: [
      of('猪五花肉', 3, 2, { perJinFen: 1800 }),
      of('猪里脊', 5, 2),
      of('三黄鸡', 4, 2),
      of('鲜鸡蛋', 6, 2),
      of('草鸡蛋', 2, 2),
    ],
  },
  {
    key: 'vegetables-6',
    title: '蔬菜第 6 团',
    place: '到货当天送到门口',
    state: 'handingOut',
    households: 40,
    eldersFirst: true,
    supplier: farm,
    hasSlots: true,
    stairways: ['3-2', '3-1', '2-3', '4-3', '5-1'],
    goods: [
      of('蔬菜套餐A', 6, 3, then(4180)),
      of('蔬菜套餐B', 4, 3),
      of('叶菜组合', 7, 3, then(2300)),
      of('耐放根茎组合', 9, 3),
      of('鲜鸡蛋', 12, 2, then(3990)),
      of('老豆腐', 5, 4),
    ],
  },
  {
    key: 'vegetables-5',
    title: '蔬菜第 5 团',
    place: '到货当天送到门口',
    state: 'settled',
    households: 26,
    payment: 'before',
    supplier: farm,
    goods: [
      of('蔬菜套餐A', 3, 3, then(4380)),
      of('蔬菜套餐B', 5, 3, then(5100)),
      of('叶菜组合', 4, 3),
      of('鲜鸡蛋', 8, 2, then(3990)),
      of('鲫鱼(杀好)', 6, 2),
      of('苹果', 2, 2),
    ],
  },
  {
    key: 'staples-2',
    title: '米面油和日用第 2 团',
    place: '到货后按单元送到家门口',
    state: 'cancelled',
    households: 12,
    short: 9,
    payment: 'before',
    supplier: '惠民粮油',
    goods: [of('东北大米', 20, 2), of('面粉', 26, 3), of('菜籽油', 17, 3, then(7900)), of('食盐', 40, 2)],
  },
];

/** Every state of a round's life once, and two that one can order from. */
export const PLANS: readonly RoundPlan[] = [...OPEN, ...OTHERS];

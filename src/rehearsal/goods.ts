import type { Fen } from '../domain/money.ts';

/** What a round offers. Prices are those of a usual order of size. */
export interface Good {
  readonly name: string;
  readonly contents: string;
  /** What one portion is counted in. */
  readonly unit: string;
  readonly pieces: number;
  readonly weightJin: number;
  readonly priceFen: Fen;
  readonly kind: string;
}

const good = (
  name: string,
  contents: string,
  unit: string,
  pieces: number,
  weightJin: number,
  priceFen: Fen,
  kind: string,
): Good => ({ name, contents, unit, pieces, weightJin, priceFen, kind });

export const GOODS: readonly Good[] = [
  good('蔬菜套餐A', '大白菜1棵 土豆2斤 胡萝卜1斤 青椒0.5斤 小葱1把', '份', 5, 9.5, 3980, '蔬菜'),
  good('蔬菜套餐B', '青菜2斤 西红柿2斤 黄瓜2斤 西兰花1个 香菇0.5斤', '份', 5, 8, 4900, '蔬菜'),
  good('叶菜组合', '鸡毛菜1斤 菠菜1斤 生菜1斤 油麦菜1斤', '份', 4, 4, 2500, '蔬菜'),
  good('耐放根茎组合', '土豆3斤 洋葱2斤 胡萝卜2斤 白萝卜3斤', '份', 4, 10, 3200, '蔬菜'),
  good('鲜鸡蛋', '一板30枚', '板', 30, 3.6, 3800, '蛋'),
  good('草鸡蛋', '一盒20枚', '盒', 20, 2, 3200, '蛋'),
  good('东北大米', '一袋10斤', '袋', 1, 10, 4500, '粮油'),
  good('面粉', '一袋5斤', '袋', 1, 5, 1800, '粮油'),
  good('挂面', '五把', '份', 5, 5, 1990, '粮油'),
  good('菜籽油', '一桶5升', '桶', 1, 9.2, 7900, '粮油'),
  good('猪五花肉', '一份2斤', '份', 1, 2, 3600, '肉'),
  good('猪里脊', '一份1斤', '份', 1, 1, 2200, '肉'),
  good('三黄鸡', '一只约2.4斤', '只', 1, 2.4, 3800, '肉'),
  good('鲫鱼(杀好)', '两条约1.6斤', '份', 2, 1.6, 2600, '水产'),
  good('纯牛奶', '一箱12盒', '箱', 12, 6, 4990, '奶'),
  good('低糖酸奶', '一组8杯', '组', 8, 1.6, 2200, '奶'),
  good('老豆腐', '两块', '份', 2, 1.6, 800, '豆制品'),
  good('苹果', '一箱10斤', '箱', 1, 10, 5500, '水果'),
  good('砂糖橘', '一袋5斤', '袋', 1, 5, 2990, '水果'),
  good('香蕉', '一把约3斤', '把', 1, 3, 1500, '水果'),
  good('食盐', '五包', '份', 5, 4, 1250, '调味'),
  good('酱油', '一瓶1.28升', '瓶', 1, 2.6, 1490, '调味'),
  good('卫生纸', '一提12卷', '提', 12, 3, 2990, '日用'),
  good('84消毒液', '一桶5斤', '桶', 1, 5, 1800, '日用'),
  good('一次性口罩', '一盒50只', '盒', 50, 0.5, 1500, '日用'),
];

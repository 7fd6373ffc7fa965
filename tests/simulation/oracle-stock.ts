import type { Row } from '../../src/domain/entity.ts';
import type { Violation } from './book.ts';
import type { Rows } from './memory-tx.ts';
import { violations } from './oracle-rows.ts';

interface Round extends Row {
  readonly households: number;
  readonly portions: number;
}
interface Goods extends Row {
  readonly groupBuyId: string;
  readonly stock: number;
  readonly sold: number;
}
interface Order extends Row {
  readonly groupBuyId: string;
  readonly householdId: string;
  readonly state: string;
  readonly totalFen: number;
  readonly lines: readonly Line[];
}
interface Line {
  readonly itemId: string;
  readonly quantity: number;
  readonly priceFen: number;
  readonly got?: number;
  readonly weighed?: { readonly fen: number };
  readonly similar?: { readonly quantity: number; readonly priceFen: number };
  readonly allowanceFen?: number;
}

/**
 * Law `stock`: of each item as much is sold as stands in orders, never more than there is; each round counts its
 * households and portions right; each order names goods of its round, once, and costs what its lines cost. Reckoned from
 * the rows alone.
 */
export function stockAdds(rows: Rows): Violation[] {
  const goods = allOf<Goods>(rows, 'item');
  const orders = allOf<Order>(rows, 'order');
  const standing = orders.filter((order) => order.state === 'placed');
  return violations('stock', [
    ...goods.flatMap((one) => wrongGoods(one, standing)),
    ...allOf<Round>(rows, 'groupBuy').flatMap((round) => wrongRound(round, standing)),
    ...orders.flatMap((order) => wrongOrder(order, goods)),
  ]);
}

function wrongGoods(one: Goods, standing: readonly Order[]): string[] {
  const lines = standing.flatMap((order) => order.lines.filter((line) => line.itemId === one.id));
  const ordered = lines.reduce((sum, line) => sum + line.quantity, 0);
  const wrong: string[] = [];
  if (one.sold !== ordered) wrong.push(`item ${one.id}: ${one.sold} sold, but ${ordered} stand in orders`);
  if (one.sold < 0) wrong.push(`item ${one.id}: ${one.sold} sold, less than none`);
  if (Math.max(one.sold, ordered) > one.stock)
    wrong.push(`item ${one.id}: ${one.sold} sold and ${ordered} ordered of a stock of ${one.stock}`);
  return wrong;
}

function wrongRound(round: Round, standing: readonly Order[]): string[] {
  const orders = standing.filter((order) => order.groupBuyId === round.id);
  const households = new Set(orders.map((order) => order.householdId)).size;
  const portions = orders.flatMap((order) => order.lines).reduce((sum, line) => sum + line.quantity, 0);
  const wrong: string[] = [];
  if (households !== orders.length) wrong.push(`round ${round.id}: a household has more than one order`);
  if (round.households !== orders.length)
    wrong.push(`round ${round.id}: counts ${round.households} households, but ${orders.length} have ordered`);
  if (round.portions !== portions)
    wrong.push(`round ${round.id}: counts ${round.portions} portions, but ${portions} are ordered`);
  return wrong;
}

function wrongOrder(order: Order, goods: readonly Goods[]): string[] {
  const wrong: string[] = [];
  const itemIds = order.lines.map((line) => line.itemId);
  if (new Set(itemIds).size !== itemIds.length) wrong.push(`order ${order.id}: names an item twice`);
  for (const line of order.lines) {
    const one = goods.find((each) => each.id === line.itemId);
    if (one?.groupBuyId !== order.groupBuyId) wrong.push(`order ${order.id}: item ${line.itemId} is not of its round`);
    if (line.got !== undefined && !(line.got >= 0 && line.got < line.quantity))
      wrong.push(`order ${order.id}: got ${line.got} of ${line.quantity} of item ${line.itemId}`);
    if (!(line.quantity > 0)) wrong.push(`order ${order.id}: ${line.quantity} of item ${line.itemId}`);
  }
  const total = order.state === 'placed' ? order.lines.reduce((sum, line) => sum + worthOf(line), 0) : 0;
  if (order.totalFen !== total) wrong.push(`order ${order.id}: says ${order.totalFen} fen, its lines cost ${total}`);
  return wrong;
}

/** What a line costs: by the scales, or for what came; with what was given in its place; less what was given back. */
function worthOf({ quantity, got = quantity, priceFen, weighed, similar, allowanceFen = 0 }: Line): number {
  const instead = similar === undefined ? 0 : similar.quantity * similar.priceFen;
  return (weighed === undefined ? got * priceFen : weighed.fen) + instead - allowanceFen;
}

function allOf<R extends Row>(rows: Rows, entity: string): readonly R[] {
  return [...(rows.get(entity)?.values() ?? [])] as unknown as R[];
}

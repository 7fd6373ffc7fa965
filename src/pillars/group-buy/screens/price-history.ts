import { goodsKey } from './goods-key.ts';
import type { Fen } from '../../../domain/money.ts';
import type { GroupBuy, Item } from '../schema.ts';

/** What the same goods cost the last time that they were offered. */
export interface PriceBefore {
  /** A portion; a jin where `byJin`. */
  readonly fen: Fen;
  /** Both times priced by weight: a jin is compared with a jin. */
  readonly byJin: boolean;
  /** How much cheaper it is now; below 0: dearer. Absent where a portion then was not a portion of now. */
  readonly lessFen?: Fen;
}

/** Goods of rounds that were really on, by what they are told by; the round that opened last in front. */
export type PriceHistory = ReadonlyMap<string, readonly { readonly item: Item; readonly round: GroupBuy }[]>;

/** @param rounds and @param items all that the phone holds. A draft and a round that did not come about tell no price */
export function priceHistory(rounds: readonly GroupBuy[], items: readonly Item[]): PriceHistory {
  const told = new Map(
    rounds.filter((one) => one.state !== 'draft' && one.state !== 'cancelled').map((one) => [one.id, one]),
  );
  const history = new Map<string, { item: Item; round: GroupBuy }[]>();
  for (const item of items) {
    const round = told.get(item.groupBuyId);
    if (round === undefined) continue;
    const key = goodsKey(item);
    history.set(key, [...(history.get(key) ?? []), { item, round }]);
  }
  for (const times of history.values()) times.sort((one, other) => other.round.opensAt - one.round.opensAt);
  return history;
}

/** What the goods of `item` cost in the last round that opened before its own; undefined where they are new. */
export function priceBefore(history: PriceHistory, item: Item, round: GroupBuy): PriceBefore | undefined {
  const before = history.get(goodsKey(item))?.find((time) => time.round.opensAt < round.opensAt)?.item;
  if (before === undefined) return undefined;
  if (before.perJinFen !== undefined && item.perJinFen !== undefined) {
    return { fen: before.perJinFen, byJin: true, lessFen: before.perJinFen - item.perJinFen };
  }
  const alike =
    before.weightJin === item.weightJin && before.pieces === item.pieces && before.perJinFen === item.perJinFen;
  return { fen: before.priceFen, byJin: false, ...(alike && { lessFen: before.priceFen - item.priceFen }) };
}

import type { OrderLine, ShareWhy } from '../schema.ts';
import type { Share } from './share-out.ts';

/** How an item that came short was shared out. */
export interface ItemShares {
  readonly arrived: number;
  readonly ordered: number;
  readonly households: number;
  readonly byHousehold: ReadonlyMap<string, Share>;
}

/**
 * A household's lines with what it gets of each. A line that is whole carries no `got`. What was given in place of missing
 * portions stays where it still fits; what the scales said of other portions does not.
 * @param shares of the items that came short
 */
export function sharedLines(
  lines: readonly OrderLine[],
  shares: ReadonlyMap<string, ItemShares>,
  householdId: string,
): OrderLine[] {
  return lines.map((line) => {
    const item = shares.get(line.itemId);
    const share = item?.byHousehold.get(householdId);
    const got = Math.min(share?.got ?? line.quantity, line.quantity);
    const isSame = got === (line.got ?? line.quantity);
    if (item === undefined || share === undefined || got === line.quantity) return whole(line, isSame);
    const { arrived, ordered, households } = item;
    const why: ShareWhy = { arrived, ordered, households, place: share.place, first: share.first };
    return { ...whole(line, isSame), got, short: why, ...similarThatFits(line, got) };
  });
}

/** The line without what an earlier sharing out said of it. */
function whole(line: OrderLine, isSame: boolean): OrderLine {
  const { got: _got, short: _short, similar: _similar, weighed, ...rest } = line;
  return isSame && weighed !== undefined ? { ...rest, weighed } : rest;
}

/** What is missing of the line, in fen: what is given in its place may not cost more. */
export function missingFen({ quantity, got, priceFen }: Pick<OrderLine, 'quantity' | 'got' | 'priceFen'>): number {
  return (quantity - (got ?? quantity)) * priceFen;
}

function similarThatFits(line: OrderLine, got: number): Partial<OrderLine> {
  const { similar } = line;
  if (similar === undefined) return {};
  return similar.quantity * similar.priceFen <= missingFen({ ...line, got }) ? { similar } : {};
}

import { JIN_GRAMS, weighedFen } from '../rules.ts';
import type { Fen } from '../../../../domain/money.ts';
import type { WeighingLine } from '../weighing-view.ts';

/** What the scales count in. */
export type WeighUnit = 'jin' | 'grams';

/** The most that one line can weigh: 5 t, as the mutation has it. */
const MAX_GRAMS = 5_000_000;

/**
 * Reads a weight as it is typed off the scales: `5.3`, `5.3斤`, full-width digits allowed. Exact: by digits.
 * @returns grams, at least one; undefined where it is not a weight
 */
export function gramsOf(text: string, unit: WeighUnit): number | undefined {
  const match = /^(\d{1,7})(?:[.。](\d{1,3}))?(?:斤|克|g)?$/iu.exec(text.normalize('NFKC').replace(/\s/g, ''));
  if (match === null) return undefined;
  const thousandths = Number(match[1]) * 1000 + Number((match[2] ?? '').padEnd(3, '0'));
  const grams = Math.round((thousandths * (unit === 'jin' ? JIN_GRAMS : 1)) / 1000);
  return grams >= 1 && grams <= MAX_GRAMS ? grams : undefined;
}

/** A weight as the scales show it: `5.3` jin, `2650` grams. */
export function weightText(grams: number, unit: WeighUnit): string {
  return String(unit === 'jin' ? grams / JIN_GRAMS : grams);
}

/** What a door's line costs: as typed, else as the scales said before, else as it was estimated. */
export function lineCost(
  line: Pick<WeighingLine, 'portions' | 'priceFen' | 'weighed'>,
  grams: number | undefined,
  perJinFen: Fen,
): { readonly fen: Fen; readonly isEstimate: boolean } {
  if (grams !== undefined) return { fen: weighedFen(perJinFen, grams), isEstimate: false };
  if (line.weighed !== undefined) return { fen: line.weighed.fen, isEstimate: false };
  return { fen: line.portions * line.priceFen, isEstimate: true };
}

/**
 * Whether a weight is far from what a line was reckoned to weigh, by its cost: twice as much, or less than half. It may be
 * right, but a forgotten point (205 for 2.05) looks like this.
 */
export function isFarOff(
  line: Pick<WeighingLine, 'portions' | 'priceFen'>,
  grams: number | undefined,
  perJinFen: Fen,
): boolean {
  if (grams === undefined) return false;
  const [is, was] = [weighedFen(perJinFen, grams), line.portions * line.priceFen];
  return is > 2 * was || 2 * is < was;
}

import type { Fen } from '../../../domain/money.ts';

/** @param typed yuan as people write them: `23.6`, `23.60元`, `¥23` @returns fen, or undefined where it is no amount */
export function fenOf(typed: string): Fen | undefined {
  const match = /^[¥￥]?\s*(\d{1,6})(?:[.．。](\d{1,2}))?\s*元?$/.exec(typed.trim());
  if (!match?.[1]) return undefined;
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
}

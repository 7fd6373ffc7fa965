/** Money is an integer number of fen (1 yuan = 100 fen) everywhere; yuan exist on screen only. */
export type Fen = number;

/** @returns `39.80` for 3980: yuan with two digits, without unit */
export function yuan(fen: Fen): string {
  const sign = fen < 0 ? '-' : '';
  const whole = Math.abs(fen);
  return `${sign}${Math.floor(whole / 100)}.${String(whole % 100).padStart(2, '0')}`;
}

/** What an entry asks for, where everything is settled. */
export interface Wanted {
  readonly householdId: string;
  readonly lines: readonly { readonly itemId: string; readonly quantity: number }[];
  readonly note?: string;
}

/**
 * Names what a household asks for in a pasted list: the same door, goods, portions and remark give the same key, in
 * whatever order and form they were written. The server takes a key once for an order.
 */
export function chainKeyOf({ householdId, lines, note }: Wanted): string {
  const goods = lines.map(({ itemId, quantity }) => `${itemId}*${quantity}`).sort();
  return `chain-${hashOf([householdId, ...goods, (note ?? '').trim()].join('\n'))}`;
}

/** Tells an entry of a text from the others: by what is written there, and how often the same was written before it. */
export function entryKeys(entries: readonly { readonly text: string }[]): string[] {
  const times = new Map<string, number>();
  return entries.map(({ text }) => {
    const time = (times.get(text) ?? 0) + 1;
    times.set(text, time);
    return `${hashOf(text)}-${time}`;
  });
}

/** 106 bits, as hexadecimal digits: two runs of cyrb53 (a public-domain hash of 53 bits) from different seeds. */
export function hashOf(text: string): string {
  return [0x2f6b3c1d, 0x51ed270b].map((seed) => cyrb53(text, seed).toString(16).padStart(14, '0')).join('');
}

function cyrb53(text: string, seed: number): number {
  let one = 0xdeadbeef ^ seed;
  let other = 0x41c6ce57 ^ seed;
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    one = Math.imul(one ^ sign, 2654435761);
    other = Math.imul(other ^ sign, 1597334677);
  }
  one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(other ^ (other >>> 13), 3266489909);
  other = Math.imul(other ^ (other >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909);
  return 4294967296 * (2097151 & other) + (one >>> 0);
}

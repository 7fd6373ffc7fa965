import { pinyin } from 'pinyin-pro';

/** Syllables of a text in capitals, one for each sign. The dictionary weighs 140 kB packed: load this file late. */
export function syllables(text: string): readonly string[] {
  return pinyin(text, { toneType: 'none', type: 'array' }).map((one) => one.toUpperCase());
}

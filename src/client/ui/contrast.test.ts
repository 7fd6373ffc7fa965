import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

type Colours = Record<string, string>;

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

function coloursAfter(marker: string): Colours {
  const from = css.indexOf(marker);
  if (from < 0) throw new Error(`tokens.css has no "${marker}"`);
  const block = css.slice(css.indexOf('{', from), css.indexOf('}', from));
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map((match) => [match[1]!, match[2]!]),
  );
}

const light = coloursAfter(':root {');
const elder = { ...light, ...coloursAfter("html[data-mode='elder'] {") };
const dark = { ...light, ...coloursAfter(":root,\n  html[data-mode='elder'] {") };

/** Words on ground, as the kit and the screens put them together. */
const pairs: readonly (readonly [string, string])[] = [
  ...['ink', 'ink-2', 'leaf', 'amber', 'brick', 'sky', 'plum'].flatMap((word) => [
    [word, 'paper'] as const,
    [word, 'card'] as const,
  ]),
  ...['leaf', 'amber', 'brick', 'sky', 'plum'].flatMap((tone) => [
    [tone, `${tone}-soft`] as const,
    ['ink', `${tone}-soft`] as const,
    ['ink-2', `${tone}-soft`] as const,
  ]),
  ['ink', 'fill'],
  ['ink-2', 'fill'],
  ['on-leaf', 'leaf'],
  ['on-brick', 'brick'],
  ['on-plum', 'plum'],
];

describe.each([
  ['standard, light', light, 4.5],
  ['standard, dark', dark, 4.5],
  ['长辈版, light', elder, 7],
  ['长辈版, dark', dark, 7],
])('%s', (_name, colours, least) => {
  it.each(pairs)(`%s can be read on %s`, (word, ground) => {
    expect(contrast(colours[word]!, colours[ground]!)).toBeGreaterThanOrEqual(least);
  });

  it.each([
    ['edge', 'card'],
    ['edge', 'paper'],
    ['leaf', 'card'],
    ['sky', 'paper'],
  ])('the outline %s stands out from %s', (line, ground) => {
    expect(contrast(colours[line]!, colours[ground]!)).toBeGreaterThanOrEqual(3);
  });
});

it('takes the pure pairs for what they are', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
});

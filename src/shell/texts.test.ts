import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { addTexts, textOf } from '../client/i18n/i18n.ts';
import type { Texts } from '../client/i18n/i18n.ts';
import { clientTexts } from '../client/i18n/texts.ts';
import { allTexts, gatherTexts } from './messages.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    // The server and its rehearsal say nothing by key: `errands.${step}` there is a mutation's name.
    if (entry.isDirectory()) return ['server', 'rehearsal'].includes(entry.name) ? [] : filesBelow(path);
    return /\.(ts|vue)$/.test(entry.name) && !/\.test\.ts$|texts\.ts$/.test(entry.name) ? [path] : [];
  });
}

function entriesOf(texts: Texts, before = ''): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([key, value]) =>
      typeof value === 'string' ? [[before + key, value]] : Object.entries(entriesOf(value, `${before}${key}.`)),
    ),
  );
}

const sets: readonly Texts[] = [clientTexts, ...(await allTexts())];
const texts: Readonly<Record<string, string>> = Object.assign({}, ...sets.map((set) => entriesOf(set)));
sets.forEach((set) => addTexts(set));
const known = new Set(Object.keys(texts));
const sources = filesBelow(root).map((path) => ({ path: path.slice(root.length), text: readFileSync(path, 'utf8') }));

/** The roster's own values in words: said on paper and at the desk, where no screen of the phone names them yet. */
const kept = ['people.needs.', 'people.presence.', 'people.powers.', 'people.mode.', 'people.vacant', 'people.unit'];

/** Every quoted string that looks like a key, and every template that begins like one: `shell.tabs.${name}` uses all below. */
function keysUsedIn(files: readonly { text: string }[]) {
  const quoted = new Set<string>();
  const beginnings = new Set<string>();
  for (const { text } of files) {
    for (const [, key] of text.matchAll(/['"`]([a-z][\w-]*(?:\.[\w-]+)+)['"`]/gi)) quoted.add(key!);
    for (const [, start] of text.matchAll(/`([a-z]\w*(?:\.\w+)*\.)(?:\w*)\$\{/gi)) beginnings.add(start!);
  }
  return (key: string) => quoted.has(key) || [...beginnings].some((start) => key.startsWith(start));
}
const isUsed = keysUsedIn(sources);

/** What is loaded before the first screen stands: the phone's entry, every slice's client.ts and matters, all they import. */
function firstScreenSources(): readonly { path: string; text: string }[] {
  const found = new Set(sources.filter(({ path }) => /^main\.client\.ts$|\/client\.ts$|\/matters\.ts$/.test(path)));
  for (const { path, text } of found) {
    const code = text.replace(/^import type .*$/gm, '');
    for (const [, from] of code.matchAll(/(?:from|^import) '(\.[^']+)'/gm)) {
      const file = sources.find((each) => each.path === join(path, '..', from!));
      if (file) found.add(file);
    }
  }
  return [...found];
}

describe('texts', () => {
  it('has a text for every key that a screen asks for', () => {
    const asked = sources.flatMap(({ path, text }) =>
      [...text.matchAll(/\bt\(\s*['"]([\w.-]+)['"]/g)].map((match) => ({ path, key: match[1]! })),
    );
    expect(asked.length).toBeGreaterThan(50);
    expect(asked.filter(({ key }) => !known.has(key))).toEqual([]);
  });

  it('has no text that no screen asks for', () => {
    const unused = [...known].filter(
      (key) => !isUsed(key) && !/(^|\.)refusals\./.test(key) && !kept.some((start) => key.startsWith(start)),
    );
    expect(unused).toEqual([]);
  });

  it('has what the first screen says before it stands', () => {
    const files = firstScreenSources();
    expect(files.length).toBeGreaterThan(80);
    expect(files.map(({ path }) => path)).toContain('pillars/errands/screens/ErrandHomeCard.vue');
    expect(files.map(({ path }) => path)).not.toContain('pillars/errands/screens/ErrandScreen.vue');
    const atOnce = new Set([clientTexts, gatherTexts()].flatMap((set) => Object.keys(entriesOf(set))));
    const isUsedAtOnce = keysUsedIn(files);
    expect([...known].filter((key) => isUsedAtOnce(key) && !atOnce.has(key))).toEqual([]);
  });

  it('has a word for every refusal', () => {
    const source = readFileSync(join(root, 'domain/refusal.ts'), 'utf8');
    const union = source.slice(source.indexOf('export type RefusalCode'), source.indexOf('/** @returns the row'));
    const codes = [...union.matchAll(/\| '(\w+)'/g)].map((match) => match[1]!);
    expect(codes.length).toBeGreaterThan(20);
    expect(codes.filter((code) => !known.has(`refusals.${code}`))).toEqual([]);
  });

  it('can put every text on the screen, its places filled', () => {
    const broken = [...known].filter((key) => {
      const places = [...texts[key]!.matchAll(/\{(\w+)\}/g)].map((match) => [match[1]!, '1'] as const);
      const said = textOf(key, Object.fromEntries(places));
      return said === key || /[{}]/.test(said);
    });
    expect(broken).toEqual([]);
  });

  it('never shouts', () => {
    expect([...known].filter((key) => /[!！]/.test(texts[key]!))).toEqual([]);
  });
});

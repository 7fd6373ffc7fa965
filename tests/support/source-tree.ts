import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** The project's root folder. */
export const root = path.resolve(import.meta.dirname, '../..');

/** A source file of ours. Paths are relative to the root, with `/`. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  /** What it imports, as written, types included. */
  readonly specifiers: readonly string[];
  /** The files of ours that it imports. */
  readonly imports: readonly string[];
}

/** @returns every file below the folder, relative to the root */
export function filesBelow(folder: string): string[] {
  const start = path.join(root, folder);
  if (!existsSync(start)) return [];
  return readdirSync(start, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort();
}

export function read(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

/** @returns the code and components under src/ with their imports, tests left out: they may reach where they want */
export function sourceFiles(): SourceFile[] {
  return filesBelow('src')
    .filter((file) => /\.(?:ts|vue)$/u.test(file) && !/\.(?:test|d)\.ts$/u.test(file))
    .map((file) => {
      const text = read(file);
      const code = file.endsWith('.vue') ? blocksOf(text, 'script').join('\n') : text;
      const specifiers = ts.preProcessFile(code, true, true).importedFiles.map((imported) => imported.fileName);
      const imports = specifiers
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => path.posix.join(path.posix.dirname(file), specifier.replace(/\?.*$/u, '')));
      return { path: file, text, specifiers, imports };
    });
}

/** @returns the insides of a component's top-level blocks of that kind */
export function blocksOf(component: string, kind: 'script' | 'style'): string[] {
  const block = new RegExp(`^<${kind}\\b[^>]*>([\\s\\S]*?)^</${kind}>`, 'gmu');
  return [...component.matchAll(block)].map((match) => match[1] ?? '');
}

/** @returns what a component draws: all but its code, its styles and comments */
export function templateOf(component: string): string {
  return component.replace(/^<(script|style)\b[^>]*>[\s\S]*?^<\/\1>/gmu, '').replace(/<!--[\s\S]*?-->/gu, '');
}

/** @returns a circle of imports, from a file back to itself, or undefined where there is none */
export function findCycle(files: readonly SourceFile[]): readonly string[] | undefined {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const finished = new Set<string>();
  const trail: string[] = [];

  function visit(file: string): readonly string[] | undefined {
    const start = trail.indexOf(file);
    if (start >= 0) return [...trail.slice(start), file];
    if (finished.has(file)) return undefined;
    trail.push(file);
    for (const imported of byPath.get(file)?.imports ?? []) {
      const cycle = visit(imported);
      if (cycle !== undefined) return cycle;
    }
    trail.pop();
    finished.add(file);
    return undefined;
  }

  for (const file of byPath.keys()) {
    const cycle = visit(file);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

/** @returns the paths that a drawn tree names: two spaces a level, a folder ends in `/`, words may follow a name */
export function pathsOfTree(drawn: string): string[] {
  const trail: string[] = [];
  return drawn
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const level = Math.floor((line.length - line.trimStart().length) / 2);
      const [name = ''] = line.trim().split(/\s+/u);
      trail.length = level;
      trail[level] = name;
      return trail.map((part) => part.replace(/\/$/u, '')).join('/') + (name.endsWith('/') ? '/' : '');
    });
}

const physicalProperty = new RegExp(
  [
    '^(?:left|right|top|bottom',
    '(?:margin|padding|scroll-margin|scroll-padding|border)-(?:left|right|top|bottom)(?:-\\w+)*',
    'border-(?:top|bottom)-(?:left|right)-radius',
    '(?:min-|max-)?(?:width|height))$',
  ].join('|'),
  'u',
);

/** @returns the declarations that name a side of the screen or a physical size */
export function physicalIn(css: string): string[] {
  const declarations = css
    .replace(/\/\*[\s\S]*?\*\//gu, '')
    .matchAll(/(?<=^|[{;])\s*([a-z-]+)\s*:\s*([^;{}]+)(?=[;}])/gu);
  return [...declarations]
    .filter(
      ([, name = '', value = '']) =>
        physicalProperty.test(name) || (/^(?:text-align|float|clear)$/u.test(name) && /^(?:left|right)\b/u.test(value)),
    )
    .map(([, name = '', value = '']) => `${name}: ${value.trim()}`);
}

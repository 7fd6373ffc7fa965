import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { parseAst } from 'vite';
import { root } from './source-tree.ts';

/** A file of the build, as the network carries it. */
export interface WeighedFile {
  /** Relative to the client build. */
  readonly file: string;
  readonly gzBytes: number;
}

/** What the signed-in home loads before a person can use it, in bytes packed with gzip. */
export interface FirstScreen {
  readonly jsGz: number;
  readonly cssGz: number;
  /** Heaviest first. */
  readonly files: readonly WeighedFile[];
}

/**
 * What the entry may load later. What waits for another screen: screens behind a route, their words, the way in of a phone
 * that is not signed in, what acts of the desk bring along. What waits for something in the outbox that home did not do:
 * mutations and how they read. What waits for a picture that was taken. What waits for what few ever see: a household under observation or waiting for somebody,
 * a phone that may have lost something.
 */
const laterOnly =
  /^assets\/(?:\w+Screen|screen-texts|open-entrance|mode-notice|code-notice|mutations|words\.client|people-words|send-photos|HomeCare|LostNote|join)-/u;

/**
 * Weighs the first screen of the build in dist/client: everything index.html names and imports from there on. An import()
 * counts too unless it is known to wait for something else, so that what home begins to fetch by itself is never forgotten.
 */
export async function measureFirstScreen(): Promise<FirstScreen> {
  const page = await readBuilt('index.html');
  const named = [...page.matchAll(/\b(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/gu)].map((match) => match[1] ?? '');
  const found = new Set(named);
  if (![...found].some((file) => file.endsWith('.js'))) throw new Error('index.html names no script');
  for (const file of found) {
    if (!file.endsWith('.js')) continue;
    for (const imported of importsOf(await readBuilt(file))) {
      const target = path.posix.join(path.posix.dirname(file), imported.specifier);
      if (!imported.dynamic || !laterOnly.test(target)) found.add(target);
    }
  }
  const files = await Promise.all(
    [...found].map(async (file) => ({ file, gzBytes: gzipSync(await readBuilt(file), { level: 9 }).length })),
  );
  const sum = (ending: string): number =>
    files.filter(({ file }) => file.endsWith(ending)).reduce((total, { gzBytes }) => total + gzBytes, 0);
  return { jsGz: sum('.js'), cssGz: sum('.css'), files: files.sort((a, b) => b.gzBytes - a.gzBytes) };
}

/** @returns a file of the client build as text */
export function readBuilt(file: string): Promise<string> {
  return readFile(path.join(root, 'dist/client', file), 'utf8');
}

interface Imported {
  readonly specifier: string;
  readonly dynamic: boolean;
}

/** @returns the modules of the build that a built module imports */
export function importsOf(code: string): readonly Imported[] {
  const found: Imported[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit);
    else if (isNode(node)) {
      const specifier = /^(?:Import|Export)/u.test(node.type) ? textOf(node['source']) : undefined;
      if (specifier?.startsWith('.')) found.push({ specifier, dynamic: node.type === 'ImportExpression' });
      Object.values(node).forEach(visit);
    }
  };
  visit(parseAst(code).body);
  return found;
}

type Node = Readonly<Record<string, unknown>> & { readonly type: string };

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** A string as written between quotes or backticks. */
function textOf(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === 'Literal' && typeof node['value'] === 'string') return node['value'];
  const [quasi] = node.type === 'TemplateLiteral' ? (node['quasis'] as { value: { cooked: string } }[]) : [];
  return quasi?.value.cooked;
}

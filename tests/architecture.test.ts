import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  blocksOf,
  filesBelow,
  findCycle,
  pathsOfTree,
  physicalIn,
  read,
  root,
  sourceFiles,
  templateOf,
} from './support/source-tree.ts';

const files = sourceFiles();

/** A line of the house: nobody imports from a line above the own. `client` and `server` share one and stay strangers. */
const floors = ['domain', 'sync', 'platform', 'people', 'pillars', 'shell', 'main'] as const;

function floorOf(file: string): (typeof floors)[number] {
  if (/^src\/main\.\w+\.ts$/u.test(file)) return 'main';
  const folder = file.split('/')[1] ?? '';
  if (folder === 'client' || folder === 'server') return 'platform';
  // Above the pillars like the shell, on the server's side: it fills a community by the pillars' own mutations.
  if (folder === 'rehearsal') return 'shell';
  const floor = floors.find((each) => each === folder);
  if (floor === undefined) throw new Error(`${file} stands in no folder of the house`);
  return floor;
}

/** Where a file runs: on the phone, on the server, or on both. */
function sideOf(file: string): 'client' | 'server' | 'shared' {
  const [, folder] = file.split('/');
  const name = path.posix.basename(file);
  if (folder === 'server' || folder === 'rehearsal' || /^(?:server|tables)\.ts$|\.server\.ts$/u.test(name))
    return 'server';
  if (folder === 'client' || folder === 'shell' || file.endsWith('.vue') || file.includes('/screens/')) return 'client';
  return /^client\.ts$|\.client\.ts$/u.test(name) ? 'client' : 'shared';
}

/** The pillar that a file belongs to. */
const pillarOf = (file: string): string | undefined => /^src\/pillars\/([^/]+)\//u.exec(file)?.[1];

/** The slice (a pillar, or people) that a file belongs to. */
const sliceOf = (file: string): string | undefined =>
  pillarOf(file) ?? (file.startsWith('src/people/') ? 'people' : undefined);

/** Files of a slice in the order in which they may build on each other. */
function placeInSlice(file: string): number | undefined {
  if (file.includes('/screens/')) return 6;
  const order = [
    ['schema.ts'],
    ['rules.ts'],
    ['mutations.ts'],
    ['visibility.ts'],
    ['slice.ts'],
    ['texts.ts'],
    ['tables.ts'],
    ['client.ts', 'server.ts'],
  ];
  const place = order.findIndex((names) => names.includes(path.posix.basename(file)));
  return place < 0 ? undefined : place;
}

/** Every import that `isWrong`, as `from → to`. */
function wrongImports(isWrong: (from: string, to: string) => boolean): string[] {
  return files.flatMap((file) =>
    file.imports.filter((imported) => isWrong(file.path, imported)).map((imported) => `${file.path} → ${imported}`),
  );
}

describe('the instruments', () => {
  const file = (name: string, ...imports: string[]) => ({ path: name, text: '', specifiers: [], imports });

  test('find a circle of imports', () => {
    expect(findCycle([file('a', 'b'), file('b', 'c'), file('c', 'b')])).toEqual(['b', 'c', 'b']);
    expect(findCycle([file('a', 'b', 'c'), file('b', 'c'), file('c')])).toBeUndefined();
  });

  test('read a drawn tree', () => {
    expect(pathsOfTree('src/\n  main.ts    the root\n  domain/    words\n    day.ts\ntests/  stories')).toEqual([
      'src/',
      'src/main.ts',
      'src/domain/',
      'src/domain/day.ts',
      'tests/',
    ]);
  });

  test('know physical properties from logical ones', () => {
    expect(physicalIn('a:hover { margin-left: 1px; inset-inline-start: 0 } b { text-align: right; }')).toEqual([
      'margin-left: 1px',
      'text-align: right',
    ]);
    expect(
      physicalIn('@media (min-width: 600px) { a { inline-size: 1px; --van-left: 2px; text-align: start } }'),
    ).toEqual([]);
  });

  test('tell the sides and floors apart', () => {
    expect(
      [
        'src/people/tables.ts',
        'src/people/slips.server.ts',
        'src/pillars/x/screens/a.ts',
        'src/pillars/x/rules.ts',
      ].map(sideOf),
    ).toEqual(['server', 'server', 'client', 'shared']);
    expect(['src/main.server.ts', 'src/client/act.ts', 'src/shell/a.vue'].map(floorOf)).toEqual([
      'main',
      'platform',
      'shell',
    ]);
  });
});

describe('who imports whom', () => {
  test('there is something to look at', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(files.reduce((sum, file) => sum + file.imports.length, 0)).toBeGreaterThan(300);
  });

  test('every import of ours names a file that is there, with its ending', () => {
    const missing = wrongImports((_, to) => !/\.(?:ts|vue|css)$/u.test(to) || !existsSync(path.join(root, to)));
    expect(missing).toEqual([]);
  });

  test('domain ← sync ← client | server ← people ← pillars ← shell ← main', () => {
    expect(wrongImports((from, to) => floors.indexOf(floorOf(to)) > floors.indexOf(floorOf(from)))).toEqual([]);
  });

  test('nobody imports a main', () => {
    expect(wrongImports((_, to) => floorOf(to) === 'main')).toEqual([]);
  });

  test('client and server are strangers, and what both share knows neither', () => {
    const strangers = wrongImports((from, to) => {
      if (floorOf(from) === 'main') return sideOf(to) === (from.endsWith('.client.ts') ? 'server' : 'client');
      return sideOf(to) !== 'shared' && sideOf(to) !== sideOf(from);
    });
    expect(strangers).toEqual([]);
  });

  test('a pillar does not know the other pillars', () => {
    const friends = wrongImports((from, to) => {
      const pillar = pillarOf(from);
      return pillar !== undefined && pillarOf(to) !== undefined && pillarOf(to) !== pillar;
    });
    expect(friends).toEqual([]);
  });

  test('the registry takes only the shared list of each pillar', () => {
    const taken = wrongImports(
      (from, to) => from === 'src/pillars/registry.ts' && pillarOf(to) !== undefined && !to.endsWith('/slice.ts'),
    );
    expect(taken).toEqual([]);
  });

  test('only the server’s main knows the rehearsal', () => {
    const others = wrongImports(
      (from, to) =>
        to.startsWith('src/rehearsal/') && !from.startsWith('src/rehearsal/') && from !== 'src/main.server.ts',
    );
    expect(others).toEqual([]);
  });

  test('in a slice: schema ← rules ← mutations ← visibility ← (screens | tables) ← client | server', () => {
    const backwards = wrongImports((from, to) => {
      const [mine, other] = [placeInSlice(from), placeInSlice(to)];
      // Texts lean on nothing and everybody may read them.
      const ranked = mine !== undefined && other !== undefined && !to.endsWith('/texts.ts');
      return ranked && sliceOf(from) !== undefined && sliceOf(from) === sliceOf(to) && other > mine;
    });
    expect(backwards).toEqual([]);
  });

  test('there are no circles', () => {
    expect(findCycle(files)).toBeUndefined();
  });

  test('what phone and server share rests on no package but the schemas’', () => {
    const shared = files.filter((file) => floorOf(file.path) !== 'main' && sideOf(file.path) === 'shared');
    const packages = shared.flatMap((file) =>
      file.specifiers.filter((each) => !each.startsWith('.')).map((each) => `${file.path} → ${each}`),
    );
    expect(packages.filter((each) => !each.endsWith(' → valibot'))).toEqual([]);
  });
});

describe('the pillars', () => {
  const folders = readdirSync(path.join(root, 'src/pillars'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);

  test('are those of the registry', () => {
    const registered = files.find((file) => file.path === 'src/pillars/registry.ts')?.imports.map(pillarOf) ?? [];
    expect(registered.filter((pillar) => pillar !== undefined).sort()).toEqual([...folders].sort());
  });

  const names = [
    'schema',
    'rules',
    'mutations',
    'visibility',
    'slice',
    'texts',
    'tables',
    'server',
    'client',
    'rules.test',
  ];
  test.each(folders)('%s has the same file names as the others', (pillar) => {
    const missing = names.filter((name) => !existsSync(path.join(root, `src/pillars/${pillar}/${name}.ts`)));
    expect(missing).toEqual([]);
    expect(filesBelow(`src/pillars/${pillar}/screens`).some((file) => file.endsWith('Screen.vue'))).toBe(true);
  });
});

describe('the root', () => {
  const ignored = read('.gitignore')
    .split('\n')
    .map((line) => line.trim().replace(/^\/|\/$/gu, ''));
  const atRoot = readdirSync(root).filter((name) => !name.startsWith('.') && !ignored.includes(name));

  test('holds what belongs there and nothing else', () => {
    const belongs = [
      'LICENSE',
      'README.md',
      'package-lock.json',
      'package.json',
      'public',
      'src',
      'tests',
      'tsconfig.json',
      'vite.config.ts',
    ];
    expect(atRoot.sort()).toEqual(belongs.sort());
  });

  test('is drawn in the README as it is, two folders deep', () => {
    const readme = existsSync(path.join(root, 'README.md')) ? read('README.md') : '';
    const drawn = /^## The map\s*$[\s\S]*?^```\w*\n([\s\S]*?)^```/mu.exec(readme)?.[1];
    expect(drawn, 'README.md has a fenced block under “## The map”').toBeDefined();
    const named = pathsOfTree(drawn ?? '');
    expect(named.filter((each) => !existsSync(path.join(root, each)))).toEqual([]);

    const inside = ['src', 'tests', 'public'].flatMap(filesBelow);
    const folders = inside.flatMap((file) => {
      const parts = file.split('/').slice(0, -1);
      return parts.slice(0, 2).map((_, depth) => `${parts.slice(0, depth + 1).join('/')}/`);
    });
    const mains = inside.filter((file) => /^src\/main\./u.test(file));
    expect([...new Set([...folders, ...mains])].filter((each) => !named.includes(each))).toEqual([]);
  });
});

describe('screens', () => {
  const components = filesBelow('src').filter((file) => file.endsWith('.vue'));
  const styles = [
    ...components.map((file) => ({ file, css: blocksOf(read(file), 'style').join('\n') })),
    ...filesBelow('src')
      .filter((file) => file.endsWith('.css'))
      .map((file) => ({ file, css: read(file) })),
  ];

  test('are laid out by logical properties, so that a language written from the right finds its way', () => {
    const physical = styles.flatMap(({ file, css }) => physicalIn(css).map((each) => `${file}: ${each}`));
    expect(physical).toEqual([]);
  });

  test('carry no style attribute: the page’s policy forbids it', () => {
    const styled = components.filter((file) => /\sstyle\s*=/u.test(templateOf(read(file))));
    expect(styled).toEqual([]);
  });

  test('take HTML from nowhere but the body of a notice', () => {
    const html = components.filter((file) => /\sv-html\b|\binnerHTML\b/u.test(read(file)));
    expect(html).toEqual(['src/pillars/notices/screens/NoticeBody.vue']);
  });
});

test('long files are named, so that somebody splits them', () => {
  const long = files
    .map((file) => ({ path: file.path, lines: file.text.split('\n').length }))
    .filter((file) => file.lines > 300);
  for (const file of long) console.warn(`${file.path} has ${file.lines} lines; past 300, split it`);
  expect(long.filter((file) => file.lines > 600)).toEqual([]);
});

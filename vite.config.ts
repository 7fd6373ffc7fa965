/// <reference types="vitest/config" />
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';
import vue from '@vitejs/plugin-vue';
import { VitePWA } from 'vite-plugin-pwa';
import { plant } from './tests/simulation/planted.ts';

/** What the home screen and the app switcher show. */
const manifest = {
  id: '/',
  name: '守望',
  short_name: '守望',
  description: '邻里守望：报平安、团购买菜、买药帮忙、看通知，没网也能用',
  lang: 'zh-Hans',
  dir: 'ltr' as const,
  start_url: '/',
  scope: '/',
  display: 'standalone' as const,
  background_color: '#faf7f2',
  theme_color: '#faf7f2',
  icons: [
    { src: '/icon-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
    { src: '/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
    { src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
  ],
  // Long press on the icon. It opens the screen; the tap that says it is the person's.
  shortcuts: [
    {
      name: '报平安',
      url: '/check-in',
      icons: [{ src: '/icon-192.png', sizes: '192x192', type: 'image/png' }],
    },
  ],
};

/** Files of the build that is being written. */
const written = new Set<string>();

/**
 * Keeps the assets of the build before: a page that is still open asks for its own screens. What is older goes. The list
 * of both builds lies beside them.
 */
function keepBuildBefore(): Plugin {
  return {
    name: 'keep-build-before',
    apply: 'build',
    writeBundle({ dir = '' }, bundle) {
      for (const file of Object.keys(bundle)) written.add(file);
      const listed = join(dir, 'builds.json');
      const before = existsSync(listed) ? (JSON.parse(readFileSync(listed, 'utf8')) as string[][]) : [];
      const builds = [[...written].sort(), ...before.filter((build) => build.some((file) => !written.has(file)))].slice(
        0,
        2,
      );
      const keep = new Set(builds.flat());
      for (const file of readdirSync(join(dir, 'assets'))) {
        if (!keep.has(`assets/${file.replace(/\.(?:br|gz)$/, '')}`)) rmSync(join(dir, 'assets', file));
      }
      writeFileSync(listed, JSON.stringify(builds));
    },
  };
}

/** Below this a packed file saves no packet. */
const PACKED_FROM_BYTES = 1024;

/** Writes a `.br` and a `.gz` beside whatever packs well: the server sends them as they lie and packs nothing itself. */
function packBesides(): Plugin {
  let folder = '';
  const packings: Readonly<Record<string, (bytes: Buffer) => Promise<Buffer>>> = {
    '.br': (bytes) =>
      promisify(brotliCompress)(bytes, {
        params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
      }),
    '.gz': (bytes) => promisify(gzip)(bytes, { level: 9 }),
  };

  async function pack(file: string): Promise<void> {
    const bytes = await readFile(join(folder, file));
    await Promise.all(
      Object.entries(packings).map(async ([ending, packed]) => {
        const beside = join(folder, file + ending);
        // What has a hash in its name never changes.
        if (file.startsWith('assets/') && existsSync(beside)) return;
        if (bytes.length < PACKED_FROM_BYTES) rmSync(beside, { force: true });
        else await writeFile(beside, await packed(bytes));
      }),
    );
  }

  return {
    name: 'pack-besides',
    apply: 'build',
    enforce: 'post',
    configResolved({ root, build }) {
      folder = join(root, build.outDir);
    },
    // After the service worker, which is written when all else is.
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler(error) {
        if (error) return;
        const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) =>
          file.replaceAll('\\', '/'),
        );
        await Promise.all(files.filter((file) => /\.(?:js|css|html|svg|webmanifest)$/.test(file)).map(pack));
      },
    },
  };
}

/** Modules that the phone's entry imports, directly or not, before anything is done. */
const atStart = new Set<string>();

/**
 * Finds out what the phone needs before it can show anything. All of it is written into one file: cut up by who else uses
 * what, it was 4 kB of 134 heavier (gzip) and twenty requests.
 */
function knowStart(): Plugin {
  return {
    name: 'know-start',
    apply: 'build',
    buildEnd() {
      const found = [join(import.meta.dirname, 'src/main.client.ts')];
      for (const id of found) {
        if (atStart.has(id)) continue;
        atStart.add(id);
        found.push(...(this.getModuleInfo(id)?.importedIds ?? []));
      }
    },
  };
}

const isAtStart = (id: string): boolean => atStart.has(id) && !id.endsWith('main.client.ts');

/** Smaller than what Node is given, from the same source: for browsers of the last years, all of which the build is for. */
const modernDexie = {
  find: /^dexie$/u,
  replacement: join(import.meta.dirname, 'node_modules/dexie/dist/modern/dexie.mjs'),
};

/** The bug that this run of the simulation is to find, where it is to find one. */
function planted(): Plugin[] {
  const name = process.env['SIMULATE_PLANTED'];
  return name === undefined ? [] : [plant(name, import.meta.dirname)];
}

/** Tests of the built app: real processes, a real browser, one file at a time. */
const REAL_TESTS = ['tests/browser/*.test.ts', 'tests/rig/*.test.ts', 'tests/start.test.ts', 'tests/weight.test.ts'];

export default defineConfig(({ mode }) => ({
  root: 'src',
  publicDir: '../public',
  cacheDir: '../node_modules/.vite',
  define: {
    __VUE_OPTIONS_API__: false,
  },
  resolve: { alias: mode === 'production' ? [modernDexie] : [] },
  plugins:
    mode === 'test'
      ? [vue(), ...planted()]
      : mode === 'server'
        ? []
        : [
            vue(),
            keepBuildBefore(),
            knowStart(),
            VitePWA({
              strategies: 'injectManifest',
              registerType: 'prompt',
              injectRegister: false,
              srcDir: 'client/pwa/worker',
              filename: 'service-worker.ts',
              manifest,
              // iOS and WeChat read the manifest from the page; a failed precache entry fails the whole install, so: only what is ours.
              includeManifestIcons: false,
              injectManifest: {
                globPatterns: ['index.html', 'assets/*.{js,css,woff2}'],
                // A dictionary of pinyin for whoever organises: 140 kB that no resident needs.
                globIgnores: ['**/*.map', '**/pinyin-*.js'],
                // The assets of the build before are for pages that are open, not for new installs.
                manifestTransforms: [
                  (entries) => ({
                    manifest: entries.filter(({ url }) => !url.startsWith('assets/') || written.has(url)),
                    warnings: [],
                  }),
                ],
              },
            }),
            packBesides(),
          ],
  build:
    mode === 'server'
      ? {
          ssr: true,
          rolldownOptions: {
            input: {
              'main.server': join(import.meta.dirname, 'src/main.server.ts'),
              // A process of its own.
              'photo-worker': join(import.meta.dirname, 'src/server/photos/photo-worker.ts'),
            },
          },
          outDir: '../dist/server',
          emptyOutDir: true,
          target: 'node20',
          copyPublicDir: false,
        }
      : {
          outDir: '../dist/client',
          emptyOutDir: false,
          target: 'es2022',
          assetsDir: 'assets',
          assetsInlineLimit: 0,
          cssCodeSplit: false,
          // Only index.html names what to fetch ahead: the lists for every screen weigh 2.7 kB of the first, and the service
          // worker has all files at hand.
          modulePreload: {
            polyfill: false,
            resolveDependencies: (_file, deps, { hostType }) => (hostType === 'html' ? deps : []),
          },
          rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'start', test: isAtStart }] } } },
        },
  test: {
    root: '.',
    maxWorkers: 2,
    reporters: ['default', './tests/support/closing-line.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'stories',
          include: ['src/**/*.test.ts', 'tests/*.test.ts'],
          exclude: REAL_TESTS,
          testTimeout: 30_000,
          hookTimeout: 60_000,
          globalSetup: ['tests/support/global-setup.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'simulation',
          // Histories make much and keep little.
          execArgv: ['--max-semi-space-size=64'],
          include: ['tests/simulation/*.test.ts'],
          // Hunts for a planted bug: there is none, unless one was planted.
          exclude: process.env['SIMULATE_PLANTED'] === undefined ? ['tests/simulation/hunt.test.ts'] : [],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          globalSetup: ['tests/support/global-setup.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'real',
          include: REAL_TESTS,
          testTimeout: 240_000,
          hookTimeout: 240_000,
          fileParallelism: false,
          globalSetup: ['tests/support/build-app.ts'],
        },
      },
    ],
  },
}));
